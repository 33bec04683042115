import { existsSync } from "node:fs";
import { attempt } from "./command.mjs";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
const packages = ["chromium", "fonts-dejavu-core"];

/** The browser of the end-to-end tests, or undefined. */
export function findBrowser() {
  return [process.env.REMPART_CHROMIUM, ...programs].find((path) => path !== undefined && path !== "" && existsSync(path));
}

/**
 * Makes sure that a browser is there for the end-to-end tests: found, or installed with apt by root. Throws, with what to
 * do, where neither is possible.
 * @param {import("./steps.mjs").Steps} steps
 * @returns {Promise<string>}
 */
export async function ensureBrowser(steps) {
  const found = findBrowser();
  if (found !== undefined) return found;
  const missing = `No browser for the end-to-end tests: install ${packages.join(" ")}, or set REMPART_CHROMIUM to the path of a Chromium.`;
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(missing);
  await steps.run("Chromium", async (detail) => {
    const environment = { DEBIAN_FRONTEND: "noninteractive" };
    await attempt("apt-get", ["update", "-q"], detail, environment);
    await attempt("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...packages], detail, environment);
  });
  const installed = findBrowser();
  if (installed === undefined) throw new Error(missing);
  return installed;
}

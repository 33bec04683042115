import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./checkout.mjs";
import { attempt } from "./command.mjs";

const folder = join(root, "node_modules", ".cache", "rempart", "docker-registry");
const programs = ["/usr/bin/docker-registry", join(folder, "usr", "bin", "docker-registry")];

/**
 * The image registry that a test of the suppliers fills by itself: the installed one, or Debian's package unpacked beside the dependencies, because an
 * installed one would run as a service. It is fetched here, before the tests: while they run, nothing may leave the machine. Undefined where it cannot be had.
 * @param {import("./steps.mjs").Steps} steps
 * @returns {Promise<string | undefined>}
 */
export async function ensureRegistry(steps) {
  const find = () => programs.find((path) => existsSync(path));
  if (find() === undefined && existsSync("/usr/bin/apt-get")) {
    await steps.run("Image registry for the tests", async (detail) => {
      mkdirSync(folder, { recursive: true });
      await attempt("sh", ["-c", 'cd "$1" && { apt-get download -q docker-registry || { apt-get update -q && apt-get download -q docker-registry; }; }', "sh", folder], detail);
      const file = readdirSync(folder).find((entry) => entry.endsWith(".deb"));
      if (file !== undefined) await attempt("dpkg", ["-x", join(folder, file), folder], detail);
    });
  }
  if (find() === undefined) steps.note("No image registry (Debian's docker-registry): the tests that pull from one are skipped.");
  return find();
}

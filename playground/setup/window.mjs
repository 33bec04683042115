import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./checkout.mjs";
import { attempt } from "./command.mjs";
import { say } from "./texts.mjs";

/** Path of Electron's program, or undefined. */
function electronBinary() {
  const folder = join(root, "node_modules", "electron");
  const path = join(folder, "path.txt");
  if (!existsSync(path)) return undefined;
  const binary = join(folder, "dist", readFileSync(path, "utf8").trim());
  return existsSync(binary) ? binary : undefined;
}

function hasDisplay() {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Opens the window: Electron's where it can be, else the same one served on loopback. `args` are those of `serve`.
 * @param {import("./steps.mjs").Steps} steps
 * @param {readonly string[]} args
 */
export async function openWindow(steps, args) {
  if (!hasDisplay()) steps.note(say("Pas d’écran ici : la fenêtre est servie pour un navigateur.", "No display here: the window is served for a browser."));
  else {
    let binary = electronBinary();
    if (binary === undefined) {
      // Electron's package comes without its program, which is fetched once.
      await steps.run(say("Fenêtre de bureau (Electron)", "Desktop window (Electron)"), async (detail) => {
        await Promise.race([attempt(process.execPath, [join(root, "node_modules", "electron", "install.js")], detail), new Promise((resolve) => setTimeout(resolve, 120_000).unref())]);
      });
      binary = electronBinary();
    }
    if (binary !== undefined) return openElectron(binary, args);
    steps.note(say("Electron n’a pas pu être obtenu : la fenêtre est servie pour un navigateur.", "Electron could not be had: the window is served for a browser."));
  }
  const program = join(root, "out", "main", "cli.js");
  process.argv = [process.argv[0], program, "serve", ...args];
  await import(new URL(`file://${program}`).href);
}

/**
 * @param {string} binary
 * @param {readonly string[]} args
 */
function openElectron(binary, args) {
  // Chromium's own sandbox refuses root; Electron then does not start at all.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(binary, [...sandbox, root, ...args], { cwd: root, stdio: "inherit" });
  process.on("SIGINT", () => undefined);
  return new Promise((resolve) => {
    child.once("close", (code) => {
      process.exitCode = code ?? 0;
      resolve(undefined);
    });
  });
}

import { join } from "node:path";
import { buildIsCurrent, rebuilding, root } from "./checkout.mjs";
import { run } from "./command.mjs";
import { say } from "./texts.mjs";

/**
 * Builds the host and the window when their sources have changed.
 * @param {import("./steps.mjs").Steps} steps
 */
export async function ensureBuild(steps) {
  if (buildIsCurrent()) return;
  await steps.run(say("Construction de l’application", "Building the application"), (detail) =>
    rebuilding(async () => {
      await run(process.execPath, [join(root, "node_modules", "electron-vite", "bin", "electron-vite.js"), "build"], detail);
    }),
  );
}

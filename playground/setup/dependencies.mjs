import { attempt, run } from "./command.mjs";
import { dependenciesAreCurrent, markDependencies } from "./checkout.mjs";
import { say } from "./texts.mjs";

/**
 * Installs the dependencies when they are absent or not those of package-lock.json, native module included.
 * @param {import("./steps.mjs").Steps} steps
 */
export async function ensureDependencies(steps) {
  if (dependenciesAreCurrent()) return;
  await steps.run(say("Dépendances", "Dependencies"), async (detail) => {
    detail("npm ci");
    await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=http"], (line) => line.startsWith("npm http") && detail(line.replace(/^npm http \S+ /, "")));
    // npm may be set not to run the scripts of packages; this one's module is compiled by its script.
    if (!(await nativeModuleLoads())) {
      detail("npm rebuild node-pty");
      await attempt("npm", ["rebuild", "node-pty", "--foreground-scripts"], detail);
    }
    markDependencies();
  });
  if (!(await nativeModuleLoads())) {
    steps.note(say("! Pas de terminal local : le module node-pty ne s’est pas compilé (il y faut python3, make, g++).", "! No local terminal: the module node-pty did not compile (it needs python3, make, g++)."));
  }
}

async function nativeModuleLoads() {
  return (await attempt(process.execPath, ["-e", "require('node-pty')"])).code === 0;
}

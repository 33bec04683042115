import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt, run } from "./command.mjs";
import { dependenciesAreCurrent, markDependencies, root } from "./checkout.mjs";
import { say } from "./texts.mjs";

/**
 * Installs the dependencies when they are absent or not those of package-lock.json, native module included.
 * @param {import("./steps.mjs").Steps} steps
 */
export async function ensureDependencies(steps) {
  // npm would empty the folder behind a link, which is another checkout's: whoever made the link looks after it.
  if (dependenciesAreCurrent() || isLink(join(root, "node_modules"))) return;
  await steps.run(say("Dépendances", "Dependencies"), async (detail) => {
    useHeadersOfThisNode();
    const install = ["ci", "--no-audit", "--no-fund", "--loglevel=http"];
    const requests = (line) => line.startsWith("npm http") && detail(line.replace(/^npm http \S+ /, ""));
    detail("npm ci");
    if ((await attempt("npm", install, requests)).code !== 0) {
      // Without a compiler the one native module fails, and npm takes all the others away with it: they are wanted all the same.
      detail("npm ci --ignore-scripts");
      await run("npm", [...install, "--ignore-scripts"], requests);
    }
    // npm may also be set not to run the scripts of packages; this one's module is compiled by its script.
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

const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** A native module is compiled against Node's headers: where a package of the system brought them, nothing is downloaded. */
function useHeadersOfThisNode() {
  const prefix = dirname(dirname(process.execPath));
  if (existsSync(join(prefix, "include", "node", "node.h"))) process.env["npm_config_nodedir"] ??= prefix;
}

async function nativeModuleLoads() {
  return (await attempt(process.execPath, ["-e", "require('node-pty')"])).code === 0;
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Where everything of this installation lives. All absolute. */
export interface RempartPaths {
  /** The checkout or the packaged application's resources: holds `assets/`. */
  readonly applicationRoot: string;
  readonly labAssets: string;
  readonly imageAssets: string;
  /** The student's folders, one per lab: `network.yml`, keys, `ssh_config`, progress. */
  readonly labs: string;
  /** Settings, layouts, the running host's address, the private daemon's state. */
  readonly state: string;
  /** Six hexadecimal digits that tell this installation's containers from another's on the same engine. */
  readonly scope: string;
}

/**
 * Works out the paths. `REMPART_HOME` moves labs and state together (tests, a USB stick); else labs are in `~/rempart` and
 * state where the XDG base directory specification wants it.
 */
export function resolvePaths(environment: NodeJS.ProcessEnv = process.env, applicationRoot = findApplicationRoot()): RempartPaths {
  const home = environment["REMPART_HOME"] ? resolve(environment["REMPART_HOME"]) : undefined;
  const labs = home ? join(home, "labs") : join(homedir(), "rempart");
  const state = home ? join(home, "state") : join(environment["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"), "rempart");
  const identity = [hostname(), String(userInfo().uid), labs, applicationRoot].join("\n");
  return {
    applicationRoot,
    labAssets: join(applicationRoot, "assets", "labs"),
    imageAssets: join(applicationRoot, "assets", "images"),
    labs,
    state,
    scope: createHash("sha1").update(identity).digest("hex").slice(0, 6),
  };
}

/** Walks up from this module to the folder that holds `assets/labs`, whether run from source or from the build. */
function findApplicationRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "assets", "labs"))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

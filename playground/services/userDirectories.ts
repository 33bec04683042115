import { homedir } from "node:os";
import { join } from "node:path";

/** Where one user's things live. */
export interface UserDirectories {
  /** What Rempart remembers: layouts, progress, the running host's address. */
  readonly state: string;
  /** What the user chose: settings. */
  readonly config: string;
  /** The student's own files, one folder per lab. */
  readonly labs: string;
}

/**
 * The folders by the customs of each system (XDG on Linux). `REMPART_HOME` puts all of them under one folder: for tests, a
 * second installation, or a USB stick.
 */
export function userDirectories(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, home: string = homedir()): UserDirectories {
  const own = environment["REMPART_HOME"];
  if (own !== undefined && own !== "") return { state: join(own, "state"), config: join(own, "config"), labs: join(own, "labs") };
  const labs = join(home, "rempart");
  if (platform === "darwin") {
    const support = join(home, "Library", "Application Support", "Rempart");
    return { state: join(support, "state"), config: support, labs };
  }
  if (platform === "win32") {
    const local = environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local");
    return { state: join(local, "Rempart", "state"), config: join(local, "Rempart"), labs };
  }
  return {
    state: join(absolute(environment["XDG_STATE_HOME"]) ?? join(home, ".local", "state"), "rempart"),
    config: join(absolute(environment["XDG_CONFIG_HOME"]) ?? join(home, ".config"), "rempart"),
    labs,
  };
}

/** The XDG specification wants relative paths ignored. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith("/") ? path : undefined;
}

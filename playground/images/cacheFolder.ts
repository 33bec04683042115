import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Folder of this user for what can be made again: compiled programs and downloaded wheels. Shared by all installations of Rempart, because
 * each file is under a digest of what it was made from.
 */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return join(environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "rempart");
}

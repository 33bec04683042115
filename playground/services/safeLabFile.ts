import { lstat, readFile, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { RempartError } from "../model/errors.ts";

/** No file of a lab is larger than this; a lab is text. */
export const labFileLimit = 1_000_000;

/**
 * Reads a text file of a lab's folder, which may come from a stranger: a regular file, really inside the folder (links are
 * followed and judged by where they lead), of at most 1 MB. Undefined when it is not there. `folder` must be a real path.
 *
 * @throws RempartError `input.path-escapes`, `input.not-a-file`, `input.file-too-large`
 */
export async function readLabFile(folder: string, path: string): Promise<string | undefined> {
  if (isAbsolute(path) || path.split(/[\\/]/).includes("..")) throw escapes(path);
  let real: string;
  try {
    real = await realpath(join(folder, path));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
  const inside = relative(folder, real);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw escapes(path);
  const found = await lstat(real);
  if (!found.isFile()) throw new RempartError("input.not-a-file", `${path} of the lab is not a regular file.`, { kind: "input", kept: "Nothing was read.", next: "Put a text file there." });
  if (found.size > labFileLimit) {
    throw new RempartError("input.file-too-large", `${path} of the lab is larger than ${labFileLimit} bytes.`, { kind: "input", kept: "Nothing was read.", next: "A lab is text; shorten the file." });
  }
  return readFile(real, "utf8");
}

function escapes(path: string): RempartError {
  return new RempartError("input.path-escapes", `${path} leads out of the lab's folder.`, { kind: "input", kept: "Nothing was read.", next: "Name a file inside the lab's folder, without '..' and without a link that leads out." });
}

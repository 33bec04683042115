import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { labDigest } from "../reports/labDigest.ts";

/** A lab is text of some hundred kilobytes; a folder that holds more than this many bytes is not read to its end. */
const largest = 50_000_000;

/** The digest of a lab's folder: of every regular file in it, by its path. */
export async function digestOfLab(folder: string): Promise<string> {
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const walk = async (inside: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && bytes < largest) {
        const content = await readFile(join(folder, path));
        bytes += content.length;
        files.set(path, content);
      }
    }
  };
  await walk("");
  return labDigest(files);
}

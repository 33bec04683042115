import { createHash } from "node:crypto";

/** One digest over the files of a lab, in hexadecimal: whoever has the same has the same lab. `files`: content by path in the lab's folder. */
export function labDigest(files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash("sha256");
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path) ?? new Uint8Array();
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

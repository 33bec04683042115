import { createHash } from "node:crypto";
import { mkdir, readdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LabFiles } from "../contract/authorContract.ts";
import { RempartError } from "../model/errors.ts";
import { labFileLimit, readLabFile } from "./safeLabFile.ts";

/** A lab has at most so many files, and so many bytes in all. */
export const labLimits = { files: 200, bytes: 2_500_000, pathLength: 100 } as const;
/** Plain names, at most four folders deep: nothing hidden, nothing that another system would read as something else. */
const safePath = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*){0,4}$/;
const textFile = /\.(yml|yaml|md|txt)$/;
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether a path may be a file of a lab: a text, inside the folder on every system. */
export function isLabPath(path: string): boolean {
  return path.length <= labLimits.pathLength && safePath.test(path) && textFile.test(path) && path.split("/").every((part) => !deviceName.test(part) && !part.endsWith("."));
}

/** Throws `input.lab-file-too-large` or `input.path-escapes` when a lab's files are too many, too large, or lead elsewhere. */
export function requireLabFiles(files: LabFiles): void {
  const entries = Object.entries(files);
  const bytes = entries.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  if (entries.length > labLimits.files || bytes > labLimits.bytes || entries.some(([, text]) => Buffer.byteLength(text) > labFileLimit)) {
    throw new RempartError("input.lab-file-too-large", `A lab has at most ${labLimits.files} files and ${labLimits.bytes} bytes; this one has ${entries.length} and ${bytes}.`, { kind: "input", kept: "Nothing was written.", next: "A lab is text; leave out what is none." });
  }
  const wrong = entries.map(([path]) => path).find((path) => !isLabPath(path));
  if (wrong !== undefined) throw new RempartError("input.path-escapes", `${wrong} cannot be a file of a lab.`, { kind: "input", kept: "Nothing was written.", next: "A lab has .yml, .md and .txt files, with plain names, in its own folder." });
}

/** All texts of a lab's folder, by their path. What cannot be a file of a lab is passed over. Throws what `readLabFile` throws. */
export async function readFolder(folder: string): Promise<LabFiles> {
  const real = await realpath(folder);
  const entries = await readdir(real, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(real.length + 1).replaceAll("\\", "/")).filter(isLabPath).sort();
  const files: LabFiles = {};
  for (const path of paths) files[path] = (await readLabFile(real, path)) ?? "";
  return files;
}

/** Brings a lab's folder to these texts: writes what differs, each file whole or not at all, and removes texts that are no longer there. */
export async function writeFolder(folder: string, files: LabFiles): Promise<void> {
  requireLabFiles(files);
  await mkdir(folder, { recursive: true });
  const before = await readFolder(folder);
  for (const [path, text] of Object.entries(files)) {
    if (before[path] === text) continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.new`, text);
    await rename(`${target}.new`, target);
  }
  for (const path of Object.keys(before)) if (!Object.hasOwn(files, path)) await rm(join(folder, path), { force: true });
}

/** Changes whenever a file, or the name of one, does. */
export function revisionOfFiles(files: LabFiles): string {
  const hash = createHash("sha256");
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${Buffer.byteLength(files[path] ?? "")}\0`).update(files[path] ?? "");
  return hash.digest("hex").slice(0, 16);
}

import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { readReport, reportSizeLimit, type ReadReport, type Unreadable } from "../grading/readReport.ts";
import { RempartError } from "../model/errors.ts";

/** More files than a year's classes hand in. */
const mostFiles = 5000;
const deepestFolder = 4;

/**
 * Reads a report handed in: data from a stranger, of which no more than the limit is read, and nothing but a regular file.
 * Throws `input.no-such-file`.
 */
export async function readReportFile(path: string): Promise<ReadReport | Unreadable> {
  const found = await lstat(path).catch(() => undefined);
  if (!found) throw new RempartError("input.no-such-file", `There is nothing at ${path}.`, { kind: "input", next: "Name a report that is there." });
  if (!found.isFile() && !found.isSymbolicLink()) return { kind: "not-a-report", looksLike: "nothing" };
  // A pipe or a device behind a link must not keep us waiting.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (!handle) throw new RempartError("input.no-such-file", `${path} cannot be read.`, { kind: "input", next: "Look at its permissions." });
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) return { kind: "not-a-report", looksLike: "nothing" };
    if (opened.size > reportSizeLimit) return { kind: "too-big" };
    const bytes = Buffer.alloc(opened.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return readReport(new TextDecoder("utf-8").decode(bytes.subarray(0, length)));
  } finally {
    await handle.close();
  }
}

/**
 * Paths, inside a folder, of what looks like reports: HTML and JSON; and what was printed, where that is all that was handed in.
 * Links are not followed. Throws `input.no-such-folder`, `input.too-many-files`.
 */
export async function listReportFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const walk = async (inside: string, depth: number): Promise<void> => {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory() && depth < deepestFolder) await walk(path, depth + 1);
      else if (entry.isFile() && /\.(html?|json|pdf|md)$/i.test(entry.name)) files.push(path);
    }
    if (files.length > mostFiles) throw new RempartError("input.too-many-files", `There are more than ${mostFiles} files in ${folder}.`, { kind: "input", kept: "Nothing was graded.", next: "Name a folder that holds the reports of one class." });
  };
  if (!(await lstat(folder).catch(() => undefined))?.isDirectory()) throw new RempartError("input.no-such-folder", `There is no folder ${folder}.`, { kind: "input", next: "Name the folder that holds the reports." });
  await walk("", 0);
  const stem = (file: string): string => file.replace(/\.[^.]+$/, "");
  const verifiable = new Set(files.filter((file) => /\.(html?|json)$/i.test(file)).map(stem));
  return files.filter((file) => !/\.(pdf|md)$/i.test(file) || !verifiable.has(stem(file))).sort();
}

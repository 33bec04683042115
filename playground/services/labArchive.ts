import { gunzipSync, gzipSync } from "node:zlib";
import type { LabFiles } from "../contract/authorContract.ts";
import { RempartError } from "../model/errors.ts";
import { isLabPath, labLimits, requireLabFiles } from "./labFolder.ts";

/**
 * A lab as one file: its texts as a tar archive (POSIX ustar), packed with gzip, so that any computer's own tools can open it. Written and read
 * here, because a file from a stranger must be refused for anything that a lab has no use for: links, devices, paths that lead elsewhere, a bomb.
 */
export const labFileEnding = ".rempart-lab.tgz";

const block = 512;
/** Headers and padding come to the texts. */
const unpackedLimit = labLimits.bytes + labLimits.files * 2 * block + 4 * block;
/** A fixed time: the same lab always gives the same file. */
const fixedTime = 1_700_000_000;

/** Packs the texts of a lab. Throws as `requireLabFiles` does. */
export function packLab(files: LabFiles): Buffer {
  requireLabFiles(files);
  const parts = Object.keys(files).sort().flatMap((path) => {
    const content = Buffer.from(files[path] ?? "");
    return [headerOf(path, content.length), content, Buffer.alloc((block - (content.length % block)) % block)];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]), { level: 9 });
}

/** The texts of a packed lab. Throws `input.not-a-lab-file`, `input.lab-file-too-large`, `input.path-escapes`; nothing is written anywhere. */
export function unpackLab(packed: Buffer): LabFiles {
  const archive = unzip(packed);
  const files: LabFiles = {};
  let at = 0;
  let count = 0;
  while (at + block <= archive.length && archive[at] !== 0) {
    if (++count > labLimits.files * 2) throw tooLarge();
    const header = archive.subarray(at, at + block);
    if (numberAt(header, 148, 8) !== checksumOf(header)) throw notALab("a header's checksum is wrong");
    const size = numberAt(header, 124, 12);
    const prefix = textAt(header, 345, 155);
    const path = `${prefix === "" ? "" : `${prefix}/`}${textAt(header, 0, 100)}`.replace(/^\.\//, "");
    const type = String.fromCharCode(header[156] ?? 0);
    const end = at + block + size;
    if (!Number.isSafeInteger(size) || size < 0 || end > archive.length) throw notALab("it ends in the middle of a file");
    // Folders come with their files; attributes of other tools (pax) say nothing that a lab needs.
    if (type === "0" || type === "\0") {
      if (!isLabPath(path)) throw new RempartError("input.path-escapes", `${path.slice(0, 120)} cannot be a file of a lab.`, { kind: "input", kept: "Nothing was written.", next: "Ask whoever made the file for another one." });
      if (Object.hasOwn(files, path)) throw notALab(`${path} stands twice in it`);
      files[path] = decode(archive.subarray(at + block, end), path);
    } else if (!["5", "x", "g"].includes(type)) throw notALab("it holds something else than files and folders");
    at = end + ((block - (size % block)) % block);
  }
  if (!Object.hasOwn(files, "lab.yml")) throw notALab("there is no lab.yml in it");
  requireLabFiles(files);
  return files;
}

function unzip(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { maxOutputLength: unpackedLimit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw notALab("it is not packed with gzip, or is cut off");
  }
}

function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw notALab(`${path} is not text`);
  }
}

function headerOf(path: string, bytes: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, offset: number, length: number): void => void header.write(`${value.toString(8).padStart(length - 1, "0")}\0`, offset, "ascii");
  header.write(path, 0, "utf8");
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(fixedTime, 136, 12);
  header.write("0", 156, "ascii");
  header.write("ustar\u000000", 257, "ascii");
  header.write(`${checksumOf(header).toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return header;
}

/** The sum of the header's bytes, its own field taken as spaces. */
function checksumOf(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}

function textAt(header: Buffer, offset: number, length: number): string {
  const field = header.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString("utf8");
}

/** An octal number; NaN where there is none, which no length and no sum equals. */
function numberAt(header: Buffer, offset: number, length: number): number {
  const text = textAt(header, offset, length).trim();
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
}

function notALab(why: string): RempartError {
  return new RempartError("input.not-a-lab-file", `This is not a lab's file: ${why}.`, { kind: "input", kept: "Nothing was written.", next: "Ask whoever made it for another copy; rempart lab pack makes such files." });
}

function tooLarge(): RempartError {
  return new RempartError("input.lab-file-too-large", `A lab's file holds at most ${labLimits.bytes} bytes of text.`, { kind: "input", kept: "Nothing was written.", next: "A lab is text; ask for one without other things in it." });
}

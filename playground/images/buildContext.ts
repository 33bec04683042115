import { createHash } from "node:crypto";
import { createReadStream, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";

/** One file of a build context; `path` is relative, with slashes. */
export interface ContextFile {
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/** A file of a build context that is too big to hold in memory: a compiled program. */
export interface ContextProgram {
  readonly path: string;
  /** Where it is on this machine. */
  readonly file: string;
}

/** All files below a folder, in a fixed order, so that the same files always give the same digest. */
export function readContext(folder: string): ContextFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path, content: readFileSync(join(folder, path)), executable: path.includes("/sbin/") || path.includes("/bin/") || path.includes("/lib/") }));
}

/** Twelve hexadecimal digits that change whenever a path or a content does. Times and owners do not count. */
export function digestOf(files: readonly ContextFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(`${file.path}\0${String(file.content.length)}\0`).update(file.content);
  return hash.digest("hex").slice(0, 12);
}

/** The files as a tar archive (ustar), owned by root, with a fixed time so that the engine's build cache holds. */
export function toTar(files: readonly (ContextFile | ContextProgram)[]): Readable {
  return Readable.from(blocks(files));
}

async function* blocks(files: readonly (ContextFile | ContextProgram)[]): AsyncGenerator<Buffer> {
  for (const file of files) {
    const bytes = "file" in file ? statSync(file.file).size : file.content.length;
    yield header(file.path, bytes, "file" in file || file.executable);
    if ("file" in file) for await (const chunk of createReadStream(file.file, { highWaterMark: 1 << 20 })) yield chunk as Buffer;
    else yield file.content;
    const padding = (512 - (bytes % 512)) % 512;
    if (padding > 0) yield Buffer.alloc(padding);
  }
  yield Buffer.alloc(1024);
}

function header(path: string, bytes: number, executable: boolean): Buffer {
  if (Buffer.byteLength(path) > 100) throw new Error(`path too long for the build context: ${path}`);
  const block = Buffer.alloc(512);
  const octal = (value: number, offset: number, length: number): void => void block.write(`${value.toString(8).padStart(length - 1, "0")}\0`, offset, "ascii");
  block.write(path, 0, "utf8");
  octal(executable ? 0o755 : 0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(bytes, 124, 12);
  octal(1_700_000_000, 136, 12);
  block.write("        ", 148, "ascii");
  block.write("0", 156, "ascii");
  block.write("ustar\u000000", 257, "ascii");
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "ascii");
  return block;
}

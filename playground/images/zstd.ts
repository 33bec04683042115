import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RempartError } from "../model/errors.ts";

/** Whether a file begins as zstd's do. Throws what opening it throws. */
export async function isZstd(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE() === 0xfd2fb528;
  } finally {
    await file.close();
  }
}

/**
 * A stream through the program zstd, which the oldest Node that Rempart runs on does not have in itself. `ended` throws `machine.no-zstd` where the
 * program is missing, `input.not-an-archive` where it fails.
 */
export function zstd(args: readonly string[], input: Readable): { readonly output: Readable; readonly ended: Promise<void> } {
  const child = spawn("zstd", ["-q", "-c", ...args], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const ended = new Promise<void>((resolve, reject) => {
    child.on("error", (error) => reject(new RempartError("machine.no-zstd", "The program zstd is missing.", { kind: "machine", next: "Install it (sudo apt-get install zstd), or use an archive whose name does not end in .zst.", cause: error })));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new RempartError("input.not-an-archive", `zstd failed: ${complaint.trim()}`, { kind: "input" }));
    });
  });
  // A program that ends early closes its input: `ended` says why.
  pipeline(input, child.stdin).catch(() => undefined);
  return { output: child.stdout, ended };
}

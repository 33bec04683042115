import type { Readable, Writable } from "node:stream";
import type { ExecStream } from "../engine/containerEngine.ts";

/**
 * Joins a command's streams with ours until it ends; returns its exit code. Input is passed on when it comes from a pipe or
 * a file; from a terminal it is not, as nobody wants a prompt-less wait. A reader that closes our output ends the command.
 */
export async function pipeStreams(stream: ExecStream, input: Readable & { readonly isTTY?: boolean }, output: Writable, errors: Writable): Promise<number> {
  const interrupt = (): void => stream.close();
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  output.once("error", interrupt);
  if (input.isTTY === true) stream.stdin.end();
  else {
    input.on("data", (chunk: Buffer) => stream.stdin.write(chunk));
    input.once("end", () => stream.stdin.end());
  }
  stream.stdout.pipe(output, { end: false });
  stream.stderr.pipe(errors, { end: false });
  try {
    const code = await stream.ended;
    return code < 0 ? 130 : code;
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
    input.pause();
    // A pipe that somebody still writes to would keep this process alive.
    input.destroy();
  }
}

import { PassThrough, type Readable } from "node:stream";

/**
 * Calls back with each value of a stream of JSON texts, one a line. A line that is not JSON is passed over: engines put
 * proxies' error pages in between.
 */
export async function readJsonLines(stream: Readable, onValue: (value: unknown) => void): Promise<void> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of stream) {
    rest += String(chunk);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) parseLine(line, onValue);
  }
  parseLine(rest, onValue);
}

function parseLine(line: string, onValue: (value: unknown) => void): void {
  const text = line.trim();
  if (text === "") return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  onValue(value);
}

/**
 * Splits Docker's multiplexed stream (an eight-byte header with the channel and the length before each piece) in standard
 * output and standard error. A reader that is slow on either holds the source back, so memory stays bounded.
 */
export function demultiplex(source: Readable): { stdout: Readable; stderr: Readable } {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let header: Buffer = Buffer.alloc(0);
  let remaining = 0;
  let target = stdout;
  const waiting = new Set<PassThrough>();
  const write = (to: PassThrough, data: Buffer): void => {
    if (to.destroyed || to.write(data) || waiting.has(to)) return;
    waiting.add(to);
    source.pause();
    const go = (): void => {
      waiting.delete(to);
      to.off("drain", go);
      to.off("close", go);
      if (waiting.size === 0) source.resume();
    };
    to.on("drain", go);
    to.on("close", go);
  };
  source.on("data", (chunk: Buffer) => {
    let offset = 0;
    while (offset < chunk.length) {
      if (remaining === 0) {
        const missing = 8 - header.length;
        header = Buffer.concat([header, chunk.subarray(offset, offset + missing)]);
        offset += Math.min(missing, chunk.length - offset);
        if (header.length < 8) break;
        target = header[0] === 2 ? stderr : stdout;
        remaining = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        continue;
      }
      const piece = chunk.subarray(offset, offset + remaining);
      offset += piece.length;
      remaining -= piece.length;
      write(target, piece);
    }
  });
  const finish = (): void => {
    if (!stdout.writableEnded) stdout.end();
    if (!stderr.writableEnded) stderr.end();
  };
  source.on("end", finish);
  source.on("close", finish);
  source.on("error", finish);
  return { stdout, stderr };
}

/** Reads a stream to its end as text. */
export async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks).toString("utf8");
}

import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { demultiplex, readJsonLines, readText } from "./streams.ts";

function frame(channel: 1 | 2, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header[0] = channel;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

test("frames are split wherever the network cuts them", async () => {
  const whole = Buffer.concat([frame(1, "out 1, é\n"), frame(2, "error\n"), frame(1, ""), frame(1, "out 2\n")]);
  for (const size of [1, 3, 7, 8, 9, whole.length]) {
    const pieces: Buffer[] = [];
    for (let offset = 0; offset < whole.length; offset += size) pieces.push(whole.subarray(offset, offset + size));
    const { stdout, stderr } = demultiplex(Readable.from(pieces));
    expect(await Promise.all([readText(stdout), readText(stderr)])).toEqual(["out 1, é\nout 2\n", "error\n"]);
  }
});

test("a reader that does not read holds the source back", async () => {
  const source = new PassThrough({ highWaterMark: 1024 });
  const { stdout } = demultiplex(source);
  let accepted = 0;
  for (let index = 0; index < 200 && !source.writableNeedDrain; index += 1) {
    source.write(frame(1, "x".repeat(1024)));
    accepted += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(accepted).toBeLessThan(100);
  stdout.resume();
  await new Promise((resolve) => source.once("drain", resolve));
});

test("a source that breaks ends both outputs", async () => {
  const source = new PassThrough();
  const { stdout, stderr } = demultiplex(source);
  source.write(frame(1, "before"));
  setImmediate(() => source.destroy());
  expect(await Promise.all([readText(stdout), readText(stderr)])).toEqual(["before", ""]);
});

test("JSON lines are read across chunks; what is no JSON is passed over", async () => {
  const values: unknown[] = [];
  await readJsonLines(Readable.from([Buffer.from('{"a":1}\n{"b"'), Buffer.from(":2}\n<html>\n\n"), Buffer.from('{"c":3}')]), (value) => values.push(value));
  expect(values).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
});

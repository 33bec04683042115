import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fakeRuntime, onlyCheck } from "./fakeRuntime.ts";
import { observeCheck } from "./observeCheck.ts";
import { parsePicture, pictureLimit } from "./pngPicture.ts";

function chunk(kind: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  // The checksum is the viewer's business: it draws nothing of a chunk that is damaged.
  return Buffer.concat([length, Buffer.from(kind, "latin1"), data, Buffer.alloc(4)]);
}

function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 0, 0, 0, 0], 8);
  return chunk("IHDR", data);
}

const magic = Buffer.from("89504e470d0a1a0a", "hex");
const pixels = chunk("IDAT", deflateSync(Buffer.alloc(6)));
const png = (...chunks: readonly Buffer[]): Buffer => Buffer.concat([magic, ...chunks]);
const small = png(header(2, 2), pixels, chunk("IEND"));

describe("parsePicture", () => {
  test("takes a whole PNG, tells its size and gives it a digest", () => {
    expect(parsePicture(small)).toMatchObject({ width: 2, height: 2, png: small });
    expect(parsePicture(small)?.digest).toMatch(/^[0-9a-f]{64}$/);
  });
  test("leaves out everything that is not the image, and what comes after its end", () => {
    const talkative = Buffer.concat([png(header(2, 2), chunk("tEXt", Buffer.from("Comment\0<script>")), pixels, chunk("IEND")), Buffer.from("<script>")]);
    expect(parsePicture(talkative)?.png).toEqual(small);
  });
  test.each([
    ["nothing", Buffer.alloc(0)],
    ["another kind of file", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["a PNG cut short", small.subarray(0, small.length - 6)],
    ["a chunk longer than the file", png(header(2, 2), Buffer.from("7fffffff49444154", "hex"), chunk("IEND"))],
    ["no image in it", png(header(2, 2), chunk("IEND"))],
    ["a header that is not the first", png(pixels, header(2, 2), chunk("IEND"))],
    ["more pixels than anybody looks at", png(header(100_000, 2), pixels, chunk("IEND"))],
    ["no pixels", png(header(0, 2), pixels, chunk("IEND"))],
    ["more bytes than are kept", png(header(2, 2), chunk("IDAT", Buffer.alloc(pictureLimit)), chunk("IEND"))],
  ])("refuses %s", (_what, bytes) => {
    expect(parsePicture(bytes)).toBeUndefined();
  });
});

describe("the picture of a check", () => {
  const caption = { fr: "l’écran", en: "the screen" };
  const check = { id: "shot", kind: "command", from: "laptop", run: "take-picture", picture: { file: "/tmp/shot.png", caption }, expect: { exit: 0 } };
  const observe = async (file: Uint8Array | undefined, exitCode = 0) => {
    const exec = (_node: string, command: readonly string[]) =>
      command.includes("picture") ? { exitCode: file === undefined ? 1 : 0, stdout: Buffer.from(file ?? []).toString("base64") } : { exitCode, stdout: "taken" };
    const runtime = fakeRuntime({ checks: [check], exec });
    return { seen: await observeCheck(onlyCheck(runtime), runtime), kept: runtime.pictures.get("shot") };
  };

  test("is kept with the lab, and the observation tells of it without its bytes", async () => {
    const { seen, kept } = await observe(small);
    expect(seen).toMatchObject({ state: "passed", picture: { width: 2, height: 2, bytes: small.length, caption } });
    expect(kept && Buffer.from(kept).equals(small)).toBe(true);
  });
  test("is shown of a check that failed, too: it says why", async () => {
    expect((await observe(small, 1)).seen).toMatchObject({ state: "failed", picture: { width: 2 } });
  });
  test("is left out where there is none or where it is no PNG, and judges nothing", async () => {
    for (const file of [undefined, Buffer.from("<html>")]) {
      const { seen, kept } = await observe(file);
      expect(seen.state).toBe("passed");
      expect(seen.picture).toBeUndefined();
      expect(kept).toBeUndefined();
    }
  });
});

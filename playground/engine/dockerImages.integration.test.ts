import { afterAll, beforeAll, expect, test } from "vitest";
import { Readable } from "node:stream";
import { toTar } from "../images/buildContext.ts";
import { instanceImage } from "../images/catalogue.ts";
import { connectEngine } from "./connectEngine.ts";
import type { ContainerEngine } from "./containerEngine.ts";

const reference = `rempart/test-images:${String(process.pid)}`;
const built = `rempart/test-built:${String(process.pid)}`;
let engine: ContainerEngine;

beforeAll(async () => {
  engine = await connectEngine();
});
afterAll(async () => {
  for (const one of [reference, built]) await engine.removeImage(one);
});

const context = (dockerfile: string): Readable => toTar([{ path: "Dockerfile", content: Buffer.from(dockerfile), executable: false }]);

test("an image is imported, saved, removed, and loaded back", async () => {
  await engine.importImage(toTar([{ path: "motto", content: Buffer.from("hello"), executable: false }]), reference);
  expect(await engine.imageExists(reference)).toBe(true);
  const chunks: Buffer[] = [];
  for await (const chunk of await engine.saveImages([reference])) chunks.push(chunk as Buffer);
  await engine.removeImage(reference);
  expect(await engine.imageExists(reference)).toBe(false);
  await engine.removeImage(reference);
  await engine.loadImages(Readable.from(chunks), () => undefined);
  expect(await engine.imageExists(reference)).toBe(true);
});

test("a build gets its arguments and labels and tells what it does", async () => {
  const lines: string[] = [];
  await engine.buildImage(context("ARG BASE\nFROM ${BASE}\nARG WORD\nRUN echo \"the word is $WORD\"\n"), { reference: built, labels: { "dev.rempart.test": "yes" }, buildArguments: { BASE: instanceImage(), WORD: "rampart" }, network: "host" }, (line) => lines.push(line));
  expect(lines.join("\n")).toContain("the word is rampart");
  expect(await engine.listImages("dev.rempart.test=yes")).toMatchObject([{ reference: built, labels: { "dev.rempart.test": "yes" } }]);
});

test("a build that fails shows its last lines; one that is cancelled says so", async () => {
  const options = { reference: `${built}-no`, labels: {}, buildArguments: { BASE: instanceImage() }, network: "host" } as const;
  await expect(engine.buildImage(context("ARG BASE\nFROM ${BASE}\nRUN echo broken pipe here; exit 9\n"), options, () => undefined)).rejects.toMatchObject({
    code: "machine.image-build-failed",
    message: expect.stringContaining("broken pipe here") as string,
  });
  const abort = new AbortController();
  const building = engine.buildImage(context("ARG BASE\nFROM ${BASE}\nRUN echo begun; sleep 60\n"), options, (line) => line === "begun" && abort.abort(), abort.signal);
  await expect(building).rejects.toMatchObject({ code: "input.cancelled" });
  expect(await engine.imageExists(options.reference)).toBe(false);
});

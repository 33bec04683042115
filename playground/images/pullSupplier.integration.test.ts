import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { toTar } from "./buildContext.ts";
import { pullPinned } from "./pullSupplier.ts";

const name = `rempart/test-pulled:${String(process.pid)}`;
/** `npm test` fetches Debian's registry beforehand: while tests run, nothing may leave the machine. */
const program = process.env["REMPART_TEST_REGISTRY"] ?? findProgram("docker-registry");
let engine: ContainerEngine;
let folder: string;
let registry: ChildProcess | undefined;
let mirror: string;

/** On a port of its own: Docker speaks plain HTTP to loopback. */
beforeAll(async () => {
  engine = await connectEngine();
  folder = mkdtempSync(join(tmpdir(), "rempart-registry-"));
  if (program === undefined) return;
  const port = 20_000 + (process.pid % 20_000);
  mirror = `127.0.0.1:${String(port)}`;
  const configuration = join(folder, "registry.yml");
  writeFileSync(configuration, `version: 0.1\nstorage: { filesystem: { rootdirectory: ${join(folder, "store")} } }\nhttp: { addr: "${mirror}" }\n`);
  registry = spawn(program, ["serve", configuration], { stdio: "ignore" });
  for (let attempt = 0; ; attempt += 1) {
    if (await fetch(`http://${mirror}/v2/`).then((answer) => answer.ok, () => false)) return;
    if (attempt === 100) throw new Error("the registry did not start");
    await delay(100);
  }
});

afterAll(async () => {
  registry?.kill();
  await engine.removeImage(name);
  rmSync(folder, { recursive: true, force: true });
});

const digestOf = (content: Buffer): string => `sha256:${createHash("sha256").update(content).digest("hex")}`;

async function upload(path: string, content: Buffer): Promise<{ digest: string; size: number }> {
  const digest = digestOf(content);
  const begun = await fetch(`http://${mirror}/v2/${path}/blobs/uploads/`, { method: "POST" });
  const where = new URL(begun.headers.get("location") ?? "", `http://${mirror}`);
  where.searchParams.set("digest", digest);
  const done = await fetch(where, { method: "PUT", body: new Uint8Array(content), headers: { "content-type": "application/octet-stream" } });
  expect(done.status).toBe(201);
  return { digest, size: content.length };
}

/** Puts an image of one file into the registry, and returns the digest that pins it. */
async function publish(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of toTar([{ path: "motto", content: Buffer.from("pulled"), executable: false }])) chunks.push(chunk as Buffer);
  const layer = Buffer.concat(chunks);
  const types = "application/vnd.docker";
  const configuration = Buffer.from(JSON.stringify({ architecture: "amd64", os: "linux", config: {}, rootfs: { type: "layers", diff_ids: [digestOf(layer)] }, history: [{ created_by: "test" }] }));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: `${types}.distribution.manifest.v2+json`,
      config: { mediaType: `${types}.container.image.v1+json`, ...(await upload(path, configuration)) },
      layers: [{ mediaType: `${types}.image.rootfs.diff.tar`, ...(await upload(path, layer)) }],
    }),
  );
  const put = await fetch(`http://${mirror}/v2/${path}/manifests/v1`, { method: "PUT", body: new Uint8Array(manifest), headers: { "content-type": `${types}.distribution.manifest.v2+json` } });
  expect(put.status).toBe(201);
  return digestOf(manifest);
}

test.skipIf(program === undefined)("another project's image comes from a mirror by its digest, and gets our name; another digest gives nothing", async () => {
  const digest = await publish("kindest/node");
  const lines: string[] = [];
  await pullPinned(engine, `kindest/node:v1@${digest}`, name, mirror, (line) => lines.push(line));
  expect(lines[0]).toBe(`pulling ${mirror}/kindest/node@${digest}`);
  expect(await engine.imageExists(name)).toBe(true);
  await engine.removeImage(`${mirror}/kindest/node@${digest}`);
  const other = `kindest/node:v1@sha256:${"0".repeat(64)}`;
  await expect(pullPinned(engine, other, `${name}-no`, mirror, () => undefined)).rejects.toMatchObject({ code: "machine.registry-unreachable" });
  expect(await engine.imageExists(`${name}-no`)).toBe(false);
});

test("a mirror that is not there is said within seconds, so that the image is built instead", async () => {
  const started = Date.now();
  await expect(pullPinned(engine, `kindest/node:v1@sha256:${"0".repeat(64)}`, name, "127.0.0.1:9", () => undefined)).rejects.toMatchObject({ code: "machine.registry-unreachable" });
  expect(Date.now() - started).toBeLessThan(20_000);
});

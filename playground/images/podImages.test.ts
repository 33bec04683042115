import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { extract, pack } from "tar-stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { imageReference, pulledReference, type PodImageName } from "./catalogue.ts";
import { packPodImages, podImageArchive } from "./podImages.ts";
import { zstd } from "./zstd.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "rempart-pods-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const [base, program] = [Buffer.from(`etc/passwd${"\0".repeat(600)}`), Buffer.from(`app${"\0".repeat(600)}`)];
const config = Buffer.from('{"architecture":"amd64","os":"linux"}');

/** Saves what a test gives it, and counts how often. */
class SavingEngine extends FakeEngine {
  readonly asked: string[][] = [];
  saved: (references: readonly string[]) => Readable = older;

  override async saveImages(references: readonly string[] = []): Promise<Readable> {
    this.asked.push([...references]);
    return this.saved(references);
  }
}

/** As Docker saved until 25: a folder for each layer; the second image's base is a link to the first one's. */
function older(references: readonly string[]): Readable {
  const tar = pack();
  references.forEach((_, index) => {
    tar.entry({ name: `base${index}/VERSION` }, "1.0");
    if (index === 0) tar.entry({ name: "base0/layer.tar" }, base);
    else tar.entry({ name: `base${index}/layer.tar`, type: "symlink", linkname: "../base0/layer.tar" });
    tar.entry({ name: `own${index}/layer.tar` }, Buffer.concat([program, Buffer.from([index])]));
    tar.entry({ name: `config${index}.json` }, config);
  });
  return ended(tar, references.map((reference, index) => ({ Config: `config${index}.json`, RepoTags: [reference], Layers: [`base${index}/layer.tar`, `own${index}/layer.tar`] })));
}

/** As Docker saves since: everything under its digest, layers packed where it keeps them so. */
function newer(references: readonly string[]): Readable {
  const tar = pack();
  tar.entry({ name: "oci-layout" }, "{}");
  tar.entry({ name: "blobs/sha256/c" }, config);
  tar.entry({ name: "blobs/sha256/l" }, gzipSync(base));
  return ended(tar, references.map((reference) => ({ Config: "blobs/sha256/c", RepoTags: [`docker.io/${reference}`], Layers: ["blobs/sha256/l"] })));
}

function ended(tar: ReturnType<typeof pack>, manifest: unknown): Readable {
  tar.entry({ name: "manifest.json" }, JSON.stringify(manifest));
  tar.finalize();
  return Readable.from(tar);
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function filesOf(archive: Readable): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = archive.pipe(extract());
  for await (const entry of entries) files.set(entry.header.name, await whole(entry as AsyncIterable<Buffer>));
  return files;
}

interface Layout {
  readonly manifests: readonly { readonly digest: string; readonly size: number; readonly annotations: Readonly<Record<string, string>> }[];
}
interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly mediaType: string; readonly digest: string; readonly size: number }[];
}

const engineWith = (names: readonly PodImageName[]): SavingEngine => new SavingEngine(names.map(imageReference));
const blob = (files: Map<string, Buffer>, digest: string): Buffer => files.get(digest.replace("sha256:", "blobs/sha256/")) ?? Buffer.alloc(0);

async function read(engine: SavingEngine, names: readonly PodImageName[]): Promise<{ files: Map<string, Buffer>; layout: Layout; manifests: Manifest[] }> {
  const files = await filesOf(await podImageArchive(engine, names, folder));
  const layout = JSON.parse(String(files.get("index.json"))) as Layout;
  return { files, layout, manifests: layout.manifests.map(({ digest }) => JSON.parse(String(blob(files, digest))) as Manifest) };
}

test("pod images leave in one archive, under the names that pods want, each layer once and packed", async () => {
  const { files, layout, manifests } = await read(engineWith(["curl:1", "istio/proxyv2:1.31.0"]), ["curl:1", "istio/proxyv2:1.31.0"]);
  expect(layout.manifests.map(({ annotations }) => annotations)).toEqual([{ "io.containerd.image.name": "docker.io/library/curl:1" }, { "io.containerd.image.name": "docker.io/istio/proxyv2:1.31.0" }]);
  for (const [path, content] of files) if (path.startsWith("blobs/")) expect(path).toBe(`blobs/sha256/${createHash("sha256").update(content).digest("hex")}`);
  // Two manifests, one configuration, one base and two programs.
  expect([...files.keys()].filter((path) => path.startsWith("blobs/"))).toHaveLength(6);
  expect(manifests[0]?.layers[0]).toEqual(manifests[1]?.layers[0]);
  for (const manifest of manifests) expect(blob(files, manifest.config.digest)).toEqual(config);
  const [shared, own] = manifests[1]?.layers ?? [];
  expect(own?.size).toBe(blob(files, own?.digest ?? "").length);
  if (findProgram("zstd") === undefined) return expect(blob(files, shared?.digest ?? "")).toEqual(base);
  expect(shared?.mediaType).toBe("application/vnd.oci.image.layer.v1.tar+zstd");
  const unpacked = await whole(zstd(["-d"], Readable.from([blob(files, own?.digest ?? "")])).output);
  expect(unpacked).toEqual(Buffer.concat([program, Buffer.from([1])]));
});

test("what an engine has packed already stays as it is, and a proxy that was pulled goes in under the usual name", async () => {
  const pulled = pulledReference("istio/proxyv2:1.31.0") ?? "";
  const engine = new SavingEngine([pulled]);
  engine.saved = newer;
  const { files, layout, manifests } = await read(engine, ["istio/proxyv2:1.31.0"]);
  expect(engine.asked).toEqual([[pulled]]);
  expect(layout.manifests[0]?.annotations).toEqual({ "io.containerd.image.name": "docker.io/istio/proxyv2:1.31.0" });
  expect(manifests[0]?.layers.map(({ mediaType }) => mediaType)).toEqual(["application/vnd.oci.image.layer.v1.tar+gzip"]);
  expect(blob(files, manifests[0]?.layers[0]?.digest ?? "")).toEqual(gzipSync(base));
});

test("the engine is asked once for each image, and again for one of which a part is lost", async () => {
  const engine = engineWith(["curl:1", "sample-app:v1"]);
  await packPodImages(engine, ["curl:1"], folder);
  await read(engine, ["curl:1", "sample-app:v1"]);
  expect(engine.asked).toEqual([[imageReference("curl:1")], [imageReference("sample-app:v1")]]);
  const blobs = join(folder, "pods", "blobs");
  expect(readdirSync(blobs).filter((name) => name.endsWith(".partial"))).toEqual([]);
  rmSync(blobs, { recursive: true });
  await read(engine, ["sample-app:v1"]);
  expect(engine.asked).toHaveLength(3);
});

test("pieces of the engine's answer end anywhere", async () => {
  const engine = engineWith(["curl:1"]);
  const saved = await whole(older([imageReference("curl:1")]));
  engine.saved = () => Readable.from(Array.from({ length: Math.ceil(saved.length / 3) }, (_, index) => saved.subarray(index * 3, index * 3 + 3)));
  expect((await read(engine, ["curl:1"])).manifests[0]?.layers).toHaveLength(2);
});

test("an engine that saves something else has failed", async () => {
  const engine = engineWith(["curl:1"]);
  engine.saved = () => older([imageReference("sample-app:v1")]);
  await expect(packPodImages(engine, ["curl:1"], folder)).rejects.toMatchObject({ code: "engine.failed" });
});

test("what was cut off leaves nothing that counts as whole", async () => {
  const engine = engineWith(["curl:1"]);
  const saved = await whole(older([imageReference("curl:1")]));
  engine.saved = () => Readable.from([saved.subarray(0, 2000)]);
  await expect(packPodImages(engine, ["curl:1"], folder)).rejects.toThrow();
  engine.saved = older;
  expect((await read(engine, ["curl:1"])).manifests[0]?.layers).toHaveLength(2);
});

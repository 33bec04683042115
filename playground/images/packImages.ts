import { createHash, randomUUID } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import { z } from "zod";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { findProgram } from "../engine/localDaemon.ts";
import { RempartError } from "../model/errors.ts";
import { zstd } from "./zstd.ts";

const descriptorSchema = z.object({ mediaType: z.string(), digest: z.string(), size: z.number() });
const recordSchema = z.object({ manifest: descriptorSchema, blobs: z.array(z.string()) });
const savedSchema = z.array(z.object({ Config: z.string(), RepoTags: z.array(z.string()).nullable(), Layers: z.array(z.string()) }));

type Descriptor = z.infer<typeof descriptorSchema>;

/** An image as a registry would keep it. */
export interface PackedImage {
  readonly manifest: Descriptor;
  /** Files of the manifest, of the configuration and of the layers, each named after its SHA-256. */
  readonly blobs: readonly string[];
}

const oci = "application/vnd.oci.image";
const layerType = `${oci}.layer.v1.tar`;

/**
 * Keeps images of the engine in a folder as registries do, layers packed with zstd, and returns them by their references: what the engine saves is three
 * times as big, and reading it is half the time that a cluster needs to start. What is in the folder is not asked for again. Where the program zstd is
 * missing, layers stay as they are. Throws `engine.failed`.
 */
export async function packImages(engine: ContainerEngine, folder: string, references: readonly string[]): Promise<Map<string, PackedImage>> {
  const missing: string[] = [];
  for (const reference of references) if ((await readRecord(folder, reference)) === undefined) missing.push(reference);
  if (missing.length > 0) await pack(await engine.saveImages(missing), folder);
  const packed = new Map<string, PackedImage>();
  for (const reference of references) {
    const image = await readRecord(folder, reference);
    if (image === undefined) throw new RempartError("engine.failed", `The container engine could not save the image ${reference}: its archive has none of that name`);
    packed.set(reference, image);
  }
  return packed;
}

async function readRecord(folder: string, reference: string): Promise<PackedImage | undefined> {
  const text = await readFile(recordPath(folder, reference), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { manifest, blobs } = recordSchema.parse(JSON.parse(text));
  const files = blobs.map((digest) => blobPath(folder, digest));
  return files.every((file) => existsSync(file)) ? { manifest, blobs: files } : undefined;
}

/** What `docker save` gives: `manifest.json` names each image's configuration and layers by their paths in the archive. */
async function pack(archive: Readable, folder: string): Promise<void> {
  await mkdir(join(folder, "blobs"), { recursive: true });
  await mkdir(join(folder, "images"), { recursive: true });
  const documents = new Map<string, Buffer>();
  const layers = new Map<string, Descriptor>();
  const links = new Map<string, string>();
  const entries = extract();
  const reading = pipeline(archive, entries);
  reading.catch(() => undefined);
  for await (const entry of entries) {
    const { name, type, linkname } = entry.header;
    // A layer that an image before has, too, is a link to that one's.
    if (type === "symlink" && linkname) links.set(name, posix.join(posix.dirname(name), linkname));
    const chunks = entry[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await beginning(chunks);
    if (first === undefined) continue;
    const content = contentFrom(first, chunks);
    if (/(^|\/)layer\.tar$|^blobs\//.test(name) && first[0] !== "{".charCodeAt(0)) layers.set(name, await storeLayer(folder, first, content));
    else documents.set(name, await joined(content));
  }
  await reading;
  const saved = savedSchema.parse(JSON.parse(String(documents.get("manifest.json"))));
  for (const { Config, RepoTags, Layers } of saved) {
    const config = await store(folder, `${oci}.config.v1+json`, Readable.from([documents.get(Config)]));
    const own = Layers.flatMap((path) => layers.get(links.get(path) ?? path) ?? []);
    const manifest = await store(folder, `${oci}.manifest.v1+json`, Readable.from([Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: `${oci}.manifest.v1+json`, config, layers: own }))]));
    const record: z.infer<typeof recordSchema> = { manifest, blobs: [manifest, config, ...own].map(({ digest }) => digest) };
    // Some engines write out where an image without a registry belongs.
    for (const tag of RepoTags ?? []) await writeFile(recordPath(folder, tag.replace(/^(docker\.io|localhost)\//, "")), JSON.stringify(record));
  }
}

/** Engines that keep images as registries do save layers that are packed already. */
async function storeLayer(folder: string, first: Buffer, content: AsyncGenerator<Buffer>): Promise<Descriptor> {
  if (beginsWith(first, [0x1f, 0x8b])) return store(folder, `${layerType}+gzip`, Readable.from(content));
  if (beginsWith(first, [0x28, 0xb5, 0x2f, 0xfd])) return store(folder, `${layerType}+zstd`, Readable.from(content));
  if (findProgram("zstd") === undefined) return store(folder, layerType, Readable.from(content));
  const packing = zstd(["-3"], Readable.from(content));
  const [descriptor] = await Promise.all([store(folder, `${layerType}+zstd`, packing.output), packing.ended]);
  return descriptor;
}

/** The blob appears under its name once it is whole. */
async function store(folder: string, mediaType: string, content: Readable): Promise<Descriptor> {
  const partial = join(folder, "blobs", `${randomUUID()}.partial`);
  const hash = createHash("sha256");
  let size = 0;
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(partial),
    );
    const digest = `sha256:${hash.digest("hex")}`;
    await rename(partial, blobPath(folder, digest));
    return { mediaType, digest, size };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The first bytes, enough to know what it is: the engine's pieces end anywhere. Undefined for an empty file. */
async function beginning(chunks: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  let read = Buffer.alloc(0);
  while (read.length < 4) {
    const next = await chunks.next();
    if (next.done === true) return read.length === 0 ? undefined : read;
    read = Buffer.concat([read, next.value]);
  }
  return read;
}

async function* contentFrom(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function joined(content: AsyncGenerator<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const beginsWith = (content: Buffer, bytes: readonly number[]): boolean => content.subarray(0, bytes.length).equals(Buffer.from(bytes));
const blobPath = (folder: string, digest: string): string => join(folder, "blobs", digest.slice("sha256:".length));
const recordPath = (folder: string, reference: string): string => join(folder, "images", `${reference.replaceAll(/[/:]/g, "-")}.json`);

import { join } from "node:path";
import type { Readable } from "node:stream";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { type ContextFile, type ContextProgram, toTar } from "./buildContext.ts";
import { cacheFolder } from "./cacheFolder.ts";
import { imageReference, type PodImageName, podImageReference } from "./catalogue.ts";
import { packImages } from "./packImages.ts";
import { presentImage } from "./presentImage.ts";

/**
 * The images, which the engine has (see `ensureImages`), as one archive for `ctr --namespace k8s.io images import --local -`: each under the name by
 * which pods want it, and layers that several share once. Its form is that of https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function podImageArchive(engine: ContainerEngine, names: readonly PodImageName[], cache = cacheFolder()): Promise<Readable> {
  const references = await referencesOf(engine, names);
  const packed = await packImages(engine, packFolder(cache), [...references.values()]);
  const manifests = names.map((name) => ({ ...packed.get(references.get(name) ?? "")?.manifest, annotations: { "io.containerd.image.name": podImageReference(name) } }));
  const blobs = new Set([...packed.values()].flatMap(({ blobs: own }) => own));
  return toTar([
    text("oci-layout", { imageLayoutVersion: "1.0.0" }),
    text("index.json", { schemaVersion: 2, manifests }),
    ...[...blobs].map((file): ContextProgram => ({ path: `blobs/sha256/${file.slice(file.lastIndexOf("/") + 1)}`, file })),
  ]);
}

/** Packs the images now, so that the first cluster that wants them does not wait for it. */
export async function packPodImages(engine: ContainerEngine, names: readonly PodImageName[], cache = cacheFolder()): Promise<void> {
  await packImages(engine, packFolder(cache), [...(await referencesOf(engine, names)).values()]);
}

const packFolder = (cache: string): string => join(cache, "pods");

async function referencesOf(engine: ContainerEngine, names: readonly PodImageName[]): Promise<Map<PodImageName, string>> {
  return new Map(await Promise.all(names.map(async (name) => [name, (await presentImage(engine, name)) ?? imageReference(name)] as const)));
}

const text = (path: string, value: object): ContextFile => ({ path, content: Buffer.from(JSON.stringify(value)), executable: false });

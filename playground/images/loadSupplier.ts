import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { assetsFolder } from "./assetsFolder.ts";
import { allImageNames, type ImageName, imageReference } from "./catalogue.ts";
import { presentImage } from "./presentImage.ts";
import { isZstd, zstd } from "./zstd.ts";

const indexSchema = z.object({ images: z.array(z.object({ name: z.string(), reference: z.string(), bytes: z.number().int() })) });

/** What an archive holds; beside it in a file of the same name and `.index.json`, so that nobody reads gigabytes to know. */
export type ArchiveIndex = z.infer<typeof indexSchema>;

/** Loads images from an archive made by {@link saveArchive} or `docker save`, packed with zstd or not. Throws `input.no-such-file` and `input.not-an-archive`. */
export async function loadArchive(engine: ContainerEngine, path: string, onProgress: (line: string) => void): Promise<void> {
  const packed = await isZstd(path).catch((error: unknown) => {
    throw new RempartError("input.no-such-file", `There is no file ${path}.`, { kind: "input", cause: error });
  });
  try {
    if (!packed) await engine.loadImages(createReadStream(path), onProgress);
    else {
      const unpacking = zstd(["-d"], createReadStream(path));
      await Promise.all([engine.loadImages(unpacking.output, onProgress), unpacking.ended]);
    }
  } catch (error) {
    // The engine reads the archive: an engine that answers and fails has been given something else.
    if (!(error instanceof RempartError) || error.code !== "engine.failed") throw error;
    throw new RempartError("input.not-an-archive", `${path} is no whole archive of images: ${error.message}`, {
      kind: "input", kept: "the images that were there", next: "copy the file again, or make it again with `rempart images --save FILE`", cause: error,
    });
  }
}

/**
 * Saves the images of the catalogue that are there into one archive with an index beside it, for machines without a network; shared layers are in
 * it once, and a name that ends in `.zst` has it packed. The file appears under its name once it is whole. Returns what is in it. Throws
 * `input.cannot-write-file`.
 */
export async function saveArchive(engine: ContainerEngine, path: string): Promise<ArchiveIndex["images"]> {
  const images = [];
  for (const name of allImageNames) {
    const reference = await presentImage(engine, name);
    if (reference !== undefined) images.push({ name, reference, bytes: (await engine.imageSize(reference)) ?? 0 });
  }
  const partial = `${path}.partial`;
  let file: FileHandle;
  try {
    file = await open(partial, "w");
  } catch (error) {
    throw new RempartError("input.cannot-write-file", `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { kind: "input", next: "name a file in a folder that exists and that you may write to", cause: error });
  }
  try {
    const archive = await engine.saveImages(images.map((image) => image.reference));
    if (path.endsWith(".zst")) {
      const packing = zstd(["-T0", "-9"], archive);
      await Promise.all([pipeline(packing.output, file.createWriteStream()), packing.ended]);
    } else await pipeline(archive, file.createWriteStream());
    await writeFile(`${path}.index.json`, `${JSON.stringify({ images }, undefined, 2)}\n`);
    await rename(partial, path);
    return images;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Where the archive is that comes with the package, or that the environment's REMPART_IMAGES_ARCHIVE names. */
export function bundledArchive(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  return environment["REMPART_IMAGES_ARCHIVE"] ?? join(assetsFolder(), "bundle", "rempart-images.tar.zst");
}

/**
 * Loads what the bundled archive holds when, by its index, an image that is wanted is in it; false where there is no such archive or no such
 * image in it. Throws `input.not-an-archive`.
 */
export async function loadBundled(engine: ContainerEngine, name: ImageName, onProgress: (line: string) => void, archive = bundledArchive()): Promise<boolean> {
  const text = await readFile(`${archive}.index.json`, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const { images } = indexSchema.parse(JSON.parse(text));
  if (!images.some((image) => image.name === name && (image.reference === imageReference(name) || image.reference.includes(":pulled-")))) return false;
  onProgress(`loading ${archive}`);
  await loadArchive(engine, archive, onProgress);
  return (await presentImage(engine, name)) !== undefined;
}

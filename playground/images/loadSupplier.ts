import { createReadStream } from "node:fs";
import { access, open, rename, rm, type FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { allImageNames, imageLabel, imageReference } from "./catalogue.ts";

/** Loads images from an archive made by {@link saveArchive} or `docker save`. Throws `input.no-such-file` and `input.not-an-archive`. */
export async function loadArchive(engine: ContainerEngine, path: string, onProgress: (line: string) => void): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new RempartError("input.no-such-file", `There is no file ${path}.`, { kind: "input", cause: error });
  }
  try {
    await engine.loadImages(createReadStream(path), onProgress);
  } catch (error) {
    // The engine reads the archive: an engine that answers and fails has been given something else.
    if (!(error instanceof RempartError) || error.code !== "engine.failed") throw error;
    throw new RempartError("input.not-an-archive", `${path} is no whole archive of images: ${error.message}`, {
      kind: "input", kept: "the images that were there", next: "copy the file again, or make it again with `rempart images --save FILE`", cause: error,
    });
  }
}

/**
 * Saves the images of the catalogue that are there into one archive, for machines without a network; shared layers are in it once.
 * The file appears under its name once it is whole. Returns what is in it. Throws `input.cannot-write-file`.
 */
export async function saveArchive(engine: ContainerEngine, path: string): Promise<string[]> {
  const there = await engine.listImages(imageLabel);
  const references = allImageNames.map(imageReference).filter((reference) => there.some((image) => image.reference === reference));
  const partial = `${path}.partial`;
  let file: FileHandle;
  try {
    file = await open(partial, "w");
  } catch (error) {
    throw new RempartError("input.cannot-write-file", `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`, { kind: "input", next: "name a file in a folder that exists and that you may write to", cause: error });
  }
  try {
    await pipeline(await engine.saveImages(references), file.createWriteStream());
    await rename(partial, path);
    return references;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

import { createReadStream, createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { imageNames, imageReference } from "./catalogue.ts";

/** Loads images from an archive made by {@link saveArchive} or `docker save`. Throws `input.no-such-file`. */
export async function loadArchive(engine: ContainerEngine, path: string, onProgress: (line: string) => void): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new RempartError("input.no-such-file", `There is no file ${path}.`, { kind: "input", cause: error });
  }
  await engine.loadImages(createReadStream(path), onProgress);
}

/** Saves all images of the catalogue into one archive, for machines without a network. */
export async function saveArchive(engine: ContainerEngine, path: string): Promise<void> {
  await pipeline(await engine.saveImages(imageNames.map(imageReference)), createWriteStream(path));
}

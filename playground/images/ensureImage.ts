import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { buildBase, buildCatalogueImage } from "./buildSupplier.ts";
import { builtBase, imageName, type ImageName, imageReference, parentOf, registryBase } from "./catalogue.ts";
import { pullBase } from "./pullSupplier.ts";

/** Which part of the work goes on (the base, or an image of the catalogue), and a line of its output. */
export type ImageProgress = (part: "base" | ImageName, line: string) => void;

/**
 * Makes sure that an image of the catalogue is there, whatever it takes: nothing when it is, else what it stands upon (another
 * image, or the base: there already, pulled, or built from packages) and the image itself. Returns the reference.
 */
export async function ensureImage(engine: ContainerEngine, name: ImageName, onProgress: ImageProgress, signal?: AbortSignal): Promise<string> {
  const reference = imageReference(name);
  if (await engine.imageExists(reference)) return reference;
  const parent = parentOf(name);
  const base = parent === undefined ? await ensureBase(engine, (line) => onProgress("base", line), signal) : await ensureImage(engine, parent, onProgress, signal);
  return buildCatalogueImage(engine, name, base, (line) => onProgress(name, line), signal);
}

/**
 * As {@link ensureImage} for several names of the catalogue, one after the other, because they share layers. Throws also
 * `input.unknown-image`, before anything is made.
 */
export async function ensureImages(engine: ContainerEngine, names: readonly string[], onLine: (line: string) => void, signal?: AbortSignal): Promise<void> {
  for (const name of names.map(imageName)) {
    signal?.throwIfAborted();
    await ensureImage(engine, name, (part, line) => onLine(`${part}: ${line.trimEnd()}`), signal);
  }
}

async function ensureBase(engine: ContainerEngine, onProgress: (line: string) => void, signal: AbortSignal | undefined): Promise<string> {
  for (const reference of [builtBase, registryBase]) if (await engine.imageExists(reference)) return reference;
  try {
    onProgress(`pulling ${registryBase}`);
    return await pullBase(engine, onProgress, signal);
  } catch (error) {
    if (!(error instanceof RempartError) || error.code !== "machine.registry-unreachable") throw error;
    onProgress("no registry answers: building the base from Debian's packages");
    return buildBase(engine, onProgress, signal);
  }
}

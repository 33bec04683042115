import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { buildBase, buildCatalogueImage } from "./buildSupplier.ts";
import { builtBase, type ImageName, imageReference, registryBase } from "./catalogue.ts";
import { pullBase } from "./pullSupplier.ts";

/** Which part of the work goes on, and a line of its output. */
export type ImageProgress = (part: "base" | "image", line: string) => void;

/**
 * Makes sure that an image of the catalogue is there, whatever it takes: nothing when it is, else the base (there already,
 * pulled, or built from packages) and the image upon it. Returns the reference.
 */
export async function ensureImage(engine: ContainerEngine, name: ImageName, onProgress: ImageProgress, signal?: AbortSignal): Promise<string> {
  const reference = imageReference(name);
  if (await engine.imageExists(reference)) return reference;
  const base = await ensureBase(engine, (line) => onProgress("base", line), signal);
  return buildCatalogueImage(engine, name, base, (line) => onProgress("image", line), signal);
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

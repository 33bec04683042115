import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { buildBase } from "./buildBase.ts";
import { buildCatalogueImage } from "./buildSupplier.ts";
import { builtBase, hasNoBase, imageName, type ImageName, imageReference, parentOf, pulledReference, registryBase } from "./catalogue.ts";
import { loadBundled } from "./loadSupplier.ts";
import { environmentMirror, type MirrorSource } from "./mirrorSource.ts";
import { presentImage } from "./presentImage.ts";
import { pullBase, pullPinned } from "./pullSupplier.ts";
import { recipeOf } from "./recipes.ts";

/** Which part of the work goes on (the base, or an image of the catalogue), and a line of its output. */
export type ImageProgress = (part: "base" | ImageName, line: string) => void;

/**
 * Makes sure that an image of the catalogue is there, whatever it takes: nothing when it is; else it is loaded from the archive that came with the
 * package; else another project's image is pulled; else what it stands upon (another image, or the base: there already, pulled, or built from
 * packages) and the image itself are built. Returns the reference.
 * Throws `input.registry-mirror` when something must be pulled and the mirror cannot be read.
 * @param mirror registry that is asked instead of the projects' own; asked for only when something must be pulled
 */
export async function ensureImage(engine: ContainerEngine, name: ImageName, onProgress: ImageProgress, signal?: AbortSignal, mirror: MirrorSource = environmentMirror): Promise<string> {
  const present = await presentImage(engine, name);
  if (present !== undefined) return present;
  if (await loadBundled(engine, name, (line) => onProgress(name, line))) return (await presentImage(engine, name)) ?? imageReference(name);
  const [upstream, pulled] = [recipeOf(name).upstream, pulledReference(name)];
  if (upstream !== undefined && pulled !== undefined && (await gives(async () => pullPinned(engine, upstream, pulled, await mirror(), (line) => onProgress(name, line), signal)))) return pulled;
  const parent = parentOf(name);
  const base = parent !== undefined ? await ensureImage(engine, parent, onProgress, signal, mirror) : hasNoBase(name) ? undefined : await ensureBase(engine, (line) => onProgress("base", line), signal, mirror);
  return buildCatalogueImage(engine, name, base, (line) => onProgress(name, line), signal);
}

/**
 * As {@link ensureImage} for several names of the catalogue, one after the other, because they share layers. Throws also
 * `input.unknown-image`, before anything is made.
 */
export async function ensureImages(engine: ContainerEngine, names: readonly string[], onLine: (line: string) => void, signal?: AbortSignal, mirror: MirrorSource = environmentMirror): Promise<void> {
  for (const name of names.map(imageName)) {
    signal?.throwIfAborted();
    await ensureImage(engine, name, (part, line) => onLine(`${part}: ${line.trimEnd()}`), signal, mirror);
  }
}

async function ensureBase(engine: ContainerEngine, onProgress: (line: string) => void, signal: AbortSignal | undefined, mirror: MirrorSource): Promise<string> {
  for (const reference of [builtBase, registryBase]) if (await engine.imageExists(reference)) return reference;
  const from = await mirror();
  if (await gives(() => pullBase(engine, from, onProgress, signal))) return registryBase;
  onProgress("no registry answers: building the base from Debian's packages");
  return buildBase(engine, onProgress, signal);
}

/** Whether a pull came to its end; false where no registry answers, so that the image is built. */
async function gives(pull: () => Promise<void>): Promise<boolean> {
  try {
    await pull();
    return true;
  } catch (error) {
    if (error instanceof RempartError && error.code === "machine.registry-unreachable") return false;
    throw error;
  }
}

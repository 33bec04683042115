import type { ContainerEngine } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { buildBase } from "./buildBase.ts";
import { buildCatalogueImage, recipeFiles } from "./buildSupplier.ts";
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
  const build = await prepareImage(engine, name, onProgress, signal, mirror);
  return build();
}

/**
 * As {@link ensureImage} for several names of the catalogue, in this order, because they share layers; while the engine builds one, the programs of
 * the next are compiled. Throws also `input.unknown-image`, before anything is made. Whatever fails, what goes on beside it has ended when this throws:
 * an image on its way is built to its end, a compilation is stopped, and goes on where it was the next time.
 */
export async function ensureImages(engine: ContainerEngine, names: readonly string[], onLine: (line: string) => void, signal?: AbortSignal, mirror: MirrorSource = environmentMirror): Promise<void> {
  const failed = new AbortController();
  const stopped = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  let building: Promise<unknown> = Promise.resolve();
  try {
    for (const name of names.map(imageName)) {
      stopped.throwIfAborted();
      const build = await prepareImage(engine, name, (part, line) => onLine(`${part}: ${line.trimEnd()}`), stopped, mirror);
      await building;
      building = build();
      building.catch((error: unknown) => failed.abort(error));
    }
    await building;
  } catch (error) {
    await building.catch(() => undefined);
    throw failed.signal.aborted && signal?.aborted !== true ? failed.signal.reason : error;
  }
}

/** Makes an image from what is there for it, upon what it stands on, and returns its reference. */
type Build = () => Promise<string>;

/** Gets an image that somebody gives, or all that it is built from but the image below. What is returned does the rest, if anything is left to do. */
async function prepareImage(engine: ContainerEngine, name: ImageName, onProgress: ImageProgress, signal: AbortSignal | undefined, mirror: MirrorSource): Promise<Build> {
  const onLine = (line: string): void => onProgress(name, line);
  const given = (await presentImage(engine, name)) ?? (await givenImage(engine, name, onLine, signal, mirror));
  if (given !== undefined) return () => Promise.resolve(given);
  const files = await recipeFiles(engine, name, onLine, signal);
  return async () => {
    const parent = parentOf(name);
    const base = parent !== undefined ? await ensureImage(engine, parent, onProgress, signal, mirror) : hasNoBase(name) ? undefined : await ensureBase(engine, (line) => onProgress("base", line), signal, mirror);
    return buildCatalogueImage(engine, name, base, files, onLine, signal);
  };
}

/** The reference of an image that came with the package or that a registry gives; undefined where neither has it. */
async function givenImage(engine: ContainerEngine, name: ImageName, onLine: (line: string) => void, signal: AbortSignal | undefined, mirror: MirrorSource): Promise<string | undefined> {
  if (await loadBundled(engine, name, onLine)) return (await presentImage(engine, name)) ?? imageReference(name);
  const [upstream, pulled] = [recipeOf(name).upstream, pulledReference(name)];
  if (upstream === undefined || pulled === undefined) return undefined;
  return (await gives(async () => pullPinned(engine, upstream, pulled, await mirror(), onLine, signal))) ? pulled : undefined;
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

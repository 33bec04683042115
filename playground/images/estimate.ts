import { existsSync } from "node:fs";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { containerPlatform, programPath } from "./buildProgram.ts";
import { cacheFolder } from "./cacheFolder.ts";
import type { ImageName } from "./catalogue.ts";
import { presentImage } from "./presentImage.ts";
import { program } from "./programs.ts";
import { recipeOf } from "./recipes.ts";

/** What an image takes beside its programs: packages to fetch and layers to write, in seconds on two cores. */
const layerSeconds = 10;

/** About how long it takes to build those of the images that are not there, in seconds on two cores; 0 when all are. */
export async function buildSeconds(engine: ContainerEngine, names: readonly ImageName[], cache = cacheFolder()): Promise<number> {
  const platform = containerPlatform((await engine.info()).architecture);
  const missing = [];
  for (const name of names) if ((await presentImage(engine, name)) === undefined) missing.push(name);
  const wanted = new Set(missing.flatMap((name) => (recipeOf(name).programs ?? []).map((one) => one.program)));
  const compiling = [...wanted].filter((name) => !existsSync(programPath(cache, name, platform))).reduce((sum, name) => sum + program(name).seconds, 0);
  return compiling + missing.length * layerSeconds;
}

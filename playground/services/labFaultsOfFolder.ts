import { type Fault, RempartError } from "../model/errors.ts";
import { everyCombination, variantsOf } from "../model/variants.ts";
import { loadLab } from "./labRegistry.ts";
import { readLabFile } from "./safeLabFile.ts";

/** So many variants of a lab are read at most: the others differ in nothing that these do not. */
const combinationLimit = 64;

/** Every fault of a lab's folder, in each of its variants; none when the lab can be offered. Throws only what is no fault of the lab. */
export async function faultsOfFolder(folder: string, images: readonly string[]): Promise<Fault[]> {
  const labText = await readLabFile(folder, "lab.yml").catch(() => undefined);
  const combinations = labText === undefined ? [] : everyCombination(variantsOf(labText), combinationLimit);
  const found = new Map<string, Fault>();
  for (const values of combinations.length > 1 ? combinations : [undefined]) {
    for (const fault of await faultsOf(folder, images, values)) found.set([fault.file, fault.line, fault.path, fault.code].join("\n"), fault);
  }
  return [...found.values()];
}

async function faultsOf(folder: string, images: readonly string[], values: Readonly<Record<string, string>> | undefined): Promise<readonly Fault[]> {
  try {
    await loadLab(folder, false, images, undefined, values);
    return [];
  } catch (error) {
    if (!(error instanceof RempartError)) throw error;
    return error.faults ?? [{ code: error.code, file: "lab.yml", path: "", message: error.message, ...(error.next === undefined ? {} : { hint: error.next }) }];
  }
}

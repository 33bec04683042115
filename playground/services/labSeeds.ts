import { z } from "zod";
import { RempartError } from "../model/errors.ts";
import { seedSchema } from "../model/variants.ts";
import { readJsonFile, writeJsonFile } from "./jsonFile.ts";
import { join } from "node:path";
import type { LabRegistry } from "./labRegistry.ts";
import type { LabService } from "./labService.ts";
import { Workspace } from "./workspace.ts";

const file = ".variant.json";
const rememberedSchema = z.object({ seed: seedSchema });

/** The seed remembered in the student's folder of a lab; undefined where none was chosen. */
export async function readSeed(studentFolder: string): Promise<number | undefined> {
  return (await readJsonFile(join(studentFolder, file), (value) => rememberedSchema.parse(value)))?.seed;
}

/**
 * Chooses the student's variant of a lab before its first start, and remembers it in the student's folder. The same seed again changes nothing.
 * Throws `input.no-variants`, and `lab.seed-taken` once the student has begun with another one.
 */
export async function chooseSeed(parts: { registry: LabRegistry; labs: LabService; labsFolder: string }, labId: string, seed: number): Promise<void> {
  const loaded = await parts.registry.get(labId);
  if (Object.keys(loaded.lab.variants).length === 0) {
    throw new RempartError("input.no-variants", `Lab ${labId} has no variants: it is the same for everybody.`, { kind: "input", kept: "Nothing was started.", next: "Start it without a seed." });
  }
  if (loaded.seed === seed) return;
  const workspace = new Workspace(parts.labsFolder, labId);
  const written = await workspace.read("network.yml");
  const isUp = (parts.labs.opened(labId)?.phase ?? "stopped") !== "stopped" || (await workspace.read(".applied.yml")) !== undefined;
  if (isUp || (written !== undefined && written !== loaded.startNetwork)) {
    throw new RempartError("lab.seed-taken", `Lab ${labId} was begun ${loaded.seed === undefined ? "without a seed" : `with seed ${loaded.seed}`}.`, {
      kind: "input",
      kept: "The student's files and what runs.",
      next: `rempart down ${labId} --forget begins anew; then choose the seed.`,
    });
  }
  await writeJsonFile(join(workspace.folder, file), { seed });
  if (written !== undefined) await workspace.writeNetwork((await parts.registry.get(labId)).startNetwork);
  parts.labs.forgetStopped(labId);
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LabFiles } from "../contract/authorContract.ts";
import { RempartError } from "../model/errors.ts";
import { parseLabFile } from "../model/labFile.ts";
import type { Localized } from "../model/lab.ts";
import { readFolder } from "./labFolder.ts";
import type { LabRegistry } from "./labRegistry.ts";

/** What a new lab can begin with, beside any lab: a template of ours (`assets/templates`). */
export interface LabTemplate {
  readonly id: string;
  readonly title: Localized;
}

const mark = "template:";

/** The templates in a folder. */
export async function listTemplates(root: string): Promise<LabTemplate[]> {
  const found = await Promise.all((await readdir(root)).sort().map(async (name) => ({ id: `${mark}${name}`, lab: parseLabFile((await readFolder(join(root, name)))["lab.yml"] ?? "").lab })));
  return found.flatMap(({ id, lab }) => (lab ? [{ id, title: lab.title }] : []));
}

/** The texts of a template, or of any lab. Throws `input.unknown-template`. */
export async function readTemplate(root: string, registry: LabRegistry, id: string): Promise<LabFiles> {
  const templates = await listTemplates(root);
  if (templates.some((template) => template.id === id)) return readFolder(join(root, id.slice(mark.length)));
  const loaded = await registry.get(id).catch(() => undefined);
  if (loaded) return readFolder(loaded.folder);
  throw new RempartError("input.unknown-template", `There is no template and no lab ${id}.`, { kind: "input", kept: "Nothing was made.", next: `There is: ${templates.map((template) => template.id).join(", ")}, and every lab.` });
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LabFiles } from "../contract/authorContract.ts";
import { RempartError } from "../model/errors.ts";
import { parseLabFile } from "../model/labFile.ts";
import type { Localized } from "../model/lab.ts";
import { readFolder } from "./labFolder.ts";
import type { LabRegistry } from "./labRegistry.ts";

/** What a new lab can begin with: a template of ours (`assets/templates`), or any lab. */
export interface LabTemplate {
  readonly id: string;
  readonly title: Localized;
  readonly isLab: boolean;
}

/** Templates first, then the labs of the library. `root` is the folder of templates. */
export async function listTemplates(root: string, registry: LabRegistry): Promise<LabTemplate[]> {
  const own = await Promise.all((await readdir(root)).sort().map(async (name) => ({ id: name, lab: parseLabFile((await readFolder(join(root, name)))["lab.yml"] ?? "").lab })));
  return [
    ...own.flatMap(({ id, lab }) => (lab ? [{ id: `template:${id}`, title: lab.title, isLab: false }] : [])),
    ...(await registry.list()).map(({ lab }) => ({ id: lab.id, title: lab.title, isLab: true })),
  ];
}

/** The texts of a template. Throws `input.unknown-template`. */
export async function readTemplate(root: string, registry: LabRegistry, id: string): Promise<LabFiles> {
  const templates = await listTemplates(root, registry);
  const found = templates.find((template) => template.id === id);
  if (!found) throw new RempartError("input.unknown-template", `There is no template ${id}.`, { kind: "input", kept: "Nothing was made.", next: `There is: ${templates.map((template) => template.id).join(", ")}.` });
  return readFolder(found.isLab ? (await registry.get(id)).folder : join(root, id.slice("template:".length)));
}

import type { Handlers } from "../contract/contract.ts";
import { countCombinations } from "../model/variants.ts";
import { labFileEnding, packLab } from "./labArchive.ts";
import { readFolder } from "./labFolder.ts";
import type { LabRegistry } from "./labRegistry.ts";
import { chooseSeed } from "./labSeeds.ts";
import type { LabService } from "./labService.ts";
import type { Studio } from "./studio.ts";
import type { StudioRuns } from "./studioRuns.ts";

type Served = Extract<keyof Handlers, `studio.${string}` | `variants.${string}`>;

/** Labs of the user's own, and variants by seed, behind the contract. */
export function authorHandlers(parts: { registry: LabRegistry; labs: LabService; labsFolder: string; studio: Studio; runs: StudioRuns }): Pick<Handlers, Served> {
  const { registry, studio, runs } = parts;
  return {
    "variants.get": async ({ lab }) => {
      const { lab: { variants }, seed, values = {} } = await registry.get(lab);
      return { combinations: countCombinations(variants), values, ...(seed === undefined ? {} : { seed }) };
    },
    "variants.choose": async ({ lab, seed }) => {
      await chooseSeed(parts, lab, seed);
      return {};
    },
    "studio.list": async () => ({ labs: await studio.list(), templates: await studio.templates() }),
    "studio.create": ({ lab, title, template }) => studio.create(lab, title, template),
    "studio.read": ({ lab }) => studio.read(lab),
    "studio.write": ({ lab, files, revision }) => studio.write(lab, files, revision),
    "studio.remove": async ({ lab }) => {
      const running = parts.labs.opened(lab);
      if (running && running.phase !== "stopped") await running.down(true);
      await studio.remove(lab);
      return {};
    },
    "studio.run": async ({ lab, network }) => {
      await runs.run(lab, network);
      return {};
    },
    "studio.try": ({ lab, check }) => runs.try(lab, check),
    "studio.prove": async ({ lab }) => ({ lab, scenarios: await runs.prove(lab) }),
    "studio.pack": async ({ lab }) => {
      // Any lab can be handed on, ours too.
      const folder = await studio.folderOf(lab).catch(async () => (await registry.get(lab)).folder);
      return { name: `${lab}${labFileEnding}`, data: packLab(await readFolder(folder)).toString("base64") };
    },
    "studio.unpack": ({ data }) => studio.unpack(Buffer.from(data, "base64")),
  };
}

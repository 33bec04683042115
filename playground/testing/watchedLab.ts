import type { LabStatus } from "../contract/contract.ts";
import { observeScript, parseObservation } from "../fabric/observe.ts";
import { imageNames, imageReference } from "../images/catalogue.ts";
import { LabRegistry } from "../services/labRegistry.ts";
import { LabService } from "../services/labService.ts";
import { readLabText } from "../services/labTexts.ts";
import { resolvePaths } from "../services/paths.ts";
import type { RunningLab } from "../services/runningLab.ts";
import { createHarness, type Harness } from "./labHarness.ts";

/** A solved lab of ours that runs, watched and repaired as by a process that stays. */
export interface WatchedLab {
  readonly harness: Harness;
  readonly service: LabService;
  readonly lab: RunningLab;
  /** Every status that a window would have been told, with the moment. */
  readonly told: { readonly at: number; readonly status: LabStatus }[];
  dispose(): Promise<void>;
}

/** Starts it. Throws where the engine or the images are missing, as `createHarness` does. */
export async function createWatchedLab(id: string): Promise<WatchedLab> {
  const harness = await createHarness();
  const told: WatchedLab["told"] = [];
  const loaded = await new LabRegistry(resolvePaths().labAssets).get(id);
  const solved = { ...loaded, startNetwork: (await readLabText(loaded, "solution/network.yml")) ?? "" };
  const service = new LabService({
    paths: { ...resolvePaths(), labs: harness.labsFolder, scope: harness.scope },
    labs: { list: async () => [solved], get: async () => solved, add: async () => solved },
    engine: async () => harness.engine,
    imageReference: () => imageReference("instance"),
    knownImages: imageNames,
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live: true,
    emit: (event, data) => {
      if (event === "lab.status") told.push({ at: performance.now(), status: data as LabStatus });
    },
    onMachineEvent: () => undefined,
    checks: async () => [],
  });
  const lab = await service.lab(solved.lab.id);
  await lab.up();
  return {
    harness, service, lab, told,
    async dispose() {
      await lab.down(true);
      service.dispose();
      await harness.dispose();
    },
  };
}

/** Polls until the condition holds; returns the milliseconds it took, or throws after the limit. */
export async function within(limitMilliseconds: number, condition: () => Promise<boolean> | boolean, begun = performance.now()): Promise<number> {
  while (performance.now() - begun < limitMilliseconds) {
    if (await Promise.resolve().then(condition).catch(() => false)) return performance.now() - begun;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not within ${limitMilliseconds} ms`);
}

/** What is in the wiring's namespaces, in an order of its own; after a command, in one script with it, for the repair would else be there first. */
export async function namespacesOf(lab: RunningLab, command = "true"): Promise<unknown> {
  const sorted = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();
  const { namespaces } = parseObservation(await lab.wiring.run(`${command}\n${observeScript()}`));
  return [...namespaces].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, entry]) => [name, sorted([...entry.addresses].map(([device, addresses]) => [device, [...addresses].sort()])), sorted(entry.rules), sorted(entry.routes), entry.rulesetDigest]);
}

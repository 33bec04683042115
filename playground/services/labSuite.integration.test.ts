import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHost, type Host } from "../host.ts";
import { chosenLabs, isQuickRun, needsCluster } from "../testing/chosenLabs.ts";
import { Outcomes } from "../testing/outcomes.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { LabRegistry } from "./labRegistry.ts";
import { type LabProof, proveLab, scenariosOf } from "./labProof.ts";
import { forEachInParallel } from "./parallel.ts";
import { resolvePaths } from "./paths.ts";

/**
 * Labs prove themselves, on a real engine; see `labProof.ts`, and `chosenLabs.ts` for which of them. The labs are proved side by side, because most of the time
 * goes into waiting for silence, but those with a cluster one after the other: each keeps the machine busy. Each test waits for its own scenario.
 */
const { labAssets } = resolvePaths();
const registry = new LabRegistry(labAssets);
// The last first: they build on the others and take the longest, and one that began last would have all the rest wait for it.
const labs = chosenLabs(await registry.list()).reverse();
// All of them wherever somebody asked for labs: a quick run shows that the families hold together.
const mostVariants = isQuickRun() ? 2 : Infinity;
const atOnce = labs.some(needsCluster) ? 1 : 3;

let host: Host;
let home: string;
let all: Promise<void>;
const keysOf = (loaded: LoadedLab): string[] => scenariosOf({ loaded }, mostVariants).map((scenario) => `${loaded.lab.id} ${scenario}`);
const proofs = new Outcomes<LabProof>(labs.flatMap(keysOf));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "rempart-suite-"));
  host = await createHost({ paths: resolvePaths({ ...process.env, REMPART_HOME: home }) });
  all = forEachInParallel(labs, atOnce, async (loaded) => {
    const { id } = loaded.lab;
    try {
      const running = await host.labs.lab(id);
      await running.up();
      await proveLab(running, host.grading, (proof) => proofs.found(`${id} ${proof.scenario}`, proof), mostVariants);
      await running.down(true);
    } catch (error) {
      proofs.failed(keysOf(loaded), error);
    }
  });
});

afterAll(async () => {
  await all;
  for (const loaded of labs) await (await host.labs.lab(loaded.lab.id)).down(true).catch(() => undefined);
  await host.dispose();
  await rm(home, { recursive: true, force: true });
});

test("every folder of assets/labs is a lab that can be offered", async () => {
  expect(await registry.unreadable()).toEqual([]);
  expect((await registry.list()).map((loaded) => loaded.lab.id)).toEqual((await readdir(labAssets)).sort());
});

describe.each(labs.map((loaded) => [loaded.lab.id, loaded] as const))("%s", (id, loaded) => {
  test("has at least one check that fails at the start, and three broken variants", () => {
    expect(loaded.lab.start_fails.length).toBeGreaterThan(0);
    expect(Object.keys(loaded.lab.broken).length).toBeGreaterThanOrEqual(3);
  });

  test.each(scenariosOf({ loaded }, mostVariants))("%s: exactly what the lab says", { timeout: 400_000 }, async (scenario) => {
    expect((await proofs.of(`${id} ${scenario}`)).unexpected).toEqual([]);
  });
});

test("the solution of a lab applied a second time changes nothing", { timeout: 400_000 }, async () => {
  await all;
  const { id, steps } = (labs.findLast((loaded) => loaded.lab.steps.some((step) => step.solve?.network)) ?? labs[0])?.lab ?? { id: "", steps: [] };
  const running = await host.labs.lab(id);
  await running.up();
  // A solution may need what the steps before it leave on the machines, such as a key.
  const last = Math.max(steps.findLastIndex((step) => step.solve?.network), 0);
  for (const step of steps.slice(0, last + 1)) if (step.solve) await host.grading.solve(running, step.id);
  expect((await running.plan()).changes).toEqual([]);
  expect((await running.apply()).changes).toEqual([]);
});

import type { ContainerSpec } from "../playground/engine/containerEngine.ts";
import { labelKeys } from "../playground/engine/labels.ts";
import { imageReference } from "../playground/images/catalogue.ts";
import { parseLabFile } from "../playground/model/labFile.ts";
import { parseNetworkFile } from "../playground/model/networkFile.ts";
import { resolveCloud } from "../playground/model/resolve.ts";
import { containerSpecs, fabricNode, fabricSpec } from "../playground/services/containerSpecs.ts";
import { forEachInParallel } from "../playground/services/parallel.ts";
import { benchLab, type BenchLab } from "./benchLab.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { listed, median, timed, type Benchmark, type Measurement } from "./measurement.ts";

const rounds = 5;
/** As `machines.ts` has it. */
const parallelContainers = 8;
/** What containerlab needed for 13 nodes and 12 links without its management network, seconds; recorded once, on a machine like this. */
const containerlabSeconds = 6.3;

/** `up` of 12 instances in 3 subnets, beside the floor: the very same 13 containers created and started, and nothing else. */
export const upAndDown: Benchmark = { title: "Up of 12 instances in 3 subnets", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const lab = benchLab("bench-twelve", { subnets: 3, instancesPerSubnet: 4 });
  await session.addLab(lab);
  const specs = floorSpecs(session, lab);
  const ups: number[] = [];
  const downs: number[] = [];
  const floors: number[] = [];
  const floorDowns: number[] = [];
  // The first round warms the engine's caches and is not counted; floor and up take turns, so that both see the same machine.
  for (let round = 0; round <= rounds; round++) {
    const floor = await measureFloor(session, specs);
    const up = await timed(() => session.client.call("labs.up", { lab: lab.id }));
    const down = await timed(() => session.client.call("labs.down", { lab: lab.id, forget: true }));
    if (round === 0) continue;
    floors.push(floor.start);
    floorDowns.push(floor.remove);
    ups.push(up);
    downs.push(down);
  }
  const up = median(ups);
  return [
    { name: "up, as a multiple of the floor", value: up / median(floors), unit: "x", limit: 1.3, note: `up ${listed(ups)} ms; floor ${listed(floors)} ms; medians of ${rounds} rounds in turn` },
    { name: "up, against a third of containerlab", value: up / 1000, unit: "s", limit: containerlabSeconds / 3, note: `containerlab's ${containerlabSeconds} s for 13 nodes were recorded earlier, not measured here` },
    { name: "down", value: median(downs), unit: "ms", limit: undefined, note: `${listed(downs)} ms; removing the containers alone: ${listed(floorDowns)} ms` },
  ];
}

/** The specifications of the lab's 13 containers, under names of their own. */
function floorSpecs(session: BenchSession, bench: BenchLab): ContainerSpec[] {
  const { lab } = parseLabFile(bench.labText);
  const { network } = parseNetworkFile(bench.networkText);
  if (!lab || !network) throw new Error("the benchmark's lab is not valid");
  const context = { scope: session.host.paths.scope, folder: session.home, imageReference, publicKeys: new Map<string, string>(), privateKeys: new Map<string, string>() };
  const cloud = resolveCloud(lab, network);
  return [...new Map([[fabricNode, fabricSpec(lab.id, context)], ...containerSpecs(cloud, context)]).values()].map((spec) => ({
    ...spec,
    name: spec.name.replace(bench.id, "bench-floor"),
    labels: { ...spec.labels, [labelKeys.lab]: "bench-floor" },
  }));
}

async function measureFloor(session: BenchSession, specs: readonly ContainerSpec[]): Promise<{ start: number; remove: number }> {
  const ids: string[] = [];
  const start = await timed(() =>
    forEachInParallel(specs, parallelContainers, async (spec) => {
      const id = await session.engine.createContainer(spec);
      ids.push(id);
      await session.engine.startContainer(id);
    }),
  );
  const remove = await timed(() => forEachInParallel(ids, parallelContainers, (id) => session.engine.removeContainer(id)));
  return { start, remove };
}

import { benchLab } from "./benchLab.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { availableBytes } from "./processFigures.ts";
import { timed, type Benchmark, type Measurement } from "./measurement.ts";

const limitSeconds = 15;
const limitMegabytes = 1000;

/** 100 instances in five subnets: brought up once, and the memory that the machines hold together. */
export const hundredInstances: Benchmark = { title: "100 instances in 5 subnets", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const lab = benchLab("bench-hundred", { subnets: 5, instancesPerSubnet: 20 });
  await session.addLab(lab);
  const availableBefore = await availableBytes();
  let wiring = 0;
  const begin = performance.now();
  const stop = session.client.on("progress", (progress) => {
    if (progress.step === "network") wiring = performance.now() - begin;
  });
  const up = await timed(() => session.client.call("labs.up", { lab: lab.id }));
  stop();
  const { machines } = await session.host.labs.lab(lab.id);
  const memory = await session.engine.memory(machines.all.map((machine) => machine.container));
  const bytes = [...memory.values()].reduce((sum, each) => sum + each, 0);
  const taken = availableBefore - (await availableBytes());
  const down = await timed(() => session.client.call("labs.down", { lab: lab.id, forget: true }));
  return [
    { name: "up, wired and watched", value: up / 1000, unit: "s", limit: limitSeconds, note: `machines started after ${(wiring / 1000).toFixed(1)} s, then the wiring; once` },
    { name: "resident memory of the 101 containers", value: bytes / 1e6, unit: "MB", limit: limitMegabytes, note: `${memory.size} containers asked` },
    { name: "memory of this machine taken, the engine's own part included", value: taken / 1e6, unit: "MB", limit: limitMegabytes, note: "available before less available after: whatever else runs here is in it" },
    { name: "down", value: down / 1000, unit: "s", limit: undefined, note: "" },
  ];
}

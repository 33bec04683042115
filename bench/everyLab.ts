import { imageLabel, imageReference, machineImageNames, parentOf } from "../playground/images/catalogue.ts";
import type { LoadedLab } from "../playground/services/labRuntime.ts";
import { chosenLabs } from "../playground/testing/chosenLabs.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { timed, type Benchmark, type Measurement } from "./measurement.ts";

const upLimitSeconds = 10;
const memoryLimitMegabytes = 1000;
/** A lab with desktops may hold more. */
const desktopLimitMegabytes = 1500;
const imagesLimitMegabytes = 900;

/** Each lab of ours that needs no cluster: its `up` with the images there, and what its machines hold once it is solved. */
export const everyLab: Benchmark = { title: "Every lab", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const measurements = [await imagesOnDisk(session)];
  for (const loaded of chosenLabs(await session.host.registry.list(), "all")) measurements.push(...(await measureLab(session, loaded)));
  return measurements;
}

/** What the images of these labs take on disk, those of clusters left out, in which an image has only what it adds to the one below it. */
async function imagesOnDisk({ engine }: BenchSession): Promise<Measurement> {
  const there = await engine.listImages(imageLabel);
  const sizeOf = (reference: string): number => {
    const bytes = there.find((image) => image.reference === reference)?.bytes;
    if (bytes === undefined) throw new Error(`${reference} is missing: rempart images --build`);
    return bytes / 1e6;
  };
  const added = machineImageNames.map((name) => {
    const parent = parentOf(name);
    return { name, megabytes: sizeOf(imageReference(name)) - (parent === undefined ? 0 : sizeOf(imageReference(parent))) };
  });
  const note = added.map(({ name, megabytes }) => `${name} ${megabytes.toFixed(0)}`).join(", ");
  return { name: "their images, shared layers counted once", value: added.reduce((sum, { megabytes }) => sum + megabytes, 0), unit: "MB", limit: imagesLimitMegabytes, note };
}

async function measureLab(session: BenchSession, { lab }: LoadedLab): Promise<Measurement[]> {
  const up = await timed(() => session.client.call("labs.up", { lab: lab.id }));
  const running = await session.host.labs.lab(lab.id);
  const machines = running.machines.all.length;
  for (const step of lab.steps) if (step.solve) await session.host.grading.solve(running, step.id);
  const memory = await session.engine.memory(running.machines.all.map((machine) => machine.container));
  const megabytes = [...memory.values()].reduce((sum, each) => sum + each, 0) / 1e6;
  const usesDesktop = running.cloud().nodes.some((node) => node.image === "desktop");
  await session.client.call("labs.down", { lab: lab.id, forget: true });
  return [
    { name: `${lab.id}: up`, value: up / 1000, unit: "s", limit: upLimitSeconds, note: `${machines} containers; once` },
    { name: `${lab.id}: resident, solved`, value: megabytes, unit: "MB", limit: usesDesktop ? desktopLimitMegabytes : memoryLimitMegabytes, note: `the library says ${lab.memory_mb} MB` },
  ];
}

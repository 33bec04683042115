import type { ContainerEngine } from "../playground/engine/containerEngine.ts";
import { clusterImageNames, type ImageName, imageReference } from "../playground/images/catalogue.ts";
import { presentImage } from "../playground/images/presentImage.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

const readyLimitSeconds = 30;
const meshLimitSeconds = 30;
const memoryLimitMegabytes = 1500;
const nodeImageLimitMegabytes = 900;
const pictureLimitMilliseconds = 1000;
/** The lab that begins with Istio under the sample application, and the one with the most sidecars. */
const mesh = "21-istio-mtls";
const largest = "23-istio-traffic";
const scaled = "sample-app-frontend-deployment";

/** A cluster with a mesh, its images there: until it is ready, until Istio and the applications are, what all of it holds, and when the picture follows. */
export const meshCluster: Benchmark = { title: "A cluster with a mesh", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const { engine } = session;
  const image = { name: "image of the nodes", unit: "MB", limit: nodeImageLimitMegabytes };
  // Nobody who wants figures waits twenty minutes for images first.
  const missing = await firstMissing(engine, clusterImageNames);
  if (missing !== undefined) return [{ ...image, value: undefined, note: `${missing} is missing: rempart images build cluster` }];
  const bytes = await engine.imageSize((await presentImage(engine, "kubernetes-node")) ?? imageReference("kubernetes-node"));
  return [{ ...image, value: (bytes ?? 0) / 1e6, note: "on disk" }, ...(await measureLab(session, mesh, true)), ...(await measureLab(session, largest, false))];
}

async function firstMissing(engine: ContainerEngine, names: readonly ImageName[]): Promise<ImageName | undefined> {
  for (const name of names) if ((await presentImage(engine, name)) === undefined) return name;
  return undefined;
}

/** @param withLimits whether the times are promised for this lab: for the sample application they are */
async function measureLab(session: BenchSession, lab: string, withLimits: boolean): Promise<Measurement[]> {
  const began = performance.now();
  let cluster: number | undefined;
  const stop = session.client.on("progress", ({ task, step }) => {
    // What the lab begins with is set up as soon as the cluster is ready and wired.
    if (task === `up:${lab}` && step === "setup") cluster ??= performance.now();
  });
  await session.client.call("labs.up", { lab });
  const ended = performance.now();
  stop();
  const running = await session.host.labs.lab(lab);
  const memory = await session.engine.memory(running.machines.all.map((machine) => machine.container));
  const megabytes = [...memory.values()].reduce((sum, each) => sum + each, 0) / 1e6;
  const picture = withLimits ? [await followed(session, lab)] : [];
  await session.client.call("labs.down", { lab, forget: true });
  const limit = (seconds: number): number | undefined => (withLimits ? seconds : undefined);
  return [
    { name: `${lab}: until the cluster is ready and wired`, value: cluster === undefined ? undefined : (cluster - began) / 1000, unit: "s", limit: limit(readyLimitSeconds), note: "from the call; once" },
    { name: `${lab}: until Istio and the applications are ready`, value: cluster === undefined ? undefined : (ended - cluster) / 1000, unit: "s", limit: limit(meshLimitSeconds), note: "from then on" },
    { name: `${lab}: resident`, value: megabytes, unit: "MB", limit: memoryLimitMegabytes, note: "anonymous memory of all containers" },
    ...picture,
  ];
}

/** From the start of a command that wants one pod more until the window is told of that pod. */
async function followed(session: BenchSession, lab: string): Promise<Measurement> {
  const running = await session.host.labs.lab(lab);
  const { clusters } = await session.client.call("clusters.watch", { lab, on: true });
  const before = clusters[0]?.deployments.find(({ name }) => name === scaled)?.total ?? 0;
  const began = performance.now();
  const seen = new Promise<number>((resolve) => {
    const stop = session.client.on("cluster.changed", ({ cluster }) => {
      if ((cluster.deployments.find(({ name }) => name === scaled)?.total ?? 0) <= before) return;
      stop();
      resolve(performance.now() - began);
    });
  });
  const result = await running.exec("laptop", ["kubectl", "scale", `deployment/${scaled}`, `--replicas=${before + 1}`], { user: "ops", environment: { HOME: "/home/ops" } });
  if (result.exitCode !== 0) throw new Error(`kubectl scale: ${result.stdout}${result.stderr}`);
  const milliseconds = await seen;
  await session.client.call("clusters.watch", { lab, on: false });
  return { name: `${lab}: one pod more, until the window is told`, value: milliseconds, unit: "ms", limit: pictureLimitMilliseconds, note: "kubectl's own start in it" };
}

import { readFile } from "node:fs/promises";
import { kindRunner } from "../cluster/runKind.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { privateDaemonPaths, renewPrivateDaemon } from "../engine/localDaemon.ts";
import { imageReference, isPodImage, podImageReference } from "../images/catalogue.ts";
import { presentImage } from "../images/presentImage.ts";
import { ensureHostTool } from "../images/hostTools.ts";
import { podImageArchive } from "../images/podImages.ts";
import type { ClusterSupport } from "./clusterSupport.ts";

/** Image of the catalogue that the nodes of clusters are made of. */
const nodeImage = "kubernetes-node";

/** What this installation and its engine have for clusters. `onLine` hears what takes long. */
export function makeClusterSupport(engine: ContainerEngine, onLine: (line: string) => void): ClusterSupport {
  return {
    runKind: async (order, onKindLine, signal) => {
      const { endpoint, certificates } = await engine.info();
      const kind = await ensureHostTool("kind", onLine, signal);
      await kindRunner(kind, { address: endpoint, ...(certificates === undefined ? {} : { certificates }) })(order, onKindLine, signal);
    },
    nodeImage: async () => {
      const reference = (await presentImage(engine, nodeImage)) ?? imageReference(nodeImage);
      // One that we built is named after its sources, and kind's own plugin is not to be had for it.
      return { reference, hasNetworkPlugin: reference !== imageReference(nodeImage) };
    },
    podImages: (names) => podImageArchive(engine, names.filter(isPodImage)),
    nameInNodes: (name) => (isPodImage(name) ? podImageReference(name) : name),
    memory: async () => {
      const { memoryBytes, endpoint, isDesktop } = await engine.info();
      return { total: memoryBytes, available: process.platform === "linux" && endpoint.startsWith("unix://") && !isDesktop ? await availableMemory() : undefined };
    },
    prepareEngine: async () => {
      const paths = privateDaemonPaths();
      const { endpoint } = await engine.info();
      if (endpoint === `unix://${paths.socket}`) await renewPrivateDaemon(paths, onLine);
    },
  };
}

/** Bytes that programs can still have on this computer, without any being taken from others. */
async function availableMemory(): Promise<number | undefined> {
  const text = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

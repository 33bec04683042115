import { mkdtemp, rm } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { scopeLabels } from "../engine/labels.ts";
import { imageReference, labImageNames } from "../images/catalogue.ts";
import { presentImage } from "../images/presentImage.ts";
import type { LoadedLab } from "../services/labRuntime.ts";
import { makeClusterSupport } from "../services/makeClusterSupport.ts";
import { RunningLab } from "../services/runningLab.ts";

/** A place of its own for one test file: scope, folder and engine, all removed at the end. */
export interface Harness {
  readonly engine: ContainerEngine;
  readonly scope: string;
  readonly labsFolder: string;
  lab(loaded: LoadedLab, live?: boolean): RunningLab;
  dispose(): Promise<void>;
}

/** Needs the real engine and the images: throws where they are missing, so that no test passes without them. */
export async function createHarness(): Promise<Harness> {
  const engine = await connectEngine();
  const requireImages = async (names: readonly string[]): Promise<void> => {
    for (const image of names) if ((await presentImage(engine, image)) === undefined) throw new Error(`the image ${image} is missing: run the set-up first`);
  };
  await requireImages(["instance"]);
  const scope = `t${randomBytes(3).toString("hex")}`;
  const labsFolder = await mkdtemp(join(tmpdir(), "rempart-test-"));
  const opened: RunningLab[] = [];
  return {
    engine,
    scope,
    labsFolder,
    lab(loaded, live = false) {
      const running = new RunningLab(loaded, {
        engine,
        scope,
        labsFolder,
        imageReference,
        knownImages: labImageNames,
        ensureImages: requireImages,
        hasTunnelDevice: async () => true,
        live,
        clusters: makeClusterSupport(engine, () => undefined),
        onStatus: () => undefined,
        onTopology: () => undefined,
        onProgress: () => undefined,
      });
      opened.push(running);
      return running;
    },
    async dispose() {
      for (const running of opened) running.dispose();
      for (const container of await engine.listContainers(scopeLabels(scope))) await engine.removeContainer(container.id);
      for (const network of await engine.listNetworks(scopeLabels(scope))) await engine.removeNetwork(network.name);
      await rm(labsFolder, { recursive: true, force: true });
    },
  };
}

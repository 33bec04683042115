import type { Handlers, LabSummary } from "../contract/contract.ts";
import type { Cloud } from "../model/cloud.ts";
import type { GradingService } from "./gradingService.ts";
import { readNetwork } from "./labFaults.ts";
import type { LabRegistry } from "./labRegistry.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { LabService } from "./labService.ts";
import { resolveCloud } from "../model/resolve.ts";
import type { RunningLab } from "./runningLab.ts";
import { cancelled } from "./runningLabParts.ts";
import { Workspace } from "./workspace.ts";

type Served = "labs.list" | "labs.get" | "labs.add" | "labs.up" | "labs.down" | "labs.status" | "labs.reset";

/** What the handlers of labs and of their networks share. */
export interface LabHandlerParts {
  readonly registry: LabRegistry;
  readonly labs: LabService;
  readonly grading: GradingService;
  readonly labsFolder: string;
  readonly knownImages: readonly string[];
  /** Makes sure that engine and images are there, with progress; before an `up`. */
  readonly prepareMachine: (signal: AbortSignal) => Promise<void>;
  readonly onNetworkChanged: (lab: string, revision: string) => void;
  readonly closeTerminals: (lab: string) => void;
  readonly forgetLayout: (lab: string) => Promise<void>;
  /** The student's files of the lab are about to go, and the log of the attempt with them. */
  readonly forgetAttempt: (lab: string) => Promise<void>;
  /** Starts a machine that was switched off on purpose. */
  readonly startAgain: (lab: RunningLab, node: string) => Promise<Record<string, never>>;
  /** Somebody says how bad the cable of a machine is to be: what was broken of it on purpose is in force no more. */
  readonly cableSet: (lab: RunningLab, node: string) => Promise<void>;
}

/** Library and life of labs. Reading works without an engine. */
export function labHandlers(parts: LabHandlerParts): Pick<Handlers, Served> {
  const { registry, labs, grading } = parts;
  return {
    "labs.list": async () => ({ labs: await Promise.all((await registry.list()).map((loaded) => summaryOf(parts, loaded))) }),
    "labs.get": async ({ lab }) => {
      const loaded = await registry.get(lab);
      const [summary, steps] = await Promise.all([summaryOf(parts, loaded), grading.describeSteps(loaded)]);
      return { ...summary, ...steps, scenes: loaded.lab.scenes, ours: loaded.ours };
    },
    "labs.add": async ({ folder }) => {
      const loaded = await registry.add(folder);
      labs.forgetStopped(loaded.lab.id);
      return summaryOf(parts, loaded);
    },
    "labs.up": async ({ lab }) => {
      await registry.get(lab);
      const { signal } = labs.beginUp(lab);
      await parts.prepareMachine(signal);
      if (signal.aborted) throw cancelled(lab);
      const running = await labs.lab(lab);
      await running.up();
      grading.labChanged(lab);
      // Without the memory: an older engine takes a second for each reading, and the machines run already.
      return labs.statusOf(running);
    },
    "labs.down": async ({ lab, forget }) => {
      const running = await labs.lab(lab);
      parts.closeTerminals(lab);
      grading.stopWatching(lab);
      if (forget) await parts.forgetAttempt(lab);
      await running.down(forget);
      // Observations of a lab that is gone say nothing of the next one.
      if (forget) await Promise.all([grading.forget(lab), parts.forgetLayout(lab)]);
      // The student's variant went with their files.
      if (forget) labs.forgetStopped(lab);
      return {};
    },
    "labs.status": async ({ lab }) => {
      await registry.get(lab);
      return labs.status(lab);
    },
    "labs.reset": async ({ lab }) => {
      const loaded = await registry.get(lab);
      const workspace = new Workspace(parts.labsFolder, lab);
      await workspace.prepare(loaded);
      const revision = await workspace.writeNetwork(loaded.startNetwork);
      parts.onNetworkChanged(lab, revision);
      return { text: loaded.startNetwork, revision, faults: readNetwork(loaded.lab, loaded.startNetwork, parts.knownImages).faults };
    },
  };
}

async function summaryOf(parts: LabHandlerParts, loaded: LoadedLab): Promise<LabSummary> {
  const { lab } = loaded;
  const [checks, { exportedAt }] = await Promise.all([parts.grading.latest(loaded), parts.grading.progress(loaded)]);
  return {
    id: lab.id,
    title: lab.title,
    summary: lab.summary,
    group: lab.group,
    minutes: lab.minutes,
    memoryMegabytes: lab.memory_mb,
    buildsOn: lab.builds_on,
    phase: parts.labs.opened(lab.id)?.phase ?? "stopped",
    passedChecks: checks.filter((check) => check.state === "passed").length,
    totalChecks: lab.checks.length,
    nodeCount: (await pictureOf(parts, loaded)).nodes.length,
    ...(exportedAt === undefined ? {} : { exportedAt }),
  };
}

/** The cloud to draw: the one that runs, else the one that the student's file describes, else the lab's start state. */
export async function pictureOf(parts: LabHandlerParts, loaded: LoadedLab): Promise<Cloud> {
  const applied = parts.labs.opened(loaded.lab.id)?.shown;
  if (applied) return applied;
  const own = await new Workspace(parts.labsFolder, loaded.lab.id).read("network.yml");
  for (const text of [own, loaded.startNetwork, "{}"]) {
    if (text === undefined) continue;
    const { network, faults } = readNetwork(loaded.lab, text, parts.knownImages);
    if (network && faults.length === 0) return resolveCloud(loaded.lab, network);
  }
  throw new Error(`lab ${loaded.lab.id} has no network that can be drawn`);
}

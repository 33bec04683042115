import type { LabPhase, LabStatus, NodeStatus } from "../contract/contract.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { linkId } from "../fabric/names.ts";
import type { CloudNode } from "../model/cloud.ts";
import { hasDns } from "./dnsWorld.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { Machine } from "./machines.ts";
import type { RunningLab } from "./runningLab.ts";

/** Memory is asked for at most so often: it costs the engine a reading per machine. */
const memoryMaximumAgeMilliseconds = 5_000;
/** How long an answer waits for fresh memory: a current engine reads it in a few milliseconds, an older one takes a second for each machine. */
const memoryPatienceMilliseconds = 300;

export interface LabStatusesOptions {
  readonly engine: () => Promise<ContainerEngine>;
  /** True in a process that stays, and can tell later what the engine is slow to say. */
  readonly live: boolean;
  readonly checks: (loaded: LoadedLab) => Promise<LabStatus["checks"]>;
}

/** How labs are: their machines, what these hold, and what else a window shows beside them. */
export class LabStatuses {
  readonly #options: LabStatusesOptions;
  readonly #onMemory: (running: RunningLab) => void;
  readonly #memory = new Map<string, { at: number; bytes: ReadonlyMap<string, number> }>();

  /** `onMemory`: what the machines of a lab hold was asked for anew. */
  constructor(options: LabStatusesOptions, onMemory: (running: RunningLab) => void) {
    this.#options = options;
    this.#onMemory = onMemory;
  }

  async fresh(running: RunningLab): Promise<LabStatus> {
    const refreshed = this.#refreshMemory(running).catch(() => undefined);
    // A window is told later what the machines hold, where the engine is slow to say so. Nobody tells a single command later.
    if (this.#options.live) await Promise.race([refreshed, new Promise((resolve) => setTimeout(resolve, memoryPatienceMilliseconds).unref())]);
    else await Promise.all([refreshed, running.look().catch(() => undefined)]);
    return this.known(running);
  }

  /** The status as known now; asks nobody. */
  async known(running: RunningLab): Promise<LabStatus> {
    const memory = this.#memory.get(running.id)?.bytes;
    const cloud = running.applied;
    const disconnected = running.disconnected;
    const nodes = (cloud?.nodes ?? []).map((node): NodeStatus => {
      const machine = running.machines.get(node.name);
      const bytes = machine && memory?.get(machine.container);
      return {
        name: node.name,
        state: nodeState(running.phase, machine, disconnected.has(node.name)),
        restarts: running.restarts.get(node.name) ?? 0,
        ...(machine ? { since: machine.startedAt } : {}),
        ...(bytes === undefined ? {} : { memoryBytes: bytes }),
        ...impairmentOf(running, node),
      };
    });
    return {
      lab: running.id,
      phase: running.phase,
      nodes,
      memoryBytes: [...(memory?.values() ?? [])].reduce((sum, bytes) => sum + bytes, 0),
      findings: [...running.findings],
      checks: await this.#options.checks(running.loaded),
      outputs: Object.fromEntries(Object.entries(cloud?.outputs ?? {}).map(([name, value]) => [name, running.interpolate(value)])),
      folder: running.workspace.folder,
      hasDns: hasDns(running.loaded.lab, cloud),
    };
  }

  async #refreshMemory(running: RunningLab): Promise<void> {
    const known = this.#memory.get(running.id);
    if (known && Date.now() - known.at < memoryMaximumAgeMilliseconds) return;
    const engine = await this.#options.engine();
    this.#memory.set(running.id, { at: Date.now(), bytes: known?.bytes ?? new Map() });
    this.#memory.set(running.id, { at: Date.now(), bytes: await engine.memory(running.machines.all.filter((machine) => machine.running).map((machine) => machine.container)) });
    this.#onMemory(running);
  }
}

/** A machine without its cables is on its way while the lab is being changed, and in trouble else. */
function nodeState(phase: LabPhase, machine: Machine | undefined, isDisconnected: boolean): NodeStatus["state"] {
  const isChanging = phase === "starting" || phase === "applying";
  if (machine === undefined) return phase === "starting" ? "starting" : "absent";
  if (!machine.running) return "stopped";
  return !isDisconnected || phase === "stopping" ? "running" : isChanging ? "starting" : "disconnected";
}

function impairmentOf(running: RunningLab, node: CloudNode): Pick<NodeStatus, "impairment"> {
  if (running.breakages.isHidden && running.breakages.all.some(({ fault, target: [name] }) => fault === "impair" && name === node.name)) return {};
  const impairment = running.impairments.get(linkId(node.name, node.interfaces[0]?.name ?? ""));
  return impairment ? { impairment: { lossPercent: impairment.lossPercent, delayMilliseconds: impairment.delayMilliseconds } } : {};
}

import type { EventData, EventName, LabPhase, LabStatus, NodeStatus } from "../contract/contract.ts";
import type { ContainerEngine, ContainerEvent } from "../engine/containerEngine.ts";
import { labelKeys, scopeLabels } from "../engine/labels.ts";
import { linkId } from "../fabric/names.ts";
import type { CloudNode } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import type { ClusterSupport } from "./clusterSupport.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { Machine } from "./machines.ts";
import type { RempartPaths } from "./paths.ts";
import { hasDns } from "./dnsWorld.ts";
import { RunningLab } from "./runningLab.ts";
import { progressTeller } from "./runningLabParts.ts";

/** Where labs come from; see `labRegistry.ts`. */
export interface LabSource {
  list(): Promise<readonly LoadedLab[]>;
  /** Throws `input.unknown-lab`. */
  get(id: string): Promise<LoadedLab>;
  /** Takes up a lab's folder that is not ours. */
  add(folder: string): Promise<LoadedLab>;
}

export interface LabServiceOptions {
  readonly paths: RempartPaths;
  readonly labs: LabSource;
  /** Connects to the container engine; throws `machine.…` while there is none. */
  readonly engine: () => Promise<ContainerEngine>;
  readonly imageReference: (image: string) => string;
  readonly knownImages: readonly string[];
  /** Makes the images that are missing, by their names in the catalogue. */
  readonly ensureImages: (engine: ContainerEngine, names: readonly string[], onLine: (line: string) => void, signal?: AbortSignal) => Promise<void>;
  readonly hasTunnelDevice: () => Promise<boolean>;
  /** What clusters need, at an engine; undefined where no clusters can be made. `onLine` hears what takes long. */
  readonly clusters?: (engine: ContainerEngine, onLine: (line: string) => void) => ClusterSupport;
  /** True in a process that stays: it watches and repairs. */
  readonly live: boolean;
  /** Tells every window. */
  readonly emit: <Name extends EventName>(event: Name, data: EventData<Name>) => void;
  /** A machine of a lab came or went: what was judged before may no longer hold. */
  readonly onMachineEvent: (lab: string) => void;
  /** What belongs into the log of a student's attempt. */
  readonly record?: (lab: string, event: ToldEvent) => void;
  /** What the window shows beside the machines. */
  readonly checks: (loaded: LoadedLab) => Promise<LabStatus["checks"]>;
}

/** Memory is asked for at most so often: it costs the engine a reading per machine. */
const memoryMaximumAgeMilliseconds = 5_000;
/** How long an answer waits for fresh memory: a current engine reads it in a few milliseconds, an older one takes a second for each machine. */
const memoryPatienceMilliseconds = 300;
const reconnectMilliseconds = 1_000;
const statusBurstMilliseconds = 30;

/** All labs of this installation: makes, finds and watches them. */
export class LabService {
  readonly #options: LabServiceOptions;
  readonly #labs = new Map<string, Promise<RunningLab>>();
  readonly #ready = new Map<string, RunningLab>();
  readonly #memory = new Map<string, { at: number; bytes: ReadonlyMap<string, number> }>();
  readonly #pendingStatus = new Set<string>();
  readonly #abort = new AbortController();
  readonly #starting = new Map<string, AbortController>();
  #following = false;

  constructor(options: LabServiceOptions) {
    this.#options = options;
  }

  /** Reads a lab's folder again, for a lab that does not run. */
  forgetStopped(id: string): void {
    if (this.#ready.get(id)?.phase !== "stopped") return;
    this.#ready.delete(id);
    this.#labs.delete(id);
  }

  /** One lab, found again if it runs already. Throws `input.unknown-lab` and what the engine throws. */
  async lab(id: string): Promise<RunningLab> {
    const known = this.#labs.get(id);
    if (known) return known;
    const opened = this.#open(id);
    this.#labs.set(id, opened);
    opened.then((lab) => this.#ready.set(id, lab), () => this.#labs.delete(id));
    return opened;
  }

  /** The lab if it was opened before; asks nobody. */
  opened(id: string): RunningLab | undefined {
    return this.#ready.get(id);
  }

  /** Finds every lab of ours that runs, by its labels. A machine without an engine has none. */
  async discover(): Promise<void> {
    const engine = await this.#options.engine();
    const containers = await engine.listContainers(scopeLabels(this.#options.paths.scope));
    const folders = new Map(containers.map((container) => [container.labels[labelKeys.lab] ?? "", container.labels[labelKeys.folder] ?? ""]));
    await Promise.all([...folders].map(([id, folder]) => this.#rediscover(id, folder)));
  }

  async status(id: string): Promise<LabStatus> {
    const running = await this.lab(id);
    const refreshed = this.#refreshMemory(running).catch(() => undefined);
    // A window is told later what the machines hold, where the engine is slow to say so. Nobody tells a single command later.
    if (this.#options.live) await Promise.race([refreshed, new Promise((resolve) => setTimeout(resolve, memoryPatienceMilliseconds).unref())]);
    else await Promise.all([refreshed, running.look().catch(() => undefined)]);
    return this.statusOf(running);
  }

  /** The status as known now; asks nobody. */
  async statusOf(running: RunningLab): Promise<LabStatus> {
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

  /** Begins an `up`, engine and images included; the signal aborts when somebody cancels it. */
  beginUp(id: string): AbortController {
    const abort = new AbortController();
    this.#starting.set(id, abort);
    return abort;
  }

  /** Cancels an `up` that is under way; what was made stays, for the next `up` or `down`. */
  cancelUp(id: string): void {
    this.#starting.get(id)?.abort();
    this.#ready.get(id)?.cancel();
  }

  /** Stops watching; labs go on running. */
  dispose(): void {
    this.#abort.abort();
    for (const lab of this.#ready.values()) lab.dispose();
  }

  async #open(id: string): Promise<RunningLab> {
    const loaded = await this.#options.labs.get(id);
    const engine = await this.#options.engine();
    const { paths, imageReference, knownImages, ensureImages, hasTunnelDevice, emit, live, clusters, record } = this.#options;
    const tellTool = progressTeller(`up:${id}`, (progress) => emit("progress", progress));
    const running: RunningLab = new RunningLab(loaded, {
      engine,
      scope: paths.scope,
      labsFolder: paths.labs,
      imageReference,
      knownImages,
      ensureImages: (names, onLine, signal) => ensureImages(engine, names, onLine, signal),
      hasTunnelDevice,
      live,
      ...(clusters ? { clusters: clusters(engine, (line) => tellTool("images", 0, 0, "running", line)) } : {}),
      onStatus: () => this.#announce(running),
      onTopology: () => emit("lab.topology", { lab: id }),
      onProgress: (progress) => emit("progress", progress),
      ...(record ? { record: (event: ToldEvent) => record(id, event) } : {}),
    });
    await running.resume();
    if (live) {
      this.#follow(engine);
      this.#complete(running);
    }
    return running;
  }

  /** Several changes within a moment are one event. */
  #announce(running: RunningLab): void {
    if (this.#pendingStatus.has(running.id)) return;
    this.#pendingStatus.add(running.id);
    setTimeout(() => {
      this.#pendingStatus.delete(running.id);
      void this.statusOf(running).then((status) => {
        if (!this.#abort.signal.aborted) this.#options.emit("lab.status", status);
      }, () => undefined);
    }, statusBurstMilliseconds);
  }

  /** Follows the engine's events; connects again when the engine was away, and then looks at everything. */
  #follow(engine: ContainerEngine): void {
    if (this.#following) return;
    this.#following = true;
    const onEvent = (event: ContainerEvent): void => {
      const lab = this.#ready.get(event.labels[labelKeys.lab] ?? "");
      if (!lab) return;
      lab.containerEvent(event);
      if (event.action === "start" || event.action === "die") this.#options.onMachineEvent(lab.id);
    };
    void (async () => {
      while (!this.#abort.signal.aborted) {
        await engine.events(scopeLabels(this.#options.paths.scope), onEvent, this.#abort.signal).catch(() => undefined);
        if (this.#abort.signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, reconnectMilliseconds));
        for (const lab of this.#ready.values()) {
          if (lab.phase === "stopped") continue;
          await lab.resume().then(() => this.#complete(lab), () => undefined);
        }
      }
    })();
  }

  /** What died while nobody watched is started again. A failure shows in the lab's findings. */
  #complete(lab: RunningLab): void {
    if (lab.isDamaged) void lab.up().catch(() => this.#announce(lab));
  }

  async #refreshMemory(running: RunningLab): Promise<void> {
    const known = this.#memory.get(running.id);
    if (known && Date.now() - known.at < memoryMaximumAgeMilliseconds) return;
    const engine = await this.#options.engine();
    this.#memory.set(running.id, { at: Date.now(), bytes: known?.bytes ?? new Map() });
    this.#memory.set(running.id, { at: Date.now(), bytes: await engine.memory(running.machines.all.filter((machine) => machine.running).map((machine) => machine.container)) });
    this.#announce(running);
  }

  /** A lab whose folder has gone or is faulty cannot be opened; its containers stay until it can. */
  async #rediscover(id: string, folder: string): Promise<void> {
    const known = await this.#options.labs.get(id).catch(() => undefined);
    if (!known) await this.#options.labs.add(folder).catch(() => undefined);
    await this.lab(id).catch((error: unknown) => {
      if (!(error instanceof RempartError) || error.kind !== "input") throw error;
    });
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

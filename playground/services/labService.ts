import type { EventData, EventName, LabStatus } from "../contract/contract.ts";
import type { ContainerEngine, ContainerEvent } from "../engine/containerEngine.ts";
import { labelKeys, scopeLabels } from "../engine/labels.ts";
import { RempartError } from "../model/errors.ts";
import type { ClusterSupport } from "./clusterSupport.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { LabStatuses } from "./labStatuses.ts";
import type { RempartPaths } from "./paths.ts";
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

const reconnectMilliseconds = 1_000;
const statusBurstMilliseconds = 30;

/** All labs of this installation: makes, finds and watches them. */
export class LabService {
  readonly #options: LabServiceOptions;
  readonly #labs = new Map<string, Promise<RunningLab>>();
  readonly #ready = new Map<string, RunningLab>();
  readonly #statuses: LabStatuses;
  readonly #pendingStatus = new Set<string>();
  readonly #abort = new AbortController();
  readonly #starting = new Map<string, AbortController>();
  #following = false;

  constructor(options: LabServiceOptions) {
    this.#options = options;
    this.#statuses = new LabStatuses(options, (running) => this.#announce(running));
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
    return this.#statuses.fresh(await this.lab(id));
  }

  /** The status as known now; asks nobody. */
  statusOf(running: RunningLab): Promise<LabStatus> {
    return this.#statuses.known(running);
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
        // Nobody takes up again what was disposed of while it waited.
        if (this.#abort.signal.aborted) return;
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

  /** A lab whose folder has gone or is faulty cannot be opened; its containers stay until it can. */
  async #rediscover(id: string, folder: string): Promise<void> {
    const known = await this.#options.labs.get(id).catch(() => undefined);
    if (!known) await this.#options.labs.add(folder).catch(() => undefined);
    await this.lab(id).catch((error: unknown) => {
      if (!(error instanceof RempartError) || error.kind !== "input") throw error;
    });
  }
}

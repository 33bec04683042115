import type { ContainerEvent, ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import type { Impairment } from "../fabric/impair.ts";
import type { LabWiring } from "../fabric/wiring.ts";
import type { LabPhase, Progress } from "../contract/contract.ts";
import type { Cloud } from "../model/cloud.ts";
import { interpolate } from "../model/interpolate.ts";
import type { Plan } from "../model/plan.ts";
import { planNetwork } from "../model/planDiff.ts";
import { resolveCloud } from "../model/resolve.ts";
import { containerSpecs, fabricNode, fabricSpec, type SpecContext } from "./containerSpecs.ts";
import { faultsError, readNetwork } from "./labFaults.ts";
import type { LabRuntime, LoadedLab } from "./labRuntime.ts";
import { LabWires } from "./labWires.ts";
import { cancelled, notRunning, progressLabels, type RunningLabOptions } from "./runningLabParts.ts";
import { publicKeysOf } from "./keyPairs.ts";
import { Machines } from "./machines.ts";
import { observeRoute } from "./observedRoutes.ts";
import { SerialQueue } from "./parallel.ts";
import { LiveRepair } from "./liveRepair.ts";
import { writeSshConfig } from "./sshConfig.ts";
import { Workspace } from "./workspace.ts";

const appliedFile = ".applied.yml";

/**
 * One lab, from its folder to its machines and wiring. Changes run one after the other; whatever was interrupted is completed
 * by the next `up` and removed by the next `down`.
 */
export class RunningLab implements LabRuntime {
  readonly loaded: LoadedLab;
  readonly workspace: Workspace;
  readonly machines: Machines;
  readonly #options: RunningLabOptions;
  readonly #queue = new SerialQueue();
  readonly #wires: LabWires;
  readonly #repair: LiveRepair;
  #phase: LabPhase = "stopped";
  #cloud: Cloud | undefined;
  /** What progress is told of. */
  #work: "up" | "apply" = "up";
  #abort = new AbortController();

  constructor(loaded: LoadedLab, options: RunningLabOptions) {
    this.loaded = loaded;
    this.#options = options;
    this.workspace = new Workspace(options.labsFolder, loaded.lab.id);
    this.machines = new Machines(options.engine, options.scope, loaded.lab.id);
    this.#wires = new LabWires(options.engine, this.machines, options.live);
    this.#repair = new LiveRepair(this, options.engine, options.onStatus);
  }

  get id(): string {
    return this.loaded.lab.id;
  }
  get phase(): LabPhase {
    return this.#phase;
  }
  get findings(): readonly string[] {
    return this.#repair.findings;
  }
  /** Links that lose or delay packets on purpose, by their id. */
  get impairments(): LabWiring["impairments"] {
    return this.#wires.wiring?.impairments ?? new Map();
  }
  get restarts(): ReadonlyMap<string, number> {
    return this.#repair.restarts;
  }
  /** The applied cloud, or undefined while the lab does not run. */
  get applied(): Cloud | undefined {
    return this.#cloud;
  }
  /** Throws `lab.not-running`. */
  get wiring(): LabWiring {
    const { wiring } = this.#wires;
    if (!wiring) throw notRunning(this.id);
    return wiring;
  }

  cloud(): Cloud {
    if (!this.#cloud) throw notRunning(this.id);
    return this.#cloud;
  }

  interpolate(text: string): string {
    return interpolate(text, this.cloud());
  }

  exec(node: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.#options.engine.exec(this.machines.containerOf(node), command, options);
  }

  observeRoute(node: string, destination: string): ReturnType<LabRuntime["observeRoute"]> {
    return observeRoute(this.cloud(), this.wiring, node, destination);
  }

  async applyNetwork(text: string): Promise<void> {
    await this.workspace.writeNetwork(text);
    await this.apply();
  }

  /** Finds out whether the lab runs already (another process may have started it) and goes on from there. */
  async resume(): Promise<void> {
    await this.#queue.run(async () => {
      await this.machines.discover();
      const text = await this.workspace.read(appliedFile);
      if (this.machines.all.length === 0 || text === undefined) return;
      const fabric = this.machines.get(fabricNode);
      this.#cloud = this.#resolve(text);
      const whole = fabric?.running === true && this.machines.nodes.length === this.#cloud.nodes.length;
      if (!whole) return this.#setPhase("broken");
      await this.#wires.connect(this.#cloud);
      this.#setPhase("running");
    });
    await this.#watch();
  }

  /** True when something of a lab that should run does not. */
  get isDamaged(): boolean {
    return this.#phase === "broken" || (this.#phase === "running" && this.machines.all.some((machine) => !machine.running));
  }

  /** Starts the lab, or completes what an interrupted start left. Throws `input.invalid-network`, `lab.busy` and what the engine throws. */
  async up(): Promise<void> {
    this.#abort = new AbortController();
    await this.#change("starting", "up", async () => {
      await this.workspace.prepare(this.loaded);
      // A lab that runs keeps what was applied; what was only written since then waits for its own apply.
      const running = this.#phase === "running" || this.#phase === "broken" ? await this.workspace.read(appliedFile) : undefined;
      const text = running ?? (await this.workspace.readNetwork()).text;
      await this.#converge(text, this.#abort.signal);
    });
  }

  /** Removes everything of the lab but the student's files, which go too with `forget`. */
  async down(forget: boolean): Promise<void> {
    this.#abort.abort();
    await this.#queue.run(async () => {
      const unlock = await this.#lock("down");
      try {
        this.#setPhase("stopping");
        this.#repair.stop();
        this.#wires.close();
        await this.machines.removeAll();
        await this.workspace.remove(appliedFile);
        this.#cloud = undefined;
      } finally {
        await unlock();
      }
      if (forget) await this.workspace.forget();
      this.#setPhase("stopped");
    });
    this.#options.onTopology();
  }

  /** Stops an `up` that is under way; what was made stays, to be completed or removed. */
  cancel(): void {
    this.#abort.abort();
  }

  /** What an apply would do. Throws `input.invalid-network`. */
  async plan(): Promise<Plan> {
    const { text } = await this.workspace.readNetwork();
    return planNetwork(this.loaded.lab, this.#cloud, this.#resolve(text));
  }

  /** Brings the running lab to `network.yml`; only what differs is touched. Throws `lab.not-running`, `input.invalid-network`, `lab.busy`. */
  async apply(): Promise<Plan> {
    const before = this.cloud();
    const { text } = await this.workspace.readNetwork();
    const plan = planNetwork(this.loaded.lab, before, this.#resolve(text));
    await this.#change("applying", "apply", () => this.#converge(text));
    return plan;
  }

  /** Wires what has lost its wires: machines that started, and whatever differs in the namespaces where something changed. */
  async repairWiring(changed: ReadonlySet<string> = new Set()): Promise<boolean> {
    return this.#queue.run(async () => {
      if (!this.#cloud || this.#phase !== "running") return false;
      return this.#wires.repair(this.#cloud, changed);
    });
  }

  /** Impairs a link, named by its id, until told otherwise or until it or the lab goes. Throws `lab.not-running`, `machine.no-netem`. */
  async impair(link: string, wanted: Impairment): ReturnType<LabWiring["impair"]> {
    return this.#queue.run(async () => {
      const how = await this.wiring.impair(link, wanted);
      this.#options.onStatus();
      return how;
    });
  }

  dispose(): void {
    this.#repair.stop();
    this.#wires.close();
  }

  /** Takes note of an event of one of the lab's containers; those of containers that are none of it any more are old news. */
  containerEvent({ action, id, labels }: Pick<ContainerEvent, "action" | "id" | "labels">): void {
    const machine = this.machines.get(labels[labelKeys.node] ?? "");
    if (machine?.container !== id) return;
    if (action === "die") {
      machine.running = false;
      machine.pid = 0;
      if (machine.node === fabricNode) this.#wires.lose();
      this.#options.onStatus();
    }
    this.#repair.containerEvent(action, machine.node);
  }

  /** After a process that died, the engine may still be making its last containers: waits until it has done with them. */
  async #lock(what: string): Promise<() => Promise<void>> {
    let interrupted = false;
    const unlock = await this.workspace.lock(what, () => (interrupted = true));
    if (interrupted) await this.machines.settle();
    return unlock;
  }

  async #change(phase: LabPhase, what: "up" | "apply", work: () => Promise<void>): Promise<void> {
    try {
      await this.#queue.run(() => this.#locked(phase, what, work));
    } finally {
      await this.#watch();
    }
    this.#options.onTopology();
  }

  async #locked(phase: LabPhase, what: "up" | "apply", work: () => Promise<void>): Promise<void> {
    const unlock = await this.#lock(what);
    const before = this.#phase;
    this.#work = what;
    try {
      this.#setPhase(phase);
      await work();
      this.#setPhase("running");
    } catch (error) {
      const wasCancelled = phase === "starting" && this.#abort.signal.aborted;
      this.#progress("failed", 0, 0, wasCancelled ? "cancelled" : "failed");
      this.#setPhase(before === "running" ? "running" : this.machines.all.length > 0 ? "broken" : "stopped");
      throw wasCancelled ? cancelled(this.id) : error;
    } finally {
      await unlock();
    }
  }

  async #watch(): Promise<void> {
    if (this.#options.live && this.#phase === "running") await this.#repair.start();
  }

  #resolve(text: string): Cloud {
    const { network, faults } = readNetwork(this.loaded.lab, text, this.#options.knownImages);
    if (!network || faults.length > 0) throw faultsError("network.yml", faults);
    return resolveCloud(this.loaded.lab, network);
  }

  async #converge(text: string, signal?: AbortSignal): Promise<void> {
    const cloud = this.#resolve(text);
    const context = await this.#context(cloud);
    const specs = new Map([[fabricNode, fabricSpec(this.id, context)], ...containerSpecs(cloud, context)]);
    const total = specs.size + 1;
    if (!this.machines.matches(specs)) {
      // Written first: after an interruption `up` must know what was wanted.
      await this.workspace.write(appliedFile, text);
      let started = 0;
      this.#progress("machines", 0, total, "running");
      let wired: Promise<void> | undefined;
      const onStarted = (node: string): void => {
        this.#progress("machines", ++started, total, "running", node);
        // The routers are made while the machines still start.
        if (node === fabricNode && !this.#wires.areCurrent) wired = this.#wires.connect(cloud);
        wired?.catch(() => undefined);
      };
      await this.machines.converge(specs, onStarted, signal);
      await wired;
    }
    this.#progress("network", total - 1, total, "running");
    await this.#wires.connect(cloud);
    this.#cloud = cloud;
    await this.workspace.write(appliedFile, text);
    await writeSshConfig(this);
    this.#progress("ready", total, total, "done");
  }

  async #context(cloud: Cloud): Promise<SpecContext> {
    return {
      scope: this.#options.scope,
      folder: this.loaded.folder,
      imageReference: this.#options.imageReference,
      publicKeys: await publicKeysOf(cloud, this.workspace),
    };
  }

  #setPhase(phase: LabPhase): void {
    this.#phase = phase;
    this.#options.onStatus();
  }

  #progress(step: keyof typeof progressLabels, done: number, total: number, state: Progress["state"], detail?: string): void {
    this.#options.onProgress({ task: `${this.#work}:${this.id}`, step, label: progressLabels[step], done, total, state, ...(detail === undefined ? {} : { detail }) });
  }
}

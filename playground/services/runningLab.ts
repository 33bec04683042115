import type { ContainerEvent, ExecOptions, ExecResult } from "../engine/containerEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import type { Impairment } from "../fabric/impair.ts";
import type { LabWiring } from "../fabric/wiring.ts";
import type { LabPhase } from "../contract/contract.ts";
import type { Cloud } from "../model/cloud.ts";
import { interpolate } from "../model/interpolate.ts";
import type { Localized } from "../model/lab.ts";
import type { Plan } from "../model/plan.ts";
import { fabricNode } from "./containerSpecs.ts";
import { Convergence } from "./convergence.ts";
import { unfinished, type Mending } from "./findings.ts";
import { KubernetesReader } from "./kubernetesReader.ts";
import { LabBreakages } from "./labBreakages.ts";
import { LabClusters } from "./labClusters.ts";
import { LabLifecycle } from "./labLifecycle.ts";
import { LabRecord } from "./labRecord.ts";
import type { LabRuntime, LoadedLab } from "./labRuntime.ts";
import { LabTurns } from "./labTurns.ts";
import { LabWires } from "./labWires.ts";
import { notRunning, type RunningLabOptions } from "./runningLabParts.ts";
import { Machines } from "./machines.ts";
import { observeRoute } from "./observedRoutes.ts";
import { LiveRepair } from "./liveRepair.ts";
import { ProbeRecord } from "./probeRecord.ts";
import { PictureStore } from "./pictureStore.ts";
import { writeSshConfig } from "./sshConfig.ts";
import { Workspace } from "./workspace.ts";

/**
 * One lab, from its folder to its machines and wiring. Changes run one after the other; whatever was interrupted is completed
 * by the next `up` and removed by the next `down`.
 */
export class RunningLab implements LabRuntime {
  readonly loaded: LoadedLab;
  readonly workspace: Workspace;
  readonly machines: Machines;
  /** What was run in the machines by Rempart itself. */
  readonly probes = new ProbeRecord();
  /** What is broken on purpose. */
  readonly breakages: LabBreakages;
  readonly #options: RunningLabOptions;
  readonly #turns: LabTurns;
  readonly #wires: LabWires;
  readonly #repair: LiveRepair;
  readonly #record: LabRecord;
  readonly #convergence: Convergence;
  readonly #lifecycle: LabLifecycle;
  readonly #clusters: LabClusters;
  readonly #kubernetes: KubernetesReader;

  constructor(loaded: LoadedLab, options: RunningLabOptions) {
    this.loaded = loaded;
    this.#options = options;
    this.workspace = new Workspace(options.labsFolder, loaded.lab.id);
    this.breakages = new LabBreakages(this.workspace);
    this.machines = new Machines(options.engine, options.scope, loaded.lab.id);
    this.#turns = new LabTurns(this.workspace, this.machines, options.onStatus);
    this.#wires = new LabWires(options.engine, this.machines, options.live, options.onStatus);
    this.#repair = new LiveRepair(this, options.engine, options.onStatus);
    this.#record = new LabRecord(this.workspace);
    this.#kubernetes = new KubernetesReader(this.workspace);
    const parts = { loaded, workspace: this.workspace, record: this.#record, machines: this.machines, wires: this.#wires, exec: this.exec.bind(this), options };
    this.#clusters = new LabClusters(parts);
    this.#convergence = new Convergence({ ...parts, clusters: this.#clusters, breakages: this.breakages });
    this.#lifecycle = new LabLifecycle({ ...parts, turns: this.#turns, clusters: this.#clusters, breakages: this.breakages, convergence: this.#convergence, repair: this.#repair, onConverged: () => writeSshConfig(this) });
  }

  get id(): string {
    return this.loaded.lab.id;
  }
  get phase(): LabPhase {
    return this.#turns.phase;
  }
  get findings(): readonly Localized[] {
    return this.#record.isCancelled ? [unfinished(this.id), ...this.#repair.findings] : this.#repair.findings;
  }
  /** Machines that run without all of their cables. */
  get disconnected(): ReadonlySet<string> {
    return this.applied ? this.#wires.disconnected(this.applied) : new Set();
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
    return this.#lifecycle.cloud;
  }
  /** Throws `lab.not-running`. */
  get wiring(): LabWiring {
    const { wiring } = this.#wires;
    if (!wiring) throw notRunning(this.id);
    return wiring;
  }

  cloud(): Cloud {
    if (!this.applied) throw notRunning(this.id);
    return this.applied;
  }

  /** The applied cloud with what is broken on purpose: what really runs. Throws `lab.not-running`. */
  inForce(): Cloud {
    return this.breakages.overlay(this.cloud());
  }

  /** What a window and a prediction know of: the network as applied, and what is broken in it once that is no secret. */
  get shown(): Cloud | undefined {
    return this.applied && !this.breakages.isHidden ? this.breakages.overlay(this.applied) : this.applied;
  }

  /** Runs a change of what is broken on purpose, and brings the lab to it. Throws `lab.not-running`, and what `work`, the engine and the wiring throw. */
  async rebreak(work: (cloud: Cloud) => Promise<void>): Promise<void> {
    await this.#turns.alone(async () => {
      if (!this.applied || this.phase !== "running") throw notRunning(this.id);
      try {
        await work(this.applied);
      } finally {
        await this.#convergence.enforce(this.applied);
      }
    });
    this.tellChanged();
  }

  /** What windows show of the lab is another. */
  tellChanged(): void {
    this.#options.onStatus();
    this.#options.onTopology();
  }

  interpolate(text: string): string {
    return interpolate(text, this.cloud());
  }

  exec(node: string, command: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.probes.during(node, command, options?.stdin, this.#options.engine.exec(this.machines.containerOf(node), command, options));
  }

  observeRoute(node: string, destination: string): ReturnType<LabRuntime["observeRoute"]> {
    return observeRoute({ declared: this.cloud(), inForce: this.inForce() }, this.wiring, node, destination);
  }

  kubernetes(...[cluster, object]: Parameters<LabRuntime["kubernetes"]>): ReturnType<LabRuntime["kubernetes"]> {
    return this.#kubernetes.read(this.cloud(), cluster, object);
  }

  keepPicture(check: string, png: Uint8Array): Promise<void> {
    return new PictureStore(this.workspace.folder).keep(check, png);
  }

  async applyNetwork(text: string): Promise<void> {
    await this.workspace.writeNetwork(text);
    await this.apply();
  }

  /** Finds out whether the lab runs already (another process may have started it) and goes on from there. */
  resume(): Promise<void> {
    return this.#lifecycle.resume();
  }

  /** Starts the lab, or completes what an interrupted start left. Throws `input.invalid-network`, `lab.busy` and what the engine throws. */
  up(): Promise<void> {
    return this.#lifecycle.up();
  }

  /** Removes everything of the lab but the student's files, which go too with `forget`. Throws `lab.busy` and what the engine throws. */
  down(forget: boolean): Promise<void> {
    return this.#lifecycle.down(forget);
  }

  /** Stops an `up` that is under way; what was made stays, to be completed or removed. */
  cancel(): void {
    this.#lifecycle.cancel();
  }

  /** What an apply would do. Throws `input.invalid-network`. */
  plan(): Promise<Plan> {
    return this.#lifecycle.plan();
  }

  /** Brings the running lab to `network.yml`; only what differs is touched. Throws `lab.not-running`, `input.invalid-network`, `lab.busy`. */
  apply(): Promise<Plan> {
    return this.#lifecycle.apply();
  }

  /** True when something of a lab that should run does not; a lab whose start was cancelled need not. */
  get isDamaged(): boolean {
    if (this.#record.isCancelled) return false;
    return this.phase === "broken" || (this.phase === "running" && this.machines.all.some((machine) => !machine.running && !this.machines.isHeld(machine.node)));
  }

  /** Wires what has lost its wires: machines that started, and whatever differs in the namespaces where something changed. */
  async repairWiring(changed: ReadonlySet<string> = new Set()): Promise<Mending> {
    return this.#turns.alone(async () => (this.applied && this.phase === "running" ? this.#wires.repair(this.inForce(), changed) : { anew: false, change: undefined }));
  }

  /** Sets up nodes of clusters that have booted again. */
  async reconnectClusters(): Promise<void> {
    if (this.applied && this.phase === "running") await this.#clusters.reconnect(this.applied);
  }

  /** Looks whether the wiring is as it should be, in a process that does not watch it; {@link disconnected} knows it then. */
  async look(): Promise<void> {
    await this.#turns.alone(async () => (this.applied && this.phase === "running" && !this.#options.live ? this.#wires.look(this.applied) : undefined));
  }

  /** Impairs a link, named by its id, until told otherwise or until it or the lab goes. Throws `lab.not-running`, `machine.no-netem`. */
  async impair(link: string, wanted: Impairment): ReturnType<LabWiring["impair"]> {
    return this.#turns.alone(() => this.wiring.impair(link, wanted).finally(() => this.#options.onStatus()));
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
}

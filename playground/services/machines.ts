import type { ContainerEngine, ContainerSpec, ContainerState, ContainerSummary } from "../engine/containerEngine.ts";
import { labelKeys, labLabels } from "../engine/labels.ts";
import { RempartError } from "../model/errors.ts";
import { digestOf, fabricNode } from "./containerSpecs.ts";
import { forEachInParallel } from "./parallel.ts";

/** Containers made at once: more gains nothing on a laptop's engine. */
const parallelContainers = 8;

/** Longer than the engine takes for one container, even on a busy machine. */
const settleQuietMilliseconds = 1000;
const settleLimitMilliseconds = 20_000;

/** Label of what kind made for a lab. */
const guestPart = "cluster-node";
const bootLimitMilliseconds = 60_000;

/** A machine of the lab as it runs. */
export interface Machine {
  readonly node: string;
  readonly container: string;
  readonly digest: string;
  pid: number;
  startedAt: string;
  running: boolean;
  /** The engine is removing it. */
  readonly leaving: boolean;
  /** A node of a cluster: kind made it. */
  readonly isGuest: boolean;
  /** It runs, and no cable may be put into it yet. */
  booting: boolean;
}

/**
 * The containers of one lab: finds them by their labels, makes those that are wanted, removes those that are not. Knows
 * nothing of the network.
 */
export class Machines {
  readonly #engine: ContainerEngine;
  readonly #scope: string;
  readonly #lab: string;
  readonly #byNode = new Map<string, Machine>();
  #held: ReadonlySet<string> = new Set();

  constructor(engine: ContainerEngine, scope: string, lab: string) {
    this.#engine = engine;
    this.#scope = scope;
    this.#lab = lab;
  }

  get(node: string): Machine | undefined {
    return this.#byNode.get(node);
  }
  get all(): readonly Machine[] {
    return [...this.#byNode.values()];
  }
  get nodes(): readonly Machine[] {
    return this.all.filter((machine) => machine.node !== fabricNode);
  }
  /** Nodes of clusters. */
  get guests(): readonly Machine[] {
    return this.all.filter((machine) => machine.isGuest);
  }
  /** Process ids of the machines that run and can be wired, without the wiring container. */
  get pids(): Map<string, number> {
    return new Map(this.nodes.filter((machine) => machine.running && machine.pid > 0 && !machine.booting).map((machine) => [machine.node, machine.pid]));
  }

  /** Machines that are switched off on purpose: nothing starts them until they are held no more. */
  isHeld(node: string): boolean {
    return this.#held.has(node);
  }

  /** Says which machines are switched off on purpose, and brings those that are there to it. */
  async hold(held: ReadonlySet<string>): Promise<void> {
    const before = this.#held;
    this.#held = held;
    const freed = [...before].filter((node) => !held.has(node));
    await Promise.all([
      ...[...held].map(async (node) => {
        const known = this.#byNode.get(node);
        if (!known?.running) return;
        await this.#engine.stopContainer(known.container);
        await this.refresh(node);
      }),
      ...freed.map(async (node) => {
        if (this.#byNode.get(node)?.running === false) await this.start(node);
      }),
    ]);
  }

  /** Looks up which containers of the lab are there. */
  async discover(): Promise<void> {
    const containers = await this.#engine.listContainers(labLabels(this.#scope, this.#lab));
    this.#byNode.clear();
    await forEachInParallel(containers, parallelContainers, async (summary) => this.#remember(await this.#engine.inspectContainer(summary.id)));
  }

  /** Looks up which nodes of clusters there are. */
  async adopt(): Promise<void> {
    const containers = await this.#engine.listContainers({ ...labLabels(this.#scope, this.#lab), [labelKeys.part]: guestPart });
    for (const guest of this.guests) if (!containers.some(({ id }) => id === guest.container)) this.#byNode.delete(guest.node);
    await forEachInParallel(containers, parallelContainers, async (summary) => this.#remember(await this.#engine.inspectContainer(summary.id)));
  }

  /** Waits until a node of a cluster has booted; whatever it is, no longer than a minute. */
  async awaitBoot(node: string): Promise<void> {
    for (const deadline = Date.now() + bootLimitMilliseconds; Date.now() < deadline; ) {
      const machine = await this.refresh(node);
      if (!machine?.booting) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** True when exactly these containers run: nothing to ask the engine for. */
  matches(specs: ReadonlyMap<string, ContainerSpec>): boolean {
    return specs.size === this.all.length - this.guests.length && [...specs].every(([node, spec]) => (this.#byNode.get(node)?.running === true || this.isHeld(node)) && this.#byNode.get(node)?.digest === digestOf(spec.labels));
  }

  /**
   * Brings the containers to the specifications: removes what is not wanted or has changed, makes what is missing, starts
   * what stands still. `onStarted` is told of each machine once it runs.
   */
  async converge(specs: ReadonlyMap<string, ContainerSpec>, onStarted: (node: string) => void, signal?: AbortSignal): Promise<void> {
    const existing = (await this.#engine.listContainers(labLabels(this.#scope, this.#lab))).filter(({ labels }) => labels[labelKeys.part] !== guestPart);
    const wanted = (summary: ContainerSummary): boolean => {
      const spec = specs.get(summary.labels[labelKeys.node] ?? "");
      return spec !== undefined && spec.name === summary.name.replace(/^\//, "") && digestOf(spec.labels) === digestOf(summary.labels) && summary.state !== "dead" && summary.state !== "removing";
    };
    const kept = existing.filter(wanted);
    await this.remove(existing.filter((summary) => !kept.includes(summary)));
    await forEachInParallel([...specs], parallelContainers, async ([node, spec]) => {
      signal?.throwIfAborted();
      const found = kept.find((summary) => summary.labels[labelKeys.node] === node);
      const id = found?.id ?? (await this.#engine.createContainer(spec));
      // All may be under way at once: who cancels must not wait for the end of the last.
      signal?.throwIfAborted();
      if (found?.state !== "running" && !this.isHeld(node)) await this.#engine.startContainer(id);
      const known = this.#byNode.get(node);
      if (!(known?.container === id && known.running && found?.state === "running")) await this.#remember(await this.#engine.inspectContainer(id));
      onStarted(node);
    });
  }

  /** Asks the engine for one container again. Returns it, or undefined when it is gone. */
  async refresh(node: string): Promise<Machine | undefined> {
    const known = this.#byNode.get(node);
    if (!known) return undefined;
    const state = await this.#engine.inspectContainer(known.container);
    if (state) await this.#remember(state);
    else this.#byNode.delete(node);
    return this.#byNode.get(node);
  }

  async start(node: string): Promise<void> {
    const known = this.#require(node);
    await this.#engine.startContainer(known.container);
    await this.refresh(node);
  }

  /**
   * Waits until the lab's containers have stayed the same for a while. A request whose sender was killed is carried out all
   * the same, and its container appears in no list until it is made.
   */
  async settle(): Promise<void> {
    const look = async (): Promise<string> => (await this.#engine.listContainers(labLabels(this.#scope, this.#lab))).map((summary) => `${summary.id} ${summary.state}`).sort().join();
    const deadline = Date.now() + settleLimitMilliseconds;
    let before = await look();
    let since = Date.now();
    while (Date.now() - since < settleQuietMilliseconds && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await look();
      if (now === before) continue;
      before = now;
      since = Date.now();
    }
  }

  /** Removes the lab's containers, ours by label and nothing else. */
  async removeAll(): Promise<void> {
    await this.remove(await this.#engine.listContainers(labLabels(this.#scope, this.#lab)));
    this.#byNode.clear();
  }

  async remove(containers: readonly ContainerSummary[]): Promise<void> {
    await forEachInParallel(containers, parallelContainers, async (summary) => {
      await this.#engine.removeContainer(summary.id);
      const node = summary.labels[labelKeys.node] ?? "";
      if (this.#byNode.get(node)?.container === summary.id) this.#byNode.delete(node);
    });
  }

  #require(node: string): Machine {
    const machine = this.#byNode.get(node);
    if (!machine) throw new RempartError("lab.node-not-running", `there is no machine '${node}' running in lab ${this.#lab}`, { kind: "input", next: "apply network.yml, or look at 'rempart status'" });
    return machine;
  }

  /** The container of a machine that runs. Throws `lab.node-not-running`. */
  containerOf(node: string): string {
    const machine = this.#require(node);
    if (!machine.running) throw new RempartError("lab.node-not-running", `machine '${node}' of lab ${this.#lab} has stopped`, { kind: "input", next: this.isHeld(node) ? `somebody switched it off: start it again with 'rempart repair ${this.#lab} instances.${node}'` : "it is started again by itself, or by 'rempart up'" });
    return machine.container;
  }

  async #remember(state: ContainerState | undefined): Promise<void> {
    const node = state?.labels[labelKeys.node];
    if (!state || node === undefined) return;
    const isGuest = state.labels[labelKeys.part] === guestPart;
    const known = this.#byNode.get(node);
    const isKnownRun = known?.container === state.id && known.startedAt === state.startedAt && !known.booting;
    const booting = isGuest && state.state === "running" && !isKnownRun && !(await this.#hasBooted(state.id));
    this.#byNode.set(node, {
      node,
      container: state.id,
      digest: digestOf(state.labels) ?? "",
      pid: state.pid,
      startedAt: state.startedAt,
      running: state.state === "running",
      leaving: state.state === "removing" || state.state === "dead",
      isGuest,
      booting,
    });
  }

  /** As long as kind's own script runs, it still looks at the node's routes; systemd comes after it. */
  async #hasBooted(container: string): Promise<boolean> {
    const first = await this.#engine.exec(container, ["cat", "/proc/1/comm"]).catch(() => undefined);
    return first?.stdout.trim() === "systemd";
  }
}

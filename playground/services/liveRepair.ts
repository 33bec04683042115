import type { ContainerEngine, ContainerEvent } from "../engine/containerEngine.ts";
import { FabricWatch } from "../fabric/watch.ts";
import { RempartError } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import { fabricNode } from "./containerSpecs.ts";
import { leftStopped, mended, notMended, removedOutside, type Mending } from "./findings.ts";
import type { Machine } from "./machines.ts";
import type { RunningLab } from "./runningLab.ts";

/** A machine that dies more often than this within the window is left alone and reported. */
const restartLimit = 3;
const restartWindowMilliseconds = 30_000;
/** Notifications of the kernel come in bursts: from the first one on, so long is waited for the rest. */
const settleMilliseconds = 60;
/** By then the programs that listen to the kernel do listen. */
const firstLookMilliseconds = 250;
const retryMilliseconds = 500;
/** What was mended is told for so long, and of no more than the last few. */
const mendedShownMilliseconds = 60_000;
const mendedMaximum = 5;
const retryMaximumMilliseconds = 30_000;

/**
 * Keeps a running lab whole: follows the engine's and the kernel's notifications, starts machines that died, wires machines
 * that came back, and mends links, routes and rules that someone took away.
 */
export class LiveRepair {
  readonly #lab: RunningLab;
  readonly #engine: ContainerEngine;
  readonly #onStatus: () => void;
  readonly #watch = new FabricWatch();
  readonly #deaths = new Map<string, number[]>();
  readonly #restarts = new Map<string, number>();
  /** What is not as it should be, by what it is about: a machine, or the wiring. */
  readonly #findings = new Map<string, Localized>();
  /** What was mended in the last while, oldest first. */
  #mended: Localized[] = [];
  /** Machines that died and are not known to be wired again. */
  readonly #died = new Set<string>();
  #watched = "";
  #timer: NodeJS.Timeout | undefined;
  /** When the timer ends, in epoch milliseconds. */
  #due = 0;
  /** Namespaces that something was heard of since the last look. */
  #changed = new Set<string>();
  #active = false;
  /** Attempts to mend that failed since the last that did not. */
  #failures = 0;

  constructor(lab: RunningLab, engine: ContainerEngine, onStatus: () => void) {
    this.#lab = lab;
    this.#engine = engine;
    this.#onStatus = onStatus;
  }

  get findings(): readonly Localized[] {
    return [...this.#findings.values(), ...this.#mended];
  }
  get restarts(): ReadonlyMap<string, number> {
    return this.#restarts;
  }

  /** Begins or goes on watching, after a change; what died meanwhile is started. Cheap when nothing about the namespaces changed. */
  async start(): Promise<void> {
    this.#active = true;
    this.#findings.clear();
    for (const machine of this.#lab.machines.all) if (!machine.running && !this.#lab.machines.isHeld(machine.node)) this.#attempt(machine.node, this.#revive(machine.node));
    // What was heard of while the lab was being changed, or what a change that failed left.
    if (this.#changed.size > 0 || !this.#lab.wiring.isIntact) this.#schedule(settleMilliseconds);
    await this.#follow().catch((error: unknown) => this.#failed(error));
  }

  async #follow(): Promise<void> {
    const { program, container } = this.#lab.wiring;
    const namespaces = program.namespaces.map((entry) => entry.name);
    const key = [container, ...namespaces].join();
    if (key === this.#watched) return;
    this.#watched = "";
    const onEnd = (): void => {
      this.#watched = "";
      if (this.#active) this.#schedule(retryMilliseconds);
    };
    await this.#watch.start(this.#engine, container, namespaces, (namespace) => this.#schedule(settleMilliseconds, namespace), onEnd);
    this.#watched = key;
    // What happened before the kernel's notifications were listened to was told to nobody.
    for (const namespace of namespaces) this.#changed.add(namespace);
    this.#schedule(firstLookMilliseconds);
  }

  stop(): void {
    this.#active = false;
    this.#watched = "";
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#watch.stop();
    this.#changed = new Set();
    this.#findings.clear();
    this.#mended = [];
    this.#died.clear();
    this.#deaths.clear();
    this.#restarts.clear();
  }

  /** What is heard while the lab is being changed waits for the end of that: see {@link start}. */
  containerEvent(action: ContainerEvent["action"], node: string): void {
    if (!this.#active || this.#lab.phase !== "running") return;
    // What is switched off on purpose stays so.
    if (action === "die" && !this.#lab.machines.isHeld(node)) {
      this.#died.add(node);
      this.#attempt(node, this.#revive(node));
    }
    // A node of a cluster is wired once it has booted; any other machine at once.
    if (action === "start") this.#attempt(node, this.#lab.machines.awaitBoot(node).then(() => this.#started(node)));
    // One that is made anew after that was not mended by anybody here.
    if (action === "destroy") this.#died.delete(node);
    if (action === "destroy") this.#attempt(node, this.#lab.machines.refresh(node).then(() => this.#find(node, removedOutside(node, this.#lab.id))));
  }

  /** Wires what came back, without delay: its process is known. */
  #started(node: string): void {
    if (node === fabricNode) this.#watched = "";
    this.#findings.delete(node);
    this.#schedule(0);
  }

  /**
   * Starts a machine that died, at once: no container of ours has a restart policy, and where the engine restarts one because
   * somebody asked it to, one of the two starts does nothing.
   */
  async #revive(node: string): Promise<void> {
    const now = Date.now();
    const deaths = [...(this.#deaths.get(node) ?? []), now].filter((time) => time > now - restartWindowMilliseconds);
    this.#deaths.set(node, deaths);
    if (deaths.length > restartLimit) return this.#find(node, leftStopped(node, deaths.length, restartWindowMilliseconds / 1000));
    this.#restarts.set(node, (this.#restarts.get(node) ?? 0) + 1);
    const machine = await this.#lab.machines.refresh(node);
    if (!this.#active || isGone(machine)) return;
    try {
      if (!machine.running) await this.#lab.machines.start(node);
      await this.#lab.machines.awaitBoot(node);
      this.#started(node);
    } catch (error) {
      // One that is being removed cannot be started, and says so itself in a moment.
      if (!isGone(await this.#lab.machines.refresh(node))) throw error;
    }
  }

  /** Has the wiring looked at soon; a look that is due earlier stays. */
  #schedule(milliseconds: number, namespace?: string): void {
    if (namespace !== undefined) this.#changed.add(namespace);
    const due = Date.now() + milliseconds;
    if (this.#timer !== undefined && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#mend();
    }, milliseconds);
  }

  async #mend(): Promise<void> {
    if (!this.#active || this.#lab.phase !== "running") return;
    const changed = this.#changed;
    this.#changed = new Set();
    try {
      const mending = await this.#lab.repairWiring(changed);
      if (!this.#active) return;
      this.#remember(mending);
      await this.#follow();
      this.#failures = 0;
      this.#findings.delete(fabricNode);
      this.#onStatus();
      // It may wait for an API server that boots, and nothing else waits for it.
      this.#attempt(clusterFinding, this.#lab.reconnectClusters().then(() => void this.#findings.delete(clusterFinding)));
    } catch (error) {
      for (const namespace of changed) this.#changed.add(namespace);
      this.#failed(error);
    }
  }

  /** Tries again later, and later each time. A wiring whose container has just died is no finding: it is made anew as soon as that is back. */
  #failed(error: unknown): void {
    if (!this.#active) return;
    this.#schedule(Math.min(retryMaximumMilliseconds, retryMilliseconds * 2 ** this.#failures++));
    const isDying = error instanceof RempartError && error.code === "fabric.session-closed";
    if (!isDying && this.#lab.machines.get(fabricNode)?.running === true) this.#find(fabricNode, notMended(fabricNode, error));
  }

  #attempt(node: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.#find(node, notMended(node, error)));
  }

  /** What was mended is told for a while: a link that was away for a moment would else have been seen by nobody. */
  #remember(mending: Mending): void {
    const back = new Set([...this.#died].filter((node) => this.#lab.machines.get(node)?.running === true));
    const text = mended(new Date(), back, mending);
    for (const node of back) this.#died.delete(node);
    if (!text) return;
    this.#mended = [...this.#mended, text].slice(-mendedMaximum);
    setTimeout(() => {
      if (!this.#mended.includes(text)) return;
      this.#mended = this.#mended.filter((other) => other !== text);
      this.#onStatus();
    }, mendedShownMilliseconds).unref();
  }

  #find(about: string, text: Localized): void {
    this.#findings.set(about, text);
    this.#onStatus();
  }
}

/** What a finding about the nodes of clusters is kept under; no machine has such a name. */
const clusterFinding = "_cluster";

const isGone = (machine: Machine | undefined): machine is undefined => machine === undefined || machine.leaving;

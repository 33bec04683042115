import type { ContainerEngine } from "../engine/containerEngine.ts";
import { FabricWatch } from "../fabric/watch.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { RunningLab } from "./runningLab.ts";

/** A machine that dies more often than this within the window is left alone and reported. */
const restartLimit = 3;
const restartWindowMilliseconds = 30_000;
/** An engine that restarts a container sends "die" and then "start": wait so long before starting it ourselves. */
const restartGraceMilliseconds = 400;
const settleMilliseconds = 60;

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
  #findings: string[] = [];
  #watched = "";
  #timer: NodeJS.Timeout | undefined;
  /** Namespaces that something was heard of since the last look. */
  #changed = new Set<string>();
  #active = false;

  constructor(lab: RunningLab, engine: ContainerEngine, onStatus: () => void) {
    this.#lab = lab;
    this.#engine = engine;
    this.#onStatus = onStatus;
  }

  get findings(): readonly string[] {
    return this.#findings;
  }
  get restarts(): ReadonlyMap<string, number> {
    return this.#restarts;
  }

  /** Begins or goes on watching; cheap when nothing about the namespaces changed. */
  async start(): Promise<void> {
    this.#active = true;
    const { program, container } = this.#lab.wiring;
    const namespaces = program.namespaces.map((entry) => entry.name);
    const key = [container, ...namespaces].join();
    if (key === this.#watched) return;
    this.#watched = key;
    await this.#watch.start(this.#engine, container, namespaces, (namespace) => this.#schedule(namespace));
  }

  stop(): void {
    this.#active = false;
    this.#watched = "";
    clearTimeout(this.#timer);
    this.#watch.stop();
    this.#findings = [];
    this.#deaths.clear();
    this.#restarts.clear();
  }

  containerEvent(action: string, node: string): void {
    if (!this.#active || this.#lab.phase !== "running") return;
    const machine = this.#lab.machines.get(node);
    if (action === "die" && machine) {
      machine.running = false;
      machine.pid = 0;
      this.#onStatus();
      this.#revive(node);
    }
    if (action === "start") void this.#lab.machines.refresh(node).then(() => this.#started(node)).catch((error: unknown) => this.#report(error));
    if (action === "destroy" && machine) this.#find(`${node}: removed from outside; 'rempart up ${this.#lab.id}' makes it again`);
  }

  #started(node: string): void {
    if (node === fabricNode) this.#watched = "";
    this.#schedule();
  }

  #revive(node: string): void {
    const now = Date.now();
    const deaths = [...(this.#deaths.get(node) ?? []), now].filter((time) => time > now - restartWindowMilliseconds);
    this.#deaths.set(node, deaths);
    if (deaths.length > restartLimit) return this.#find(`${node}: stopped ${deaths.length} times in ${restartWindowMilliseconds / 1000} s, left stopped`);
    setTimeout(() => {
      void (async () => {
        const machine = await this.#lab.machines.refresh(node);
        if (!this.#active || !machine || machine.running) return;
        await this.#lab.machines.start(node);
      })().catch((error: unknown) => this.#report(error));
    }, restartGraceMilliseconds);
    this.#restarts.set(node, (this.#restarts.get(node) ?? 0) + 1);
  }

  #schedule(namespace?: string): void {
    if (namespace !== undefined) this.#changed.add(namespace);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#mend().catch((error: unknown) => this.#report(error)), settleMilliseconds);
  }

  async #mend(): Promise<void> {
    const changed = this.#changed;
    this.#changed = new Set();
    if (!this.#active || this.#lab.phase !== "running") return;
    const repaired = await this.#lab.repairWiring(changed);
    if (!this.#active) return;
    await this.start();
    if (repaired) this.#findings = [];
    this.#onStatus();
  }

  #report(error: unknown): void {
    this.#find(error instanceof Error ? error.message : String(error));
  }

  #find(text: string): void {
    this.#findings = [...new Set([...this.#findings, text])].slice(-20);
    this.#onStatus();
  }
}

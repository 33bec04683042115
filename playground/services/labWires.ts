import type { ContainerEngine } from "../engine/containerEngine.ts";
import { compileFabric } from "../fabric/compile.ts";
import { LabWiring } from "../fabric/wiring.ts";
import type { Cloud } from "../model/cloud.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { Machines } from "./machines.ts";
import { ownLinks, runOf } from "./runningLabParts.ts";

/** The wires between a lab's machines, made again whenever the container that holds them started anew. */
export class LabWires {
  readonly #engine: ContainerEngine;
  readonly #machines: Machines;
  readonly #live: boolean;
  #wiring: LabWiring | undefined;
  /** The run of the container that `#wiring` belongs to. */
  #run = "";

  constructor(engine: ContainerEngine, machines: Machines, live: boolean) {
    this.#engine = engine;
    this.#machines = machines;
    this.#live = live;
  }

  get wiring(): LabWiring | undefined {
    return this.#wiring;
  }

  /** Whether what is known here is the wiring of the container as it runs now: one that started again has lost everything. */
  get areCurrent(): boolean {
    const container = this.#machines.get(fabricNode);
    return this.#wiring?.isIntact === true && container?.running === true && this.#run === runOf(container);
  }

  /** Brings the wires to the cloud: by the difference where they are known, else from what is found. */
  async connect(cloud: Cloud): Promise<void> {
    if (this.#wiring && this.areCurrent) await this.#wiring.apply(compileFabric(cloud), this.#machines.pids);
    else await this.#takeUp(cloud);
  }

  /** Wires what has lost its wires: machines that started, and whatever differs in the namespaces where something changed. True when something did. */
  async repair(cloud: Cloud, changed: ReadonlySet<string>): Promise<boolean> {
    const wiring = this.#wiring;
    if (!wiring) return false;
    if (!this.areCurrent) {
      await this.#takeUp(cloud);
      return true;
    }
    const { pids } = this.#machines;
    const change = changed.size > 0 ? await wiring.reconcile(pids, ownLinks(cloud), changed) : await wiring.apply(wiring.program, pids);
    return change.addedLinks.length + change.namespaces.length > 0;
  }

  /** The container died: whoever waits for its shell is told now. The engine leaves the stream of a command that died with it open. */
  lose(): void {
    this.#wiring?.close();
  }

  close(): void {
    this.#wiring?.close();
    this.#wiring = undefined;
  }

  async #takeUp(cloud: Cloud): Promise<void> {
    this.#wiring?.close();
    const wiring = new LabWiring(this.#engine, this.#machines.containerOf(fabricNode), this.#wiring?.impairments);
    this.#wiring = wiring;
    this.#run = runOf(this.#machines.get(fabricNode));
    const program = compileFabric(cloud);
    const { pids } = this.#machines;
    if (!(await wiring.resume(pids))) return wiring.rebuild(program, pids);
    await wiring.apply(program, pids);
    // What was cut while nobody watched sent its notification to nobody.
    if (this.#live) await wiring.reconcile(pids, ownLinks(cloud));
  }
}

import type { ContainerEngine } from "../engine/containerEngine.ts";
import { compileFabric } from "../fabric/compile.ts";
import type { FabricChange } from "../fabric/diff.ts";
import type { Impairment } from "../fabric/impair.ts";
import { linkId } from "../fabric/names.ts";
import { LabWiring } from "../fabric/wiring.ts";
import type { Cloud, CloudNode } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { Mending } from "./findings.ts";
import type { Machines } from "./machines.ts";
import { ownLinks, runOf } from "./runningLabParts.ts";

/** The wires between a lab's machines, made again whenever the container that holds them started anew. */
export class LabWires {
  readonly #engine: ContainerEngine;
  readonly #machines: Machines;
  readonly #live: boolean;
  readonly #onDamage: () => void;
  #wiring: LabWiring | undefined;
  /** The run of the container that `#wiring` belongs to. */
  #run = "";
  /** Ids of links that were seen to be cut, until they are mended. */
  #cut: ReadonlySet<string> = new Set();

  /** `live`: what differs is mended and not only seen. `onDamage` is told when a link was seen to be cut, before it is mended. */
  constructor(engine: ContainerEngine, machines: Machines, live: boolean, onDamage: () => void) {
    this.#engine = engine;
    this.#machines = machines;
    this.#live = live;
    this.#onDamage = onDamage;
  }

  get wiring(): LabWiring | undefined {
    return this.#wiring;
  }

  /** Whether what is known here is the wiring of the container as it runs now: one that started again has lost everything. */
  get areCurrent(): boolean {
    const container = this.#machines.get(fabricNode);
    return this.#wiring?.isIntact === true && container?.running === true && this.#run === runOf(container);
  }

  /**
   * Brings the wires to the cloud: by the difference where they are known, else from what is found. A shell that does not answer is
   * replaced once, and everything wired anew in the other.
   */
  async connect(cloud: Cloud): Promise<void> {
    try {
      if (this.#wiring && this.areCurrent) await this.#wiring.apply(compileFabric(cloud), this.#machines.pids);
      else await this.#takeUp(cloud);
    } catch (error) {
      if (!(error instanceof RempartError && error.code === "fabric.timeout")) throw error;
      await this.#takeUp(cloud);
    }
  }

  /** Impairs the cables of machines that are to be impaired, by the machine's name; those that are already as bad are left alone. Throws `machine.no-netem`. */
  async impairAlso(wanted: ReadonlyMap<string, Impairment>): Promise<void> {
    for (const [node, impairment] of wanted) {
      const id = linkId(node, "eth0");
      const now = this.#wiring?.impairments.get(id);
      if (now?.lossPercent === impairment.lossPercent && now.delayMilliseconds === impairment.delayMilliseconds) continue;
      if (this.#wiring?.program.links.some((link) => link.id === id)) await this.#wiring.impair(id, impairment);
    }
  }

  /** Wires what has lost its wires: machines that started, and whatever differs in the namespaces where something changed. */
  async repair(cloud: Cloud, changed: ReadonlySet<string>): Promise<Mending> {
    const wiring = this.#wiring;
    if (!wiring) return { anew: false, change: undefined };
    if (!this.areCurrent) return this.#takeUp(cloud);
    const { pids } = this.#machines;
    return { anew: false, change: changed.size > 0 ? await this.#reconcile(wiring, cloud, changed) : await wiring.apply(wiring.program, pids) };
  }

  /** Looks at everything and mends nothing: which cables are cut is known then. For a process that does not stay. */
  async look(cloud: Cloud): Promise<void> {
    const damage = this.#wiring && this.areCurrent ? await this.#wiring.damage(this.#machines.pids, ownLinks(cloud)) : undefined;
    this.#cut = new Set(damage?.addedLinks.map((link) => link.id));
  }

  /**
   * Machines that run without all of their cables: cut and not mended yet, not wired since they started, or the container that holds
   * the other ends is not there.
   */
  disconnected(cloud: Cloud): ReadonlySet<string> {
    const container = this.#machines.get(fabricNode);
    const isHeld = container?.running === true && this.#run === runOf(container);
    const isCut = ({ name, interfaces }: CloudNode): boolean => {
      const machine = this.#machines.get(name);
      if (machine?.running !== true || interfaces.length === 0) return false;
      if (!isHeld && interfaces.some((entry) => entry.attachment.kind !== "cable")) return true;
      return this.#wiring?.pids.get(name) !== machine.pid || interfaces.some((entry) => this.#cut.has(linkId(name, entry.name)));
    };
    return new Set(cloud.nodes.filter(isCut).map((node) => node.name));
  }

  /** The container died: whoever waits for its shell is told now. The engine leaves the stream of a command that died with it open. */
  lose(): void {
    this.#wiring?.close();
  }

  close(): void {
    this.#wiring?.close();
    this.#wiring = undefined;
  }

  async #takeUp(cloud: Cloud): Promise<Mending> {
    this.#wiring?.close();
    const wiring = new LabWiring(this.#engine, this.#machines.containerOf(fabricNode), this.#wiring?.impairments);
    this.#wiring = wiring;
    this.#run = runOf(this.#machines.get(fabricNode));
    this.#cut = new Set();
    const program = compileFabric(cloud);
    const { pids } = this.#machines;
    if (!(await wiring.resume(pids))) {
      await wiring.rebuild(program, pids);
      return { anew: true, change: undefined };
    }
    await wiring.apply(program, pids);
    // What was cut while nobody watched sent its notification to nobody.
    return { anew: false, change: this.#live ? await this.#reconcile(wiring, cloud) : undefined };
  }

  async #reconcile(wiring: LabWiring, cloud: Cloud, namespaces?: ReadonlySet<string>): Promise<FabricChange> {
    const { pids } = this.#machines;
    const change = await wiring.reconcile(pids, ownLinks(cloud), namespaces, (damage) => {
      this.#cut = new Set(damage.addedLinks.map((link) => link.id));
      if (this.#cut.size > 0) this.#onDamage();
    });
    this.#cut = new Set();
    return change;
  }
}

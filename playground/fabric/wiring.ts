import type { ContainerEngine } from "../engine/containerEngine.ts";
import { diffPrograms, emptyProgram, feasiblePart, isEmpty, type FabricChange } from "./diff.ts";
import type { FabricProgram } from "./fabricProgram.ts";
import { clearLines, impairLines, netemProbe, noNetem, type Impairment, type LinkImpairment } from "./impair.ts";
import { observeScript, parseObservation, repairOf, type FabricObservation } from "./observe.ts";
import { changeScript, clearMachinesScript, clearScript, machineGone, presentLines, type ProcessIds } from "./script.ts";
import { FabricSession } from "./session.ts";
import { RempartError } from "../model/errors.ts";

/** In memory on purpose: when the container restarts, its namespaces are gone, and so must be the word that they are whole. */
const programFile = "/dev/shm/rempart-program.json";

/**
 * The wiring of one lab as it runs: knows the program in force, applies differences, observes and repairs. The program in
 * force is also kept inside the container, so that another process can go on from it; it is taken away while a change is
 * under way, and whoever does not find it wires everything anew.
 *
 * The impairments of cables belong to the wiring: they are put on again whenever a cable is made again, and end with the cable
 * itself. Where the container dies while no process knows them, they end too.
 */
export class LabWiring {
  readonly #engine: ContainerEngine;
  readonly #container: string;
  #session: FabricSession | undefined;
  /** The shell in which the program in force was wired; undefined after a change that failed half way. */
  #wiredIn: FabricSession | undefined;
  #program: FabricProgram = emptyProgram;
  #pids: ProcessIds = new Map();
  #digests: ReadonlyMap<string, string> = new Map();
  /** By the id of the link; undefined while not known here. */
  #impairments: ReadonlyMap<string, LinkImpairment> | undefined;

  /** `impairments`: those of a wiring in a container that this one takes the place of. */
  constructor(engine: ContainerEngine, container: string, impairments?: ReadonlyMap<string, LinkImpairment>) {
    this.#engine = engine;
    this.#container = container;
    this.#impairments = impairments;
  }

  get program(): FabricProgram {
    return this.#program;
  }
  get container(): string {
    return this.#container;
  }
  /** Process ids of the machines as they are wired. */
  get pids(): ProcessIds {
    return this.#pids;
  }
  /** Cables that lose or delay packets on purpose, by the id of the link. */
  get impairments(): ReadonlyMap<string, LinkImpairment> {
    return this.#impairments ?? new Map();
  }

  /** False once the shell of the wiring has ended (what was wired may be gone, even if another shell was opened since), or a change failed half way. */
  get isIntact(): boolean {
    return this.#wiredIn !== undefined && this.#wiredIn === this.#session && this.#wiredIn.isOpen;
  }

  /** Runs a script in the wiring container's shell, opening it where needed. Throws what {@link FabricSession.run} throws; `limitMilliseconds` as there. */
  async run(script: string, limitMilliseconds?: number): Promise<string> {
    if (!this.#session?.isOpen) this.#session = await FabricSession.open(this.#engine, this.#container);
    return this.#session.run(script, limitMilliseconds);
  }

  /** Takes up a lab that was wired by an earlier process; false when the wiring is not known to be whole. */
  async resume(pids: ProcessIds): Promise<boolean> {
    const text = await this.run(`cat ${programFile} 2>/dev/null || true`);
    const saved = parseSaved(text);
    if (!saved) return false;
    this.#program = saved.program;
    // A machine with another process id has restarted since: its interfaces are gone.
    this.#pids = new Map([...pids].filter(([node, pid]) => saved.pids[node] === pid));
    this.#digests = new Map(Object.entries(saved.digests));
    this.#impairments ??= new Map(Object.entries(saved.impairments ?? {}));
    this.#wiredIn = this.#session;
    return true;
  }

  /** Wires everything anew, whatever an interrupted run left. */
  async rebuild(program: FabricProgram, pids: ProcessIds): Promise<void> {
    this.#wiredIn = undefined;
    await this.run([`rm -f ${programFile}`, clearScript, clearMachinesScript(pids, guestsOf(program))].join("\n"));
    this.#program = emptyProgram;
    this.#pids = new Map();
    await this.apply(program, pids);
    this.#wiredIn = this.#session;
  }

  /**
   * Brings the running wiring to the program: only the difference is touched. `pids` are the machines that run now; one with
   * a new process id is wired again. Returns what was changed.
   */
  async apply(program: FabricProgram, pids: ProcessIds): Promise<FabricChange> {
    const lost = new Set(program.nodes.map((node) => node.node).filter((node) => this.#pids.get(node) !== pids.get(node)));
    return this.#change(diffPrograms(this.#program, program, lost), program, pids);
  }

  /**
   * Looks at the running system (all of it, or the namespaces named) and repairs what differs from the program; `onDamage` is told
   * between the two. Returns what had to be repaired.
   */
  async reconcile(pids: ProcessIds, ownLinks: ReadonlySet<string>, namespaces?: ReadonlySet<string>, onDamage: (damage: FabricChange) => void = () => undefined): Promise<FabricChange> {
    const damage = await this.damage(pids, ownLinks, namespaces);
    if (!isEmpty(damage)) onDamage(damage);
    return this.#change(damage, this.#program, pids);
  }

  /** Looks as {@link reconcile} does, and repairs nothing. Returns what would have to be repaired. */
  async damage(pids: ProcessIds, ownLinks: ReadonlySet<string>, namespaces?: ReadonlySet<string>): Promise<FabricChange> {
    const looked = (name: string): boolean => namespaces?.has(name) ?? true;
    const observation = await this.observe(namespaces);
    const lost = new Set(this.#program.nodes.map((node) => node.node).filter((node) => this.#pids.get(node) !== pids.get(node)));
    return repairOf(this.#program, observation, this.#digests, { ownLinks, looked, lost });
  }

  /**
   * Impairs a cable in both directions, or takes its impairment away: with netem where the kernel has it, else loss alone by
   * random drops. Throws `machine.no-netem` when a delay is wanted and cannot be had, RangeError where there is no such link.
   * Returns the means used.
   */
  async impair(id: string, wanted: Impairment): Promise<LinkImpairment["how"] | "none"> {
    const link = this.#program.links.find((candidate) => candidate.id === id);
    if (!link) throw new RangeError(`there is no link '${id}'`);
    const isWanted = wanted.lossPercent > 0 || wanted.delayMilliseconds > 0;
    const how = !isWanted ? "none" : (await this.run(netemProbe)).trim().endsWith("yes") ? "netem" : "nftables";
    if (how === "nftables" && wanted.delayMilliseconds > 0) throw noNetem();
    await this.run((how === "none" ? clearLines(link, this.#pids) : impairLines(link, { ...wanted, how }, this.#pids)).join("\n"));
    const others = [...this.impairments].filter(([other]) => other !== id);
    this.#impairments = new Map(how === "none" ? others : [...others, [id, { ...wanted, how }]]);
    await this.#save(false);
    return how;
  }

  async observe(namespaces?: Iterable<string>): Promise<FabricObservation> {
    return parseObservation(await this.run(observeScript(namespaces)));
  }

  close(): void {
    this.#session?.close();
  }

  /** Makes what can be made while these machines run, and returns that. */
  async #change(wanted: FabricChange, program: FabricProgram, pids: ProcessIds): Promise<FabricChange> {
    if (isEmpty(wanted)) return wanted;
    const change = feasiblePart(wanted, (node) => pids.has(node));
    try {
      await this.run([...presentLines(change, pids), `rm -f ${programFile}`, changeScript(change, pids), ...this.#impairLines(change, program, pids)].join("\n"));
    } catch (error) {
      // Half a change would have to be made anew from nothing, and with it the interfaces of every machine and what was set on them by hand.
      if (!(error instanceof RempartError && error.message.includes(machineGone))) this.#wiredIn = undefined;
      throw error;
    }
    this.#program = program;
    this.#pids = new Map(pids);
    this.#impairments = new Map([...this.impairments].filter(([id]) => program.links.some((link) => link.id === id)));
    // Not awaited: the packets' fate has changed already, and the shell keeps the order.
    void this.#save(change.namespaces.some((entry) => entry.ruleset !== undefined)).catch(() => undefined);
    return change;
  }

  /** A cable that is made again is as bad as it was; of one that goes for good, nothing stays. */
  #impairLines(change: FabricChange, program: FabricProgram, pids: ProcessIds): string[] {
    const gone = change.removedLinks.filter((link) => this.impairments.has(link.id) && !program.links.some((other) => other.id === link.id));
    return [
      ...gone.flatMap((link) => clearLines(link, pids)),
      ...change.addedLinks.flatMap((link) => {
        const impairment = this.impairments.get(link.id);
        return impairment ? impairLines(link, impairment, pids) : [];
      }),
    ];
  }

  async #save(rulesetsChanged: boolean): Promise<void> {
    const program = this.#program;
    const pids = Object.fromEntries(this.#pids);
    if (rulesetsChanged) {
      const observation = await this.observe();
      this.#digests = new Map([...observation.namespaces].map(([name, entry]) => [name, entry.rulesetDigest]));
    }
    if (program !== this.#program) return;
    const saved: SavedWiring = { program, pids, digests: Object.fromEntries(this.#digests), impairments: Object.fromEntries(this.impairments) };
    await this.run(`cat > ${programFile}.new <<'REMPART_END'\n${JSON.stringify(saved)}\nREMPART_END\nmv ${programFile}.new ${programFile}`);
  }
}

/** Machines with interfaces that are not the lab's. */
function guestsOf(program: FabricProgram): ReadonlySet<string> {
  return new Set(program.links.flatMap((link) => [link.a, link.b]).flatMap((end) => (end.kind === "node" && end.isGuest ? [end.node] : [])));
}

interface SavedWiring {
  readonly program: FabricProgram;
  readonly pids: Readonly<Record<string, number>>;
  readonly digests: Readonly<Record<string, string>>;
  readonly impairments?: Readonly<Record<string, LinkImpairment>>;
}

/** Undefined where the file is absent or cut short: the reader then wires everything anew. */
function parseSaved(text: string): SavedWiring | undefined {
  try {
    const value = JSON.parse(text) as SavedWiring;
    return Array.isArray(value.program.namespaces) ? value : undefined;
  } catch {
    return undefined;
  }
}

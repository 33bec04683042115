import type { LabPhase } from "../contract/contract.ts";
import type { Cloud } from "../model/cloud.ts";
import type { Plan } from "../model/plan.ts";
import { planNetwork } from "../model/planDiff.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { Convergence } from "./convergence.ts";
import type { LabBreakages } from "./labBreakages.ts";
import type { LabClusters } from "./labClusters.ts";
import type { LabRecord } from "./labRecord.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { Failure, LabTurns } from "./labTurns.ts";
import type { LabWires } from "./labWires.ts";
import type { LiveRepair } from "./liveRepair.ts";
import type { Machines } from "./machines.ts";
import { appliedEvent, cancelled, notRunning, progressTeller, type RunningLabOptions } from "./runningLabParts.ts";
import type { Workspace } from "./workspace.ts";

export interface LabLifecycleParts {
  readonly loaded: LoadedLab;
  readonly workspace: Workspace;
  readonly machines: Machines;
  readonly record: LabRecord;
  readonly turns: LabTurns;
  readonly wires: LabWires;
  readonly clusters: LabClusters;
  readonly breakages: LabBreakages;
  readonly convergence: Convergence;
  readonly repair: LiveRepair;
  readonly options: Pick<RunningLabOptions, "live" | "onTopology" | "onProgress" | "record">;
  /** Another network is in force. */
  readonly onConverged: () => Promise<void>;
}

/** Brings the lab to a text of `network.yml`. */
type Converge = (text: string, signal?: AbortSignal) => Promise<void>;

/** A lab's way up, from one network to another, and down, one change at a time; and what a change that did not come to its end has left. */
export class LabLifecycle {
  readonly #parts: LabLifecycleParts;
  #cloud: Cloud | undefined;
  #abort = new AbortController();

  constructor(parts: LabLifecycleParts) {
    this.#parts = parts;
  }

  /** The applied cloud, or undefined while the lab does not run. */
  get cloud(): Cloud | undefined {
    return this.#cloud;
  }

  /** Finds out whether the lab runs already (another process may have started it) and goes on from there. */
  async resume(): Promise<void> {
    const { machines, record, breakages, convergence, wires, clusters, turns } = this.#parts;
    await turns.alone(async () => {
      await machines.discover();
      const text = await record.load();
      if (machines.all.length === 0 || text === undefined) return;
      await breakages.load();
      const fabric = machines.get(fabricNode);
      const cloud = convergence.resolve(text);
      this.#cloud = cloud;
      const whole = fabric?.running === true && machines.nodes.length === cloud.nodes.length;
      if (!whole || record.isCancelled) return turns.found("broken");
      await machines.hold(breakages.held(cloud));
      await wires.connect(breakages.overlay(cloud));
      if (!(await clusters.recognize(cloud))) return turns.found("broken");
      turns.found("running");
    });
    await this.#watch();
  }

  /** Starts the lab, or completes what an interrupted start left. Throws `input.invalid-network`, `lab.busy` and what the engine throws. */
  async up(): Promise<void> {
    const { loaded, workspace, record, options } = this.#parts;
    this.#abort = new AbortController();
    await this.#change("up", async (before, converge) => {
      await workspace.prepare(loaded);
      await record.begin();
      // A lab that runs keeps what was applied; what was only written since then waits for its own apply.
      const running = before === "running" || before === "broken" ? await record.applied() : undefined;
      const text = running ?? (await workspace.readNetwork()).text;
      await converge(text, this.#abort.signal);
      // One that ran and was completed has not begun anew.
      if (before === "running") return;
      options.record?.({ type: "lab.started" });
      this.#tellApplied(text, undefined);
    });
  }

  /** Removes everything of the lab but the student's files, which go too with `forget`. Throws `lab.busy` and what the engine throws. */
  async down(forget: boolean): Promise<void> {
    const { workspace, machines, record, turns, wires, clusters, breakages, repair, options } = this.#parts;
    this.#abort.abort();
    const remove = async (): Promise<void> => {
      repair.stop();
      wires.close();
      await machines.removeAll();
      await clusters.removeAll();
      await record.forget();
      await breakages.forget();
      await machines.hold(new Set());
      this.#cloud = undefined;
      if (forget) await workspace.forget();
    };
    if (!forget && turns.phase !== "stopped") options.record?.({ type: "lab.stopped" });
    await turns.change("down", ["stopping", "stopped"], remove, async (error) => ({ phase: await this.#takeStock(), error }));
    options.onTopology();
  }

  /** Stops an `up` that is under way; what was made stays, to be completed or removed. */
  cancel(): void {
    this.#abort.abort();
  }

  /** What an apply would do. Throws `input.invalid-network`. */
  async plan(): Promise<Plan> {
    const { loaded, workspace, convergence } = this.#parts;
    const { text } = await workspace.readNetwork();
    return planNetwork(loaded.lab, this.#cloud, convergence.resolve(text));
  }

  /** Brings the running lab to `network.yml`; only what differs is touched. Throws `lab.not-running`, `input.invalid-network`, `lab.busy`. */
  async apply(): Promise<Plan> {
    const { loaded, workspace, convergence } = this.#parts;
    const before = this.#cloud;
    if (!before) throw notRunning(loaded.lab.id);
    const { text } = await workspace.readNetwork();
    const plan = planNetwork(loaded.lab, before, convergence.resolve(text));
    await this.#change("apply", async (_before, converge) => {
      await converge(text);
      this.#tellApplied(text, before);
    });
    return plan;
  }

  async #change(what: "up" | "apply", work: (before: LabPhase, converge: Converge) => Promise<void>): Promise<void> {
    const { loaded, record, turns, convergence, options, onConverged } = this.#parts;
    const tell = progressTeller(`${what}:${loaded.lab.id}`, options.onProgress);
    const converge: Converge = async (text, signal) => {
      this.#cloud = await convergence.run(text, tell, signal);
      await onConverged();
    };
    const failed = async (error: unknown, before: LabPhase): Promise<Failure> => {
      const wasCancelled = what === "up" && this.#abort.signal.aborted;
      const phase = before === "running" ? before : await this.#takeStock();
      if (wasCancelled && phase === "broken") await record.markCancelled();
      tell("failed", 0, 0, wasCancelled ? "cancelled" : "failed");
      return { phase, error: wasCancelled ? cancelled(loaded.lab.id) : error };
    };
    try {
      await turns.change(what, [what === "up" ? "starting" : "applying", "running"], (before) => work(before, converge), failed);
    } finally {
      await this.#watch();
    }
    options.onTopology();
  }

  /** Within the change itself: once it is over, another may have taken the lab down. */
  #tellApplied(text: string, before: Cloud | undefined): void {
    const { loaded, options } = this.#parts;
    if (this.#cloud) options.record?.(appliedEvent(loaded, text, before, this.#cloud));
  }

  /** What a change that did not come to its end left. The network that it was to be is known then, so that the status can say what is missing. */
  async #takeStock(): Promise<"broken" | "stopped"> {
    const { machines, record, convergence } = this.#parts;
    // An engine that is gone says nothing of what is left: what was known before it went is what there is.
    await machines.discover().catch(() => undefined);
    if (machines.all.length === 0) return "stopped";
    const text = await record.applied();
    if (text !== undefined) this.#cloud ??= convergence.resolve(text);
    return "broken";
  }

  async #watch(): Promise<void> {
    const { options, turns, repair } = this.#parts;
    if (options.live && turns.phase === "running") await repair.start();
  }
}

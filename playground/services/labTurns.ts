import type { LabPhase } from "../contract/contract.ts";
import type { Machines } from "./machines.ts";
import { SerialQueue } from "./parallel.ts";
import type { Workspace } from "./workspace.ts";

export interface Failure {
  readonly phase: LabPhase;
  readonly error: unknown;
}

/**
 * Who may change a lab, and when: one at a time within this process, and one process at a time by the lock file in the student's
 * folder. The phase is what a change that is under way, or the last one, says of the lab.
 */
export class LabTurns {
  readonly #workspace: Workspace;
  readonly #machines: Machines;
  readonly #onPhase: () => void;
  readonly #queue = new SerialQueue();
  #phase: LabPhase = "stopped";

  constructor(workspace: Workspace, machines: Machines, onPhase: () => void) {
    this.#workspace = workspace;
    this.#machines = machines;
    this.#onPhase = onPhase;
  }

  get phase(): LabPhase {
    return this.#phase;
  }

  /** Runs work that other processes may do at the same time, but none of this one. */
  alone<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.#queue.run(work);
  }

  /** What was found, and not done, by this process; to be called within {@link alone}. */
  found(phase: LabPhase): void {
    this.#set(phase);
  }

  /**
   * Runs a change, in the phase `during` and to the phase `after`. What it throws goes to `failed`, which says what the lab is then
   * and what to throw. Both are told the phase before. Throws `lab.busy` while another process is at it.
   */
  change(what: string, [during, after]: readonly [LabPhase, LabPhase], work: (before: LabPhase) => Promise<void>, failed: (error: unknown, before: LabPhase) => Promise<Failure>): Promise<void> {
    return this.#queue.run(async () => {
      const unlock = await this.#lock(what);
      const before = this.#phase;
      try {
        this.#set(during);
        await work(before);
        this.#set(after);
      } catch (error) {
        // Whatever looking at the rest meets: the first error is the one to tell.
        const failure = await failed(error, before).catch((): Failure => ({ phase: "broken", error }));
        this.#set(failure.phase);
        throw failure.error;
      } finally {
        await unlock();
      }
    });
  }

  /** After a process that died, the engine may still be making its last containers: waits until it has done with them. */
  async #lock(what: string): Promise<() => Promise<void>> {
    let interrupted = false;
    const unlock = await this.#workspace.lock(what, () => (interrupted = true));
    if (interrupted) await this.#machines.settle();
    return unlock;
  }

  #set(phase: LabPhase): void {
    this.#phase = phase;
    this.#onPhase();
  }
}

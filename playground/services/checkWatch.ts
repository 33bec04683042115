import { blockedObservation, observeCheck } from "../checks/observeCheck.ts";
import { Semaphore } from "../checks/semaphore.ts";
import type { CheckObservation } from "../contract/contract.ts";
import type { Check } from "../model/lab.ts";
import type { LabRuntime } from "./labRuntime.ts";

export interface WatchTiming {
  readonly failingMilliseconds: number;
  readonly passingMilliseconds: number;
  /** What does not change is looked at less and less often, down to once in this time. */
  readonly longestMilliseconds: number;
  /** After a change of state, the second look that confirms it. */
  readonly confirmMilliseconds: number;
  /** After a command was typed in one of the lab's terminals, the time it has before failing checks are looked at. */
  readonly typedMilliseconds: number;
}
export const usualTiming: WatchTiming = { failingMilliseconds: 3000, passingMilliseconds: 10_000, longestMilliseconds: 30_000, confirmMilliseconds: 400, typedMilliseconds: 1200 };

/**
 * Keeps looking at the checks of one running lab: failing ones about every 3 s, passing ones about every 10 s, all at once
 * after `changed()`, failing ones soon after `typed()`. What stays the same is looked at less and less often, so that an idle
 * lab costs little. A change of state is told only after a second look agrees.
 */
export class CheckWatch {
  readonly #runtime: LabRuntime;
  readonly #latest: (id: string) => CheckObservation | undefined;
  readonly #tell: (observation: CheckObservation) => void;
  readonly #timing: WatchTiming;
  readonly #slots = new Semaphore(3);
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** When the next look at each check is due, in milliseconds since 1970; absent while it is being looked at. */
  readonly #due = new Map<string, number>();
  readonly #repeats = new Map<string, number>();
  /** Grows with every change of the lab: an observation begun before it is out of date. */
  #generation = 0;
  #stopped = false;

  constructor(runtime: LabRuntime, latest: (id: string) => CheckObservation | undefined, tell: (observation: CheckObservation) => void, timing: WatchTiming = usualTiming) {
    this.#runtime = runtime;
    this.#latest = latest;
    this.#tell = tell;
    this.#timing = timing;
    this.changed();
  }

  /** The lab changed: look at everything now. */
  changed(): void {
    this.#generation += 1;
    this.#repeats.clear();
    for (const check of this.#runtime.loaded.lab.checks) this.#schedule(check, 0);
  }

  /**
   * A command was typed in one of the lab's terminals: what fails may pass by now, and who works by hand does not wait half a
   * minute for it. Passing checks are looked at often again, but no sooner.
   */
  typed(): void {
    this.#repeats.clear();
    const { typedMilliseconds, passingMilliseconds } = this.#timing;
    for (const check of this.#runtime.loaded.lab.checks) {
      const delay = this.#latest(check.id)?.state === "passed" ? passingMilliseconds : typedMilliseconds;
      const due = this.#due.get(check.id);
      if (due !== undefined && due > Date.now() + delay) this.#schedule(check, delay);
    }
  }

  /** The lab goes down: look at nothing until it changes again. What was seen stays as it was. */
  pause(): void {
    this.#generation += 1;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#due.clear();
  }

  stop(): void {
    this.#stopped = true;
    this.pause();
  }

  #schedule(check: Check, delay: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#timers.get(check.id));
    this.#due.set(check.id, Date.now() + delay);
    const look = (): void => {
      this.#due.delete(check.id);
      void this.#look(check, this.#generation);
    };
    this.#timers.set(check.id, setTimeout(look, delay));
  }

  async #look(check: Check, generation: number): Promise<void> {
    if (!this.#isRunning()) return this.#schedule(check, this.#timing.failingMilliseconds);
    const before = this.#latest(check.id);
    // Its control has not been looked at yet; it will wake this one.
    if (check.control !== undefined && (this.#latest(check.control)?.state ?? "unknown") === "unknown") return this.#schedule(check, this.#timing.failingMilliseconds);
    const seen = await this.#slots.run(() => this.#observeTwiceIfChanged(check, before));
    if (this.#stopped || generation !== this.#generation) return;
    // A lab that went down meanwhile makes every probe fail, which says nothing about what the student did.
    if (!this.#isRunning()) return this.#schedule(check, this.#timing.failingMilliseconds);
    const repeats = seen.state === before?.state ? (this.#repeats.get(check.id) ?? 0) + 1 : 0;
    this.#repeats.set(check.id, repeats);
    this.#tell(seen);
    if (seen.state !== before?.state) for (const other of this.#runtime.loaded.lab.checks) if (other.control === check.id) this.#schedule(other, 0);
    const period = seen.state === "passed" ? this.#timing.passingMilliseconds : this.#timing.failingMilliseconds;
    this.#schedule(check, Math.min(period * 1.15 ** repeats, this.#timing.longestMilliseconds));
  }

  #isRunning(): boolean {
    try {
      this.#runtime.cloud();
      return true;
    } catch {
      return false;
    }
  }

  async #observeTwiceIfChanged(check: Check, before: CheckObservation | undefined): Promise<CheckObservation> {
    const first = await this.#observe(check);
    if (first.state === before?.state || first.state === "blocked") return first;
    await new Promise((resolve) => setTimeout(resolve, this.#timing.confirmMilliseconds));
    return this.#observe(check);
  }

  /** The control's own latest look is fresh enough: it is watched too. */
  async #observe(check: Check): Promise<CheckObservation> {
    const control = this.#runtime.loaded.lab.checks.find((candidate) => candidate.id === check.control);
    if (control && this.#latest(control.id)?.state !== "passed") return blockedObservation(check, control);
    return observeCheck(check, this.#runtime);
  }
}

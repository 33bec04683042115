import { runChecks } from "../checks/checkRunner.ts";
import type { Picture } from "../checks/pngPicture.ts";
import type { CheckObservation, LabDetail } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import type { Localized, Step } from "../model/lab.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import { CheckWatch, usualTiming, type WatchTiming } from "./checkWatch.ts";
import { splitGuide } from "./guideSteps.ts";
import type { LabRuntime, LoadedLab } from "./labRuntime.ts";
import { runSolution } from "./labSolution.ts";
import { PictureStore } from "./pictureStore.ts";
import { type LabProgress, ProgressStore } from "./progressStore.ts";

export interface GradingDependencies {
  /** The student's folder of a lab, by the lab's id. */
  readonly folderOf: (labId: string) => string;
  /** A check of a lab was looked at. */
  readonly emit: (labId: string, observation: CheckObservation) => void;
  /** What belongs into the log of the student's attempt. */
  readonly record?: (labId: string, event: ToldEvent) => void;
  readonly timing?: WatchTiming;
}

/** How long a check that was asked for by hand may take to come true. */
const usualLimit = 4000;

/** Judges labs that run, and keeps what the student has done: observations, hints, answers, solved steps. */
export class GradingService {
  readonly #dependencies: GradingDependencies;
  readonly #stores = new Map<string, ProgressStore>();
  readonly #watches = new Map<string, { watch: CheckWatch; watchers: number }>();
  readonly #latest = new Map<string, Map<string, CheckObservation>>();

  constructor(dependencies: GradingDependencies) {
    this.#dependencies = dependencies;
  }

  /** Runs checks now (all, or those named), each until it passes or the limit is over. Throws `input.unknown-check`. */
  async run(runtime: LabRuntime, ids?: readonly string[], options: { limitMilliseconds?: number; signal?: AbortSignal } = {}): Promise<CheckObservation[]> {
    const labId = runtime.loaded.lab.id;
    await this.#load(runtime.loaded);
    return runChecks(runtime, ids, {
      limitMilliseconds: options.limitMilliseconds ?? usualLimit,
      ...(options.signal ? { signal: options.signal } : {}),
      onObservation: (observation) => this.#record(labId, observation),
    });
  }

  /** While at least one caller watches, the checks run continuously. Every `true` wants its `false`. */
  async watch(runtime: LabRuntime, on: boolean): Promise<void> {
    const labId = runtime.loaded.lab.id;
    const known = this.#watches.get(labId);
    if (!on) {
      if (!known) return;
      known.watchers -= 1;
      if (known.watchers <= 0) this.#endWatch(labId);
      return;
    }
    if (known) {
      known.watchers += 1;
      return;
    }
    await this.#load(runtime.loaded);
    const raced = this.#watches.get(labId);
    if (raced) raced.watchers += 1;
    else {
      const latest = (id: string): CheckObservation | undefined => this.#latest.get(labId)?.get(id);
      const watch = new CheckWatch(runtime, latest, (observation) => this.#record(labId, observation), this.#dependencies.timing ?? usualTiming);
      this.#watches.set(labId, { watch, watchers: 1 });
    }
  }

  /** To be called when a lab goes down: nothing is looked at until `labChanged`. Whoever watches goes on watching then. */
  stopWatching(labId: string): void {
    this.#watches.get(labId)?.watch.pause();
  }

  /** To be called after an up or an apply, and when a node starts or dies: everything watched is looked at again at once. */
  labChanged(labId: string): void {
    this.#watches.get(labId)?.watch.changed();
  }

  /** To be called when a command was typed in one of the lab's terminals: failing checks that are watched are looked at soon. */
  labTyped(labId: string): void {
    this.#watches.get(labId)?.watch.typed();
  }

  /** What each check last showed, in the lab's order; `unknown` where nothing was seen yet. */
  async latest(loaded: LoadedLab): Promise<CheckObservation[]> {
    const seen = await this.#load(loaded);
    return loaded.lab.checks.map((check) => seen.get(check.id) ?? { id: check.id, state: "unknown", command: "", output: "", milliseconds: 0 });
  }

  /** The picture that a check last took. Throws `check.no-picture`. */
  picture(loaded: LoadedLab, checkId: string): Promise<Picture> {
    return new PictureStore(this.#dependencies.folderOf(loaded.lab.id)).read(loaded.lab.checks.find((check) => check.id === checkId)?.id ?? "");
  }

  /** Opens the next hint of a step and returns all that are open. Opening is counted and kept. */
  async hint(loaded: LoadedLab, stepId: string): Promise<Localized[]> {
    const step = stepOf(loaded, stepId);
    const store = this.#store(loaded.lab.id);
    const open = (await store.read()).hints[stepId] ?? 0;
    if (open < step.hints.length) {
      await store.change((progress) => void (progress.hints[stepId] = open + 1));
      this.#dependencies.record?.(loaded.lab.id, { type: "hint.opened", step: stepId, number: open + 1 });
    }
    return step.hints.slice(0, open + 1);
  }

  /** Keeps the answer to a question. Throws `input.unknown-question`. */
  async answer(loaded: LoadedLab, questionId: string, answer: string): Promise<void> {
    if (!loaded.lab.steps.some((step) => step.questions.some((question) => question.id === questionId))) {
      throw new RempartError("input.unknown-question", `Lab ${loaded.lab.id} has no question ${questionId}.`, { kind: "input" });
    }
    await this.#store(loaded.lab.id).change((progress) => void (progress.answers[questionId] = answer));
    this.#dependencies.record?.(loaded.lab.id, { type: "question.answered", question: questionId, answer });
  }

  /**
   * Does a step in the student's place: in each round and then for good, applies the network and runs the commands in order; records that it was solved.
   * Throws `input.unknown-step`, `lab.no-solution`, `lab.solution-needs-earlier-step`, `lab.solution-failed`.
   */
  async solve(runtime: LabRuntime, stepId: string): Promise<void> {
    const { loaded } = runtime;
    const step = stepOf(loaded, stepId);
    if (!step.solve) throw new RempartError("lab.no-solution", `Step ${stepId} is not one that can be solved by a command.`, { kind: "input", next: "Read the guide: this step is for looking and thinking." });
    // Before it begins: what passes from now on is not the student's own.
    this.#dependencies.record?.(loaded.lab.id, { type: "step.solved", step: stepId });
    await runSolution(runtime, stepId, step.solve);
    await this.#store(loaded.lab.id).change((progress) => void (progress.solved[stepId] = new Date().toISOString()));
    this.labChanged(loaded.lab.id);
  }

  /** The steps as the contract tells them: text of the guides, checks, opened hints, answers. */
  async describeSteps(loaded: LoadedLab): Promise<{ introduction: Localized; steps: LabDetail["steps"] }> {
    const progress = await this.#store(loaded.lab.id).read();
    const guides = { fr: splitGuide(loaded.guides.fr), en: splitGuide(loaded.guides.en) };
    const checks = new Map(loaded.lab.checks.map((check) => [check.id, check]));
    const steps = loaded.lab.steps.map((step) => ({
      id: step.id,
      title: step.title,
      body: { fr: guides.fr.steps.get(step.id) || step.title.fr, en: guides.en.steps.get(step.id) || step.title.en },
      checks: step.checks.flatMap((id) => {
        const check = checks.get(id);
        return check ? [{ id, title: check.title, ...(check.from === undefined ? {} : { from: check.from }), ...(check.why ? { why: check.why } : {}) }] : [];
      }),
      hintCount: step.hints.length,
      hints: step.hints.slice(0, progress.hints[step.id] ?? 0),
      questions: step.questions.map((question) => ({ ...question, answer: progress.answers[question.id] ?? "" })),
      canSolve: step.solve !== undefined,
      solved: progress.solved[step.id] !== undefined,
    }));
    return { introduction: { fr: guides.fr.introduction || loaded.lab.summary.fr, en: guides.en.introduction || loaded.lab.summary.en }, steps };
  }

  /** A report of the lab was exported. */
  exported(loaded: LoadedLab, at: string): Promise<void> {
    return this.#store(loaded.lab.id).change((progress) => void (progress.exportedAt = at));
  }

  /** Everything kept about a lab, for the report. */
  progress(loaded: LoadedLab): Promise<LabProgress> {
    return this.#store(loaded.lab.id).read();
  }

  /** The student's folder of the lab is about to be removed, or its network was reset: what was seen is no longer true. */
  async forget(labId: string): Promise<void> {
    this.stopWatching(labId);
    await this.#stores.get(labId)?.forget();
    this.#stores.delete(labId);
    this.#latest.delete(labId);
  }

  /** Stops all watching and waits for what is being written. */
  async stop(): Promise<void> {
    for (const labId of [...this.#watches.keys()]) this.#endWatch(labId);
    await Promise.all([...this.#stores.values()].map((store) => store.forget()));
  }

  #endWatch(labId: string): void {
    this.#watches.get(labId)?.watch.stop();
    this.#watches.delete(labId);
  }

  #store(labId: string): ProgressStore {
    const known = this.#stores.get(labId);
    if (known) return known;
    const store = new ProgressStore(this.#dependencies.folderOf(labId));
    this.#stores.set(labId, store);
    return store;
  }

  async #load(loaded: LoadedLab): Promise<Map<string, CheckObservation>> {
    const known = this.#latest.get(loaded.lab.id);
    if (known) return known;
    const progress = await this.#store(loaded.lab.id).read();
    const raced = this.#latest.get(loaded.lab.id);
    if (raced) return raced;
    const seen = new Map(Object.entries(progress.checks));
    this.#latest.set(loaded.lab.id, seen);
    return seen;
  }

  #record(labId: string, observation: CheckObservation): void {
    const seen = this.#latest.get(labId) ?? new Map<string, CheckObservation>();
    this.#latest.set(labId, seen);
    const before = seen.get(observation.id);
    seen.set(observation.id, observation);
    const { id, at, command, measured, picture } = observation;
    if (before?.state !== observation.state || before.summary?.fr !== observation.summary?.fr || before.picture?.digest !== picture?.digest || JSON.stringify(before.measured) !== JSON.stringify(measured)) {
      const keep = (progress: LabProgress): void => {
        progress.checks[id] = observation;
        if (measured && at !== undefined) progress.measured[id] = { at, command, cells: measured };
      };
      // What cannot be kept is still shown; the next change tries again.
      this.#store(labId).change(keep).catch(() => undefined);
    }
    if (observation.state !== "unknown" && observation.state !== "running") this.#dependencies.record?.(labId, { type: "check.changed", check: id, passed: observation.state === "passed", observation });
    if (measured && JSON.stringify(before?.measured) !== JSON.stringify(measured)) this.#dependencies.record?.(labId, { type: "comparison.measured", check: id, command, cells: measured });
    this.#dependencies.emit(labId, observation);
  }
}

function stepOf(loaded: LoadedLab, stepId: string): Step {
  const step = loaded.lab.steps.find((candidate) => candidate.id === stepId);
  if (!step) throw new RempartError("input.unknown-step", `Lab ${loaded.lab.id} has no step ${stepId}.`, { kind: "input", next: `There is: ${loaded.lab.steps.map((candidate) => candidate.id).join(", ")}.` });
  return step;
}

import type { CheckObservation, LabDetail } from "../../playground/contract/contract.ts";

type Step = LabDetail["steps"][number];
export type StepStanding = "done" | "review" | "current" | "todo";

/** A step is finished when it was solved, or all its checks pass; without checks, when its questions are answered. */
export function isFinished(step: Step, checks: Readonly<Record<string, CheckObservation>>): boolean {
  if (step.solved && step.checks.length === 0) return true;
  if (step.checks.length > 0) return step.checks.every((check) => checks[check.id]?.state === "passed");
  return step.questions.length > 0 && step.questions.every((question) => question.answer.trim() !== "");
}

/**
 * A step whose checks are all green before the student did anything (the look around at the start of a lab): it waits to be
 * read. `begun` holds the steps with a check that was once seen failing; one of them finished says the student is past it.
 */
function awaitsReader(steps: readonly Step[], index: number, checks: Readonly<Record<string, CheckObservation>>, begun: ReadonlySet<string>): boolean {
  const step = steps[index];
  if (step === undefined || step.checks.length === 0 || step.solved || begun.has(step.id)) return false;
  if (step.questions.length > 0 && step.questions.every((question) => question.answer.trim() !== "")) return false;
  return isFinished(step, checks) && !steps.slice(index + 1).some((later) => begun.has(later.id) && isFinished(later, checks));
}

/** The steps that have a failing check now: there is something to do in them. */
export function failingSteps(steps: readonly Step[], checks: Readonly<Record<string, CheckObservation>>): string[] {
  return steps.filter((step) => step.checks.some((check) => checks[check.id]?.state === "failed")).map((step) => step.id);
}

/**
 * Where each step stands. What was finished once stays ticked, because a later step may change what an earlier one built; a
 * failing check then marks it "review". The current step is the first that is not ticked.
 */
export function standSteps(steps: readonly Step[], checks: Readonly<Record<string, CheckObservation>>, finishedBefore: ReadonlySet<string>, begun: ReadonlySet<string>): StepStanding[] {
  let hasCurrent = false;
  return steps.map((step, index) => {
    if (isFinished(step, checks) && (finishedBefore.has(step.id) || !awaitsReader(steps, index, checks, begun))) return "done";
    if (finishedBefore.has(step.id)) return step.checks.some((check) => checks[check.id]?.state === "failed") ? "review" : "done";
    if (hasCurrent) return "todo";
    hasCurrent = true;
    return "current";
  });
}

/** Minutes that the steps left will take, at the lab's own estimate, in steps of five. */
export function minutesLeft(total: number, standings: readonly StepStanding[]): number {
  if (standings.length === 0) return total;
  const open = standings.filter((standing) => standing === "current" || standing === "todo").length;
  return Math.max(open > 0 ? 5 : 0, Math.round((total * open) / standings.length / 5) * 5);
}

/** The ids remembered in the lab's layout; anything else is dropped. */
export function readFinished(stored: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(stored) ? stored.filter((one): one is string => typeof one === "string") : []);
}

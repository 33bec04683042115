import type { CheckObservation } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import type { Check, Lab } from "../model/lab.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import { blockedObservation, observeCheck } from "./observeCheck.ts";
import { pollUntilStable, type PollOptions } from "./pollUntilStable.ts";
import { Semaphore } from "./semaphore.ts";

export interface RunOptions extends PollOptions {
  readonly parallelism?: number;
  /** Checks that are tried once, without waiting for them to come true. */
  readonly once?: readonly string[];
  /** Called as soon as each observation is there. */
  readonly onObservation?: (observation: CheckObservation) => void;
}

/**
 * Runs checks, at most four at a time, each negative after its control (which is run too when it was not asked for). Returns
 * the observations in the lab's order. Throws `input.unknown-check`.
 */
export async function runChecks(runtime: LabRuntime, ids: readonly string[] | undefined, options: RunOptions): Promise<CheckObservation[]> {
  const { lab } = runtime.loaded;
  const byId = new Map(lab.checks.map((check) => [check.id, check]));
  const semaphore = new Semaphore(options.parallelism ?? 4);
  const begun = new Map<string, Promise<CheckObservation>>();
  // One limit for the whole run: ten checks that fail take no longer than one.
  const end = Date.now() + options.limitMilliseconds;

  const observe = (check: Check, path: readonly string[] = []): Promise<CheckObservation> => {
    const known = begun.get(check.id);
    if (known) return known;
    const started = observeAfterControl(check, [...path, check.id]);
    begun.set(check.id, started);
    return started;
  };
  const observeAfterControl = async (check: Check, path: readonly string[]): Promise<CheckObservation> => {
    // A control that leads back to its own negative would wait for itself.
    const control = check.control === undefined || path.includes(check.control) ? undefined : byId.get(check.control);
    const controlSeen = control && (await observe(control, path));
    const seen =
      control && controlSeen?.state !== "passed"
        ? blockedObservation(check, control)
        : await pollUntilStable(() => semaphore.run(() => observeCheck(check, runtime)), { ...options, limitMilliseconds: options.once?.includes(check.id) === true ? 0 : end - Date.now() });
    options.onObservation?.(seen);
    return seen;
  };

  await Promise.all(chosenChecks(lab, ids).map((check) => observe(check)));
  const seen = new Map(await Promise.all([...begun].map(async ([id, promise]) => [id, await promise] as const)));
  return lab.checks.flatMap((check) => seen.get(check.id) ?? []);
}

function chosenChecks(lab: Lab, ids: readonly string[] | undefined): readonly Check[] {
  if (!ids) return lab.checks;
  return ids.map((id) => {
    const check = lab.checks.find((candidate) => candidate.id === id);
    if (!check) throw new RempartError("input.unknown-check", `Lab ${lab.id} has no check ${id}.`, { kind: "input", next: `There is: ${lab.checks.map((candidate) => candidate.id).join(", ")}.` });
    return check;
  });
}

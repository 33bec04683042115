import { runChecks } from "../checks/checkRunner.ts";
import type { CheckObservation } from "../contract/contract.ts";
import type { Lab } from "../model/lab.ts";
import type { Localized } from "../model/localized.ts";
import type { GradingService } from "./gradingService.ts";
import { applyLabNetwork, runLabCommands } from "./labSolution.ts";
import type { LabRuntime } from "./labRuntime.ts";

/** One state that a lab promises about itself, and where the running lab does not keep the promise; nothing when it does. */
export interface LabProof {
  /** `start`, `solution`, or the name of a broken variant. */
  readonly scenario: string;
  readonly unexpected: readonly Localized[];
}

const settlingMilliseconds = 12_000;

/** The scenarios of a lab, in the order in which `proveLab` goes through them; of its broken variants the first so many, or all. */
export function scenariosOf(runtime: Pick<LabRuntime, "loaded">, mostVariants = Infinity): string[] {
  return ["start", "solution", ...Object.keys(runtime.loaded.lab.broken).slice(0, mostVariants)];
}

/**
 * Proves a lab that has just been started: at the start the named checks fail and no other does; after the solution all pass;
 * in each broken variant, or in the first so many, the named checks fail and no other does. Leaves the solution running: the last
 * variant's checks must pass again. Throws `lab.solution-failed` where a command fails, and what applying a network throws.
 */
export async function proveLab(runtime: LabRuntime, grading: GradingService, onProof: (proof: LabProof) => void, mostVariants = Infinity): Promise<void> {
  const { lab } = runtime.loaded;
  const steps = lab.steps.filter((step) => step.solve);
  const solution = steps.flatMap((step) => step.solve?.network ?? []).at(-1);

  onProof({ scenario: "start", unexpected: await againstExpectation(runtime, lab.start_fails) });
  for (const step of steps) await grading.solve(runtime, step.id);
  onProof({ scenario: "solution", unexpected: await againstExpectation(runtime, []) });
  const variants = Object.entries(lab.broken).slice(0, mostVariants);
  for (const [index, [name, variant]] of variants.entries()) {
    if (variant.network !== undefined) await applyLabNetwork(runtime, variant.network);
    await runLabCommands(runtime, variant.commands, `the mistake "${name}"`);
    const unexpected = await againstExpectation(runtime, variant.fails);
    if (solution !== undefined) await applyLabNetwork(runtime, solution);
    await takeBack(runtime, name, variant);
    // What was not taken back shows in the next variant; the last has none after it.
    if (index === variants.length - 1) unexpected.push(...(await stillFailing(runtime, variant.fails)));
    onProof({ scenario: name, unexpected });
  }
}

/** Makes good what a variant's commands did: by commands of its own, or by all those of the solution, in order. */
async function takeBack(runtime: LabRuntime, name: string, { commands, undo }: Lab["broken"][string]): Promise<void> {
  if (undo.length > 0) return runLabCommands(runtime, undo, `the undoing of the mistake "${name}"`);
  if (commands.length === 0) return;
  for (const { id, solve } of runtime.loaded.lab.steps) await runLabCommands(runtime, solve?.commands ?? [], `the solution of step "${id}", after the mistake "${name}"`);
}

/** What one look at all checks found: `wronglyPassed` had to fail, `late` had to pass. */
export interface Look {
  readonly wronglyPassed: readonly Localized[];
  readonly late: readonly Localized[];
}

/** Where the lab is not as it should be. */
const againstExpectation = (runtime: LabRuntime, failing: readonly string[]): Promise<Localized[]> =>
  settledFaults((isFirst) => look(runtime, failing, isFirst ? 6 : 1, isFirst ? settlingMilliseconds : 2 * settlingMilliseconds));

/**
 * What is not as it should be once the lab has settled. What failed or was blocked though it should not may have been asked of a busy machine: all is
 * looked at once more, one check at a time. What passed though it should not may have been seen a moment too early, as a connection that its other end
 * has not closed yet: it must fail then, and fail again at a third look, so that no slowness makes a check look as if it could fail.
 */
export async function settledFaults(lookOnce: (isFirst: boolean) => Promise<Look>): Promise<Localized[]> {
  const first = await lookOnce(true);
  if (first.wronglyPassed.length === 0 && first.late.length === 0) return [];
  const second = await lookOnce(false);
  if (first.wronglyPassed.length === 0 || second.wronglyPassed.length > 0) return [...second.wronglyPassed, ...second.late];
  return [...(await lookOnce(false)).wronglyPassed, ...second.late];
}

/** Checks that do not pass though the mistake behind them was taken back. */
async function stillFailing(runtime: LabRuntime, ids: readonly string[]): Promise<Localized[]> {
  const seen = await runChecks(runtime, ids, { limitMilliseconds: 2 * settlingMilliseconds });
  return seen.filter((one) => one.state !== "passed").map(inWords);
}

/** `wronglyPassed`: named checks that passed. `late`: others that failed. A blocked check did not pass, and need not be named: its control is. */
async function look(runtime: LabRuntime, failing: readonly string[], parallelism: number, limitMilliseconds: number): Promise<Look> {
  const seen = await runChecks(runtime, undefined, { limitMilliseconds, once: failing, parallelism });
  const late = seen.filter((one) => !failing.includes(one.id) && (one.state === "failed" || (failing.length === 0 && one.state !== "passed")));
  const none = failing.length > 0 && !seen.some((one) => one.state === "failed") ? [{ fr: "aucune vérification n’échoue", en: "no check failed" }] : [];
  return { wronglyPassed: [...seen.filter((one) => failing.includes(one.id) && one.state === "passed").map(inWords), ...none], late: late.map(inWords) };
}

/** Told of what was not expected alone: what passed had to fail. */
const stateWords: Readonly<Record<CheckObservation["state"], Localized>> = {
  passed: { fr: "réussit, et devait échouer", en: "passed, and had to fail" },
  failed: { fr: "échoue, et devait réussir", en: "failed, and had to pass" },
  blocked: { fr: "est bloquée par son témoin", en: "blocked" },
  running: { fr: "n’a pas fini", en: "running" },
  unknown: { fr: "n’a pas eu lieu", en: "unknown" },
};

function inWords(seen: CheckObservation): Localized {
  const inLanguage = (language: keyof Localized): string =>
    [`${seen.id} ${stateWords[seen.state][language]}${language === "fr" ? " :" : ":"}`, seen.summary?.[language], seen.command === "" ? undefined : `[${seen.command}]`, seen.output.slice(0, 300)].filter((part) => part !== undefined && part !== "").join(" ");
  return { fr: inLanguage("fr"), en: inLanguage("en") };
}

import { runChecks } from "../checks/checkRunner.ts";
import type { CheckObservation } from "../contract/contract.ts";
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

/** How a lab is proved, where not as strictly and as fully as can be. */
export interface ProofOptions {
  /** Of the broken variants the first so many; all by default. */
  readonly mostVariants?: number;
  /**
   * Where it is given, a state that was not reached is brought about once more, as a student would who did a step and saw its check fail; it is told
   * of each time, with the reason. Without it nothing is done twice: whoever writes a lab wants to hear of a solution that works only mostly.
   */
  readonly onRepeat?: (scenario: string, reason: string) => void;
}

/**
 * Proves a lab that has just been started: at the start the named checks fail and no other does; after the solution all pass;
 * in each broken variant, or in the first so many, the named checks fail and no other does. Leaves the solution running.
 */
export async function proveLab(runtime: LabRuntime, grading: GradingService, onProof: (proof: LabProof) => void, { mostVariants = Infinity, onRepeat }: ProofOptions = {}): Promise<void> {
  const { lab } = runtime.loaded;
  const steps = lab.steps.filter((step) => step.solve);
  const solution = steps.flatMap((step) => step.solve?.network ?? []).at(-1);
  const telling = (scenario: string): ((reason: string) => void) | undefined => onRepeat && ((reason) => onRepeat(scenario, reason));
  const commandsAgain = async (why: string): Promise<void> => {
    for (const { id, solve } of steps) await runLabCommands(runtime, solve?.commands ?? [], `the solution of step "${id}", ${why}`);
  };

  onProof({ scenario: "start", unexpected: await againstExpectation(runtime, lab.start_fails) });
  for (const step of steps) await atMostTwice(() => grading.solve(runtime, step.id), () => undefined, telling(`solution of step "${step.id}"`));
  const solved = (): Promise<Localized[]> => againstExpectation(runtime, []);
  onProof({ scenario: "solution", unexpected: await atMostTwice(solved, firstFault, telling("solution"), async () => (await commandsAgain("a second time"), solved())) });
  for (const [name, variant] of Object.entries(lab.broken).slice(0, mostVariants)) {
    const mistake = async (): Promise<Localized[]> => {
      if (variant.network !== undefined) await applyLabNetwork(runtime, variant.network);
      await runLabCommands(runtime, variant.commands, `the mistake "${name}"`);
      return againstExpectation(runtime, variant.fails);
    };
    const mended = async (): Promise<void> => {
      if (solution !== undefined) await applyLabNetwork(runtime, solution);
      // The solution's commands make good what a variant's commands did.
      if (variant.commands.length > 0) await commandsAgain(`after the mistake "${name}"`);
    };
    onProof({ scenario: name, unexpected: await atMostTwice(mistake, firstFault, telling(name), async () => (await mended(), mistake())) });
    await atMostTwice(mended, () => undefined, telling(`solution after "${name}"`));
  }
}

const firstFault = (faults: readonly Localized[]): string | undefined => faults[0]?.en;

/**
 * What the work gives; where `onRepeat` is there and the work threw or `faultOf` finds a fault, the reason is told, and what counts is what `again` gives, or the
 * work itself done once more.
 */
export async function atMostTwice<Value>(work: () => Promise<Value>, faultOf: (value: Value) => string | undefined, onRepeat: ((reason: string) => void) | undefined, again = work): Promise<Value> {
  let reason: string | undefined;
  try {
    const value = await work();
    reason = faultOf(value);
    if (onRepeat === undefined || reason === undefined) return value;
  } catch (error) {
    if (onRepeat === undefined) throw error;
    reason = error instanceof Error ? error.message : String(error);
  }
  onRepeat(reason);
  return again();
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

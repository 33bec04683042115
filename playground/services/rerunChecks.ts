import { runChecks } from "../checks/checkRunner.ts";
import type { CheckGrade, ClassRow, RerunOutcome } from "../contract/classTable.ts";
import type { CheckObservation } from "../contract/contract.ts";
import { isPassed } from "../grading/gradeReport.ts";
import { plainLine } from "../grading/plainText.ts";
import type { Lab, Localized } from "../model/lab.ts";
import type { LabRuntime } from "./labRuntime.ts";

/** How long a lab that was just started may take until its checks come true. */
const settlingMilliseconds = 20_000;

/**
 * Runs all checks of a lab, hidden ones included, in a lab that runs with a student's network, and writes beside each what came out.
 * Hidden checks get their points by it; those of the student keep theirs, for whoever grades knows why one may fail here.
 */
export async function rerunChecks(runtime: LabRuntime, row: ClassRow, lab: Lab, options: { limitMilliseconds?: number; signal?: AbortSignal; onObservation?: (observation: CheckObservation) => void } = {}): Promise<ClassRow> {
  if (!row.grade) return row;
  const seen = await runChecks(withChecks(runtime, lab), undefined, { limitMilliseconds: settlingMilliseconds, ...options });
  const byId = new Map(seen.map((observation) => [observation.id, observation]));
  const byHand = checksDoneByHand(lab);
  const checks = row.grade.checks.map((check): CheckGrade => {
    const observation = byId.get(check.check);
    if (!observation) return check;
    const passes = observation.state === "passed";
    if (check.hidden) return { ...check, outcome: passes ? "passed" : "failed", points: passes ? check.of : 0, rerun: "same", reasons: [reasonOf(observation)] };
    return { ...check, rerun: outcomeOf(check, passes, byHand), ...(passes ? {} : { reasons: [...check.reasons, reasonOf(observation)] }) };
  });
  const failing = checks.filter((check) => check.rerun === "fails").length;
  return {
    ...row,
    verdict: { ...row.verdict, reasons: [...row.verdict.reasons, failing === 0 ? words.proved : words.fails(failing)] },
    grade: { ...row.grade, checks, points: Math.round(checks.reduce((sum, { points }) => sum + points, 0) * 100) / 100, passed: checks.filter(isPassed).length },
  };
}

function outcomeOf(check: CheckGrade, passes: boolean, byHand: ReadonlySet<string>): RerunOutcome {
  const passed = check.outcome === "passed" || check.outcome === "earlier";
  if (passed === passes) return "same";
  if (passes) return "passes";
  return byHand.has(check.check) ? "by-hand" : "fails";
}

/** Checks of steps that are solved by commands in machines, and of all steps after these, which build on them. */
export function checksDoneByHand(lab: Pick<Lab, "steps">): ReadonlySet<string> {
  const first = lab.steps.findIndex(({ solve }) => solve !== undefined && [...solve.rounds, solve].some(({ commands }) => commands.length > 0));
  return new Set(first < 0 ? [] : lab.steps.slice(first).flatMap(({ checks }) => checks));
}

/** The same lab that runs, judged by other checks. */
export function withChecks(runtime: LabRuntime, lab: Lab): LabRuntime {
  return {
    loaded: { ...runtime.loaded, lab },
    cloud: () => runtime.cloud(),
    interpolate: (text) => runtime.interpolate(text),
    exec: (node, command, options) => runtime.exec(node, command, options),
    observeRoute: (node, destination) => runtime.observeRoute(node, destination),
    kubernetes: (cluster, object) => runtime.kubernetes(cluster, object),
    keepPicture: (check, png) => runtime.keepPicture(check, png),
    applyNetwork: (text) => runtime.applyNetwork(text),
  };
}

function reasonOf({ summary, command }: CheckObservation): Localized {
  const line = (text: string | undefined): string => plainLine(`${text ?? "—"}${command === "" ? "" : ` (${command})`}`, 240);
  return { fr: `ici : ${line(summary?.fr)}`, en: `here: ${line(summary?.en)}` };
}

const words = {
  proved: { fr: "Nouvel essai : aucune réussite n’est démentie ici.", en: "Second run: no pass is contradicted here." },
  fails: (count: number) => ({ fr: `Nouvel essai : réussites du rapport qui échouent ici : ${count}.`, en: `Second run: passes of the report that fail here: ${count}.` }),
};

import type { CheckObservation } from "../contract/contract.ts";
import type { Cloud } from "../model/cloud.ts";
import type { GradingRules } from "../model/grading.ts";
import type { Check, Localized } from "../model/lab.ts";
import type { CheckGrade } from "../contract/classTable.ts";
import { judgeByNetwork } from "./judgeHidden.ts";
import { judgeEvidence, type Evidence, type Interpolate } from "./judgeEvidence.ts";

/** One time that a check showed something else than before. */
export interface SeenCheck {
  /** Number of the event. */
  readonly n: number;
  readonly passed: boolean;
  readonly observation: CheckObservation;
  /** Works out the values of the network that was in force: asked for only where they are needed. */
  readonly interpolate: () => Interpolate;
  /** Work of the student up to it. */
  readonly workMilliseconds: () => number;
}

export interface CheckHistory {
  readonly seen: readonly SeenCheck[];
  /** Numbers of the events that opened hints of the check's steps. */
  readonly hints: readonly number[];
  /** Number of the event with which Rempart was asked to do a step of the check. */
  readonly solvedAt: number | undefined;
  /** The network in force at the end. */
  readonly network: string | undefined;
}

interface Judging {
  readonly hidden: ReadonlySet<string>;
  readonly isSameLab: boolean;
  readonly cloudOf: (network: string) => Cloud | undefined;
}

/** What a check is worth by what was seen of it. */
export function gradeCheck(check: Check, history: CheckHistory, rules: GradingRules, { hidden, isSameLab, cloudOf }: Judging): CheckGrade {
  const base = { check: check.id, title: check.title, hidden: hidden.has(check.id), of: check.points, hints: history.hints.length };
  if (base.hidden) {
    const cloud = history.network === undefined ? undefined : cloudOf(history.network);
    const passes = cloud && judgeByNetwork(check, cloud);
    const outcome = passes === undefined ? "unproven" : passes ? "passed" : "failed";
    return { ...base, points: passes ? check.points : 0, hints: 0, outcome, evidence: "none", attempts: 0, reasons: [passes === undefined ? reasons.unproven : reasons.predicted] };
  }
  const last = history.seen.at(-1);
  if (!last) return { ...base, points: 0, outcome: "never", evidence: "none", attempts: 0, reasons: [reasons.never] };
  const firstPass = history.seen.find(({ passed }) => passed);
  const counted = history.seen.filter(({ n, observation }) => (firstPass === undefined || n <= firstPass.n) && (observation.state === "passed" || observation.state === "failed"));
  const minutes = firstPass === undefined ? {} : { minutes: Math.round(firstPass.workMilliseconds() / 60_000) };
  const found = last.passed ? { outcome: "passed" as const, share: 1, because: undefined } : shareOf(check, last, firstPass, rules);
  // What a check passed with is judged again; where it failed, nobody gains by a forged observation.
  const evidence = firstPass === undefined ? "none" : evidenceOf(check, last.passed ? last : firstPass, isSameLab);
  const said: Localized[] = found.because ? [found.because] : [];
  let { share } = found;
  if (evidence === "contradicted") {
    share = 0;
    said.push(reasons.contradicted);
  }
  const wasSolved = firstPass !== undefined && history.solvedAt !== undefined && history.solvedAt < firstPass.n;
  if (wasSolved && share > 0) {
    share *= rules.solved;
    said.push(reasons.solved(rules.solved));
  }
  const hintsBefore = history.hints.filter((n) => firstPass === undefined || n < firstPass.n).length;
  if (hintsBefore > 0 && rules.hint > 0 && share > 0) {
    share *= Math.max(0, 1 - rules.hint * hintsBefore);
    said.push(reasons.hints(hintsBefore, rules.hint));
  }
  return { ...base, points: check.points * share, outcome: found.outcome, evidence, attempts: counted.length, ...minutes, reasons: said };
}

function evidenceOf(check: Check, seen: SeenCheck, isSameLab: boolean): Evidence {
  const evidence = judgeEvidence(check, seen.observation, seen.interpolate());
  return evidence === "contradicted" && !isSameLab && seen.observation.state === "passed" ? "undecided" : evidence;
}

/** Of a check that fails at the end: for what it came to see, or for having passed before, whichever is more. */
function shareOf(check: Check, last: SeenCheck, firstPass: SeenCheck | undefined, rules: GradingRules): { outcome: CheckGrade["outcome"]; share: number; because: Localized | undefined } {
  const output = last.observation.output.slice(0, 8192);
  const partial = check.points > 0 ? check.partial.find((candidate) => new RegExp(candidate.output, "m").test(output)) : undefined;
  const partialShare = partial ? partial.points / check.points : 0;
  if (firstPass && rules.earlier_pass >= partialShare) return { outcome: "earlier", share: rules.earlier_pass, because: reasons.earlier(rules.earlier_pass) };
  if (partial) return { outcome: "partial", share: partialShare, because: partial.because };
  return { outcome: firstPass ? "earlier" : "failed", share: firstPass ? rules.earlier_pass : 0, because: last.observation.state === "blocked" ? reasons.blocked : last.observation.summary };
}

const percent = (share: number): number => Math.round(share * 100);

const reasons = {
  never: { fr: "jamais vérifié", en: "never checked" },
  predicted: { fr: "vérification cachée, jugée d’après le réseau rendu", en: "hidden check, judged by the network handed in" },
  unproven: { fr: "vérification cachée : seul un nouvel essai (--rerun) la juge", en: "hidden check: only a second run (--rerun) judges it" },
  blocked: { fr: "ne prouve rien : son témoin échouait", en: "proves nothing: its control failed" },
  contradicted: { fr: "l’observation enregistrée ne montre pas une réussite", en: "the recorded observation does not show a pass" },
  earlier: (share: number) => ({ fr: `réussie plus tôt, échouait à la fin : ${percent(share)} %`, en: `passed earlier, failed at the end: ${percent(share)}%` }),
  solved: (share: number) => ({ fr: `étape faite par Rempart : ${percent(share)} %`, en: `step done by Rempart: ${percent(share)}%` }),
  hints: (count: number, share: number) => ({ fr: `${count} indice${count > 1 ? "s" : ""} : −${percent(share * count)} %`, en: `${count} hint${count > 1 ? "s" : ""}: −${percent(share * count)}%` }),
};

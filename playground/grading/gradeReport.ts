import type { Cloud } from "../model/cloud.ts";
import { interpolate } from "../model/interpolate.ts";
import type { Check, Lab } from "../model/lab.ts";
import type { AttemptEvent } from "../reports/attemptEvents.ts";
import { gradeCheck, type CheckHistory, type SeenCheck } from "./gradeCheck.ts";
import type { CheckGrade, ReportGrade } from "../contract/classTable.ts";
import { workTime } from "./workTime.ts";

export interface GradingContext {
  /** With the instructor's weights and hidden checks, if there are any (`withInstructorFile`). */
  readonly lab: Lab;
  /** Ids of checks that the student never had. */
  readonly hidden: ReadonlySet<string>;
  /** Whether the report was made with this very lab: a check that asks otherwise now says nothing against what was seen then. */
  readonly isSameLab: boolean;
  /** The cloud of a text of `network.yml` in this lab; undefined where the text does not hold together. */
  readonly cloudOf: (network: string) => Cloud | undefined;
}

type Event<Type extends AttemptEvent["type"]> = Extract<AttemptEvent, { type: Type }>;
const ofType = <Type extends AttemptEvent["type"]>(events: readonly AttemptEvent[], type: Type): Event<Type>[] => events.filter((event): event is Event<Type> => event.type === type);

/**
 * Computes the grade of an attempt from its events alone. What counts is the best of the moments at which something ended: the lab
 * was stopped, a drill began, or the report was exported. So neither a later start from nothing nor a fault put in on purpose takes
 * away what was done.
 */
export function gradeReport(events: readonly AttemptEvent[], context: GradingContext): ReportGrade {
  const { lab } = context;
  const histories = new Map(lab.checks.map((check) => [check.id, historyOf(check, events, context)]));
  let best: CheckGrade[] = [];
  for (const end of endsOf(events)) {
    const grades = lab.checks.map((check) => gradeCheck(check, historyUntil(histories.get(check.id), end), lab.grading, context));
    if (best.length === 0 || pointsOf(grades) >= pointsOf(best)) best = grades;
  }
  const questions = new Set(lab.steps.flatMap((step) => step.questions.map((question) => question.id)));
  const answers = new Map(ofType(events, "question.answered").map((event) => [event.question, event.answer.trim()]));
  const moments = events.filter((event) => event.type !== "report.exported").map((event) => event.at);
  return {
    points: rounded(pointsOf(best)),
    of: rounded(lab.checks.reduce((sum, check) => sum + check.points, 0)),
    passed: best.filter(isPassed).length,
    checks: best,
    applied: ofType(events, "network.applied").length,
    hints: new Set(ofType(events, "hint.opened").map((event) => `${event.step}\n${event.number}`)).size,
    solved: [...new Set(ofType(events, "step.solved").map((event) => event.step))].filter((step) => lab.steps.some(({ id }) => id === step)),
    answered: [...questions].filter((question) => (answers.get(question) ?? "") !== "").length,
    questions: questions.size,
    minutes: Math.round(workTime(moments) / 60_000),
    startedAt: moments[0] ?? "",
    finishedAt: moments.at(-1) ?? "",
  };
}

/** More often than a student starts a lab; a file of which it is true all the same was made to keep us busy. */
const endsLookedAt = 300;

/** Numbers (`n`) of the events before which something ended after a check had changed, the last of them, and one beyond all. */
function endsOf(events: readonly AttemptEvent[]): number[] {
  const ends: number[] = [];
  let hasChanged = false;
  for (const event of events) {
    if (event.type === "check.changed") hasChanged = true;
    else if (hasChanged && (event.type === "lab.stopped" || event.type === "lab.started" || event.type === "drill.started")) {
      ends.push(event.n);
      hasChanged = false;
    }
  }
  return [...ends.slice(-endsLookedAt), Infinity];
}

/** What the events say of one check, with the network that was in force each time. */
function historyOf(check: Check, events: readonly AttemptEvent[], { lab, cloudOf }: GradingContext): CheckHistory {
  const steps = lab.steps.filter((step) => step.checks.includes(check.id)).map((step) => step.id);
  const seen: SeenCheck[] = [];
  const hints: number[] = [];
  let solvedAt: number | undefined;
  let network: string | undefined;
  const moments: string[] = [];
  for (const event of events) {
    moments.push(event.at);
    if (event.type === "network.applied") network = event.network;
    else if (event.type === "hint.opened" && steps.includes(event.step)) hints.push(event.n);
    else if (event.type === "step.solved" && steps.includes(event.step)) solvedAt ??= event.n;
    else if (event.type === "check.changed" && event.check === check.id) {
      const inForce = network;
      const fill = (): ((text: string) => string) | undefined => {
        const cloud = inForce === undefined ? undefined : cloudOf(inForce);
        return cloud && ((text) => interpolate(text, cloud));
      };
      let worked: number | undefined;
      seen.push({ n: event.n, passed: event.passed, observation: event.observation, interpolate: fill, workMilliseconds: () => (worked ??= workTime(moments, event.at)) });
    }
  }
  return { seen, hints, solvedAt, network };
}

function historyUntil(history: CheckHistory | undefined, end: number): CheckHistory {
  if (!history) return { seen: [], hints: [], solvedAt: undefined, network: undefined };
  return { ...history, seen: history.seen.filter(({ n }) => n < end) };
}

/** Passed in the end, and nothing that was seen says otherwise. */
export const isPassed = ({ outcome, evidence }: CheckGrade): boolean => outcome === "passed" && evidence !== "contradicted";
const pointsOf = (checks: readonly CheckGrade[]): number => checks.reduce((sum, check) => sum + check.points, 0);
/** Shares of points have no end in decimals: two are kept. */
export const rounded = (points: number): number => Math.round(points * 100) / 100;

import type { CheckGrade, ClassRow, ReportGrade } from "../contract/classTable.ts";
import type { Localized } from "../model/lab.ts";
import { gradeReport, type GradingContext } from "./gradeReport.ts";
import { plainLine, plainText } from "./plainText.ts";
import { type ReadReport, seedOf, type Unreadable } from "./readReport.ts";
import { verdictOf } from "./verdictOf.ts";

/** A lab as reports are judged by it. */
export interface GradedLab extends Omit<GradingContext, "isSameLab"> {
  /** As the first event of a report made with it names it. */
  readonly digest: string;
}

const answerLimit = 4000;

/**
 * The row of a file in a class table: what can be said of it, and its grade, also where it was altered, for whoever decides wants to
 * see both. Every text of the stranger's in it is made harmless.
 */
export function classRow(file: string, reading: ReadReport | Unreadable, labOf: (id: string, seed: number | null) => GradedLab | undefined): ClassRow {
  if (reading.kind !== "report") return { file: plainLine(file), student: "", group: "", course: "", date: "", lab: "", rempart: "", verdict: verdictOf(reading, undefined), answers: [], counts: false };
  const { report, events } = reading;
  const seed = seedOf(reading);
  const graded = labOf(report.lab.id, seed);
  const state = graded === undefined ? "unknown" : graded.digest === report.lab.digest ? "same" : "other-version";
  const grade = graded && harmless(gradeReport(events, { ...graded, isSameLab: state === "same" }));
  const { student, group, course, date } = report.identity;
  const verdict = verdictOf(reading, state);
  return {
    file: plainLine(file),
    student: plainLine(student, 100),
    group: plainLine(group, 100),
    course: plainLine(course, 100),
    date: plainLine(date, 50),
    lab: plainLine(report.lab.id, 60),
    labTitle: graded ? graded.lab.title : bothLines(report.lab.title, 100),
    ...(seed === null ? {} : { seed }),
    rempart: plainLine(report.rempart, 40),
    verdict: { ...verdict, message: bothLines(verdict.message, 300), reasons: [...verdict.reasons.map((reason) => bothLines(reason, 300)), ...(grade ? doubts(grade) : [])] },
    ...(grade ? { grade } : {}),
    answers: graded ? answersOf(graded, events) : [],
    counts: true,
  };
}

function bothLines({ fr, en }: Localized, limit: number): Localized {
  return { fr: plainLine(fr, limit) || "—", en: plainLine(en, limit) || "—" };
}

/** Reasons hold what checks once saw, as the file tells it. */
function harmless(grade: ReportGrade): ReportGrade {
  return { ...grade, startedAt: plainLine(grade.startedAt, 40), finishedAt: plainLine(grade.finishedAt, 40), checks: grade.checks.map((check): CheckGrade => ({ ...check, reasons: check.reasons.map((reason) => bothLines(reason, 240)) })) };
}

function doubts(grade: ReportGrade): Localized[] {
  const contradicted = grade.checks.filter((check) => check.evidence === "contradicted").length;
  if (contradicted === 0) return [];
  return [{ fr: `Réussites que leur propre observation dément : ${contradicted}. Elles ne comptent pas.`, en: `Passes that their own observation contradicts: ${contradicted}. They do not count.` }];
}

function answersOf({ lab }: GradedLab, events: ReadReport["events"]): ClassRow["answers"] {
  const last = new Map(events.flatMap((event) => (event.type === "question.answered" ? [[event.question, event.answer] as const] : [])));
  return lab.steps.flatMap((step) => step.questions.map((question) => ({ question: question.text, answer: plainText(last.get(question.id) ?? "", answerLimit) })));
}

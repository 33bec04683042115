import { z } from "zod";
import { localizedSchema } from "../model/localized.ts";

/** What becomes of a folder of reports: a row for each file, its grade, and who may have copied from whom. All texts in it are harmless. */

/** How a check stands at the moment that counts. `unproven`: a hidden one that only a second run can judge. */
export const checkOutcomeSchema = z.enum(["passed", "earlier", "partial", "failed", "never", "unproven"]);
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/**
 * What a second run on this machine showed beside the report. `fails`: it passed there, and does not here. `by-hand`: the same, but its step, or one
 * before it, is done by hand in machines, which a report cannot repeat. `passes`: it passes here, though it did not there.
 */
export const rerunOutcomeSchema = z.enum(["same", "fails", "by-hand", "passes"]);
export type RerunOutcome = z.infer<typeof rerunOutcomeSchema>;

/** One check of one report. `attempts` counts what was seen of it until it passed. */
export const checkGradeSchema = z.object({
  check: z.string(),
  title: localizedSchema,
  hidden: z.boolean(),
  points: z.number(),
  of: z.number(),
  outcome: checkOutcomeSchema,
  /** Whether the recorded observation shows the pass that it stands for; `none` where there was none to show. */
  evidence: z.enum(["confirmed", "contradicted", "undecided", "none"]),
  attempts: z.number().int(),
  hints: z.number().int(),
  /** Minutes of work until it first passed; absent where it never did. */
  minutes: z.number().optional(),
  reasons: z.array(localizedSchema),
  rerun: rerunOutcomeSchema.optional(),
});
export type CheckGrade = z.output<typeof checkGradeSchema>;

/** The grade of one report, computed from its events. */
export const reportGradeSchema = z.object({
  points: z.number(),
  of: z.number(),
  passed: z.number().int(),
  checks: z.array(checkGradeSchema),
  /** How often a network was applied. */
  applied: z.number().int(),
  hints: z.number().int(),
  /** Steps that Rempart did in the student's place. */
  solved: z.array(z.string()),
  answered: z.number().int(),
  questions: z.number().int(),
  /** Of work: a pause of more than a quarter of an hour is not counted. */
  minutes: z.number(),
  startedAt: z.string(),
  finishedAt: z.string(),
});
export type ReportGrade = z.output<typeof reportGradeSchema>;

export const verdictStateSchema = z.enum(["intact", "altered", "truncated", "not-a-report", "too-big", "newer-format"]);
export type VerdictState = z.infer<typeof verdictStateSchema>;

/** What can be said of a file before it is graded. */
export const verdictSchema = z.object({
  state: verdictStateSchema,
  /** `other-version`: the lab of this machine has other files than the one that the report was made with. */
  lab: z.enum(["same", "other-version", "unknown"]).optional(),
  /** One sentence, then what else there is to say. */
  message: localizedSchema,
  reasons: z.array(localizedSchema),
});
export type Verdict = z.output<typeof verdictSchema>;

export const classRowSchema = z.object({
  /** Its path in the folder. */
  file: z.string(),
  student: z.string(),
  group: z.string(),
  course: z.string(),
  date: z.string(),
  /** Id of the lab; empty where the file is no report. */
  lab: z.string(),
  labTitle: localizedSchema.optional(),
  /** Which variant of the lab it was done in; absent where everybody has the same. */
  seed: z.number().int().optional(),
  rempart: z.string(),
  verdict: verdictSchema,
  /** Absent where the file is no report, or of a lab that this machine does not have. */
  grade: reportGradeSchema.optional(),
  answers: z.array(z.object({ question: localizedSchema, answer: z.string() })),
  /** False where the same student handed in a better report of the lab. */
  counts: z.boolean(),
});
export type ClassRow = z.output<typeof classRowSchema>;

/** Two reports that have something in common. `certain`: it cannot have come about twice. `likely`, `hint`: worth a question. */
export const copySchema = z.object({
  files: z.tuple([z.string(), z.string()]),
  students: z.tuple([z.string(), z.string()]),
  lab: z.string(),
  strength: z.enum(["certain", "likely", "hint"]),
  reasons: z.array(localizedSchema),
});
export type Copy = z.output<typeof copySchema>;

export const classTableSchema = z.object({
  folder: z.string(),
  rows: z.array(classRowSchema),
  copies: z.array(copySchema),
  milliseconds: z.number(),
});
export type ClassTable = z.output<typeof classTableSchema>;

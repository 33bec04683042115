import { z } from "zod";
import { localizedSchema } from "./lab.ts";
import { pathQuestionSchema } from "./path.ts";

/** Something that was looked at on the way to a fault, and when. */
export const drillEvidenceSchema = z.object({
  at: z.string(),
  what: z.enum(["path", "machine", "log", "check", "scan", "dns", "terminal", "apply", "repair"]),
  /** Which machine, check, path or resource. */
  about: z.string(),
});
export type DrillEvidence = z.infer<typeof drillEvidenceSchema>;

/** One fault of a drill, with what tells that it is repaired. */
export const drillPartSchema = z.object({
  id: z.string(),
  text: localizedSchema,
  path: pathQuestionSchema.optional(),
  check: z.string().optional(),
});
export type DrillPart = z.infer<typeof drillPartSchema>;

/** An exercise: faults drawn by a seed, hidden, to be found and repaired. */
export const drillRecordSchema = z.object({
  seed: z.string(),
  difficulty: z.number().int().min(1).max(3),
  startedAt: z.string(),
  repairedAt: z.string().optional(),
  /** When the student gave up and looked. */
  revealedAt: z.string().optional(),
  parts: z.array(drillPartSchema),
  /** Checks that passed before, and must again. */
  baseline: z.array(z.string()),
  evidence: z.array(drillEvidenceSchema),
  /** Resources that were written again though nothing was wrong with them. */
  missed: z.array(z.string()),
});
export type DrillRecord = z.infer<typeof drillRecordSchema>;

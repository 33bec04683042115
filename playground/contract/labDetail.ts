import { z } from "zod";
import { groupSchema, localizedSchema } from "../model/lab.ts";
import { labSceneSchema } from "../model/labScene.ts";
import { labId, labPhaseSchema } from "./labStatus.ts";

export const labSummarySchema = z.object({
  id: labId,
  title: localizedSchema,
  summary: localizedSchema,
  group: groupSchema,
  minutes: z.number(),
  memoryMegabytes: z.number(),
  buildsOn: z.array(z.string()),
  phase: labPhaseSchema,
  passedChecks: z.number(),
  totalChecks: z.number(),
  /** When a report of it was last exported. */
  exportedAt: z.string().optional(),
  nodeCount: z.number(),
});

const stepSchema = z.object({
  id: z.string(),
  title: localizedSchema,
  /** Markdown of the step, per language. */
  body: localizedSchema,
  checks: z.array(z.object({ id: z.string(), title: localizedSchema, from: z.string().optional(), why: localizedSchema.optional() })),
  hintCount: z.number(),
  /** Only those the student has opened. */
  hints: z.array(localizedSchema),
  questions: z.array(z.object({ id: z.string(), text: localizedSchema, answer: z.string() })),
  canSolve: z.boolean(),
  solved: z.boolean(),
});

export const labDetailSchema = labSummarySchema.extend({ introduction: localizedSchema, steps: z.array(stepSchema), scenes: z.array(labSceneSchema).default([]), ours: z.boolean() });

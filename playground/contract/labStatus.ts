import { z } from "zod";
import { measuredCellSchema } from "../model/comparison.ts";
import { localizedSchema } from "../model/lab.ts";
import { nodeStateSchema } from "../model/topology.ts";

/** What a window is told of a lab that runs; part of the contract in `contract.ts`. */

export const labId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/);

export const labPhaseSchema = z.enum(["stopped", "starting", "running", "stopping", "applying", "broken"]);

/** A picture that a check took. Its bytes are asked for with `checks.picture`, so that an event stays small. */
export const evidencePictureSchema = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/).describe("SHA-256 of the PNG: another picture has another one"),
  bytes: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  caption: localizedSchema,
});
export type EvidencePicture = z.infer<typeof evidencePictureSchema>;

export const checkObservationSchema = z.object({
  id: z.string(),
  state: z.enum(["unknown", "running", "passed", "failed", "blocked"]).describe("blocked: its positive control fails, so a negative proves nothing"),
  command: z.string().default(""),
  output: z.string().default(""),
  /** One line that says what was seen, in both languages. */
  summary: localizedSchema.optional(),
  picture: evidencePictureSchema.optional(),
  at: z.string().optional(),
  milliseconds: z.number().default(0),
  /** What the output says for the cells of comparison tables; only while the check passes. */
  measured: z.array(measuredCellSchema).optional(),
});

export const nodeStatusSchema = z.object({
  name: z.string(),
  state: nodeStateSchema,
  restarts: z.number().default(0),
  since: z.string().optional(),
  memoryBytes: z.number().optional(),
  /** What its cable was told to lose or to delay; absent when it does neither. */
  impairment: z.object({ lossPercent: z.number(), delayMilliseconds: z.number() }).optional(),
});

export const labStatusSchema = z.object({
  lab: labId,
  phase: labPhaseSchema,
  nodes: z.array(nodeStatusSchema),
  memoryBytes: z.number(),
  /** Differences between what should run and what was observed, and what was mended in the last minute, in words; empty when all is well. */
  findings: z.array(localizedSchema),
  checks: z.array(checkObservationSchema),
  outputs: z.record(z.string(), z.string()),
  folder: z.string(),
  /** Whether there is anything to see of DNS. */
  hasDns: z.boolean().default(false),
});

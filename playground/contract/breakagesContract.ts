import { z } from "zod";
import { breakageOfferSchema, breakageSchema } from "../model/breakage.ts";
import { drillEvidenceSchema } from "../model/drillRecord.ts";
import { localizedSchema } from "../model/lab.ts";
import { labId } from "./labStatus.ts";
import { method } from "./method.ts";

/** What is broken on purpose in a lab that runs, and exercises made of it; part of the contract in `contract.ts`. */

export const drillStatusSchema = z.object({
  seed: z.string(),
  difficulty: z.number(),
  state: z.enum(["broken", "repaired", "revealed"]),
  startedAt: z.string(),
  /** From the start until it was repaired; until now while it is not. */
  milliseconds: z.number(),
  /** How many faults there are. */
  faults: z.number(),
  /** What they were: told once they are repaired, or the student gave up. */
  parts: z.array(z.object({ text: localizedSchema, mended: z.boolean() })),
  /** What was looked at on the way, each once, in the order of the first look. */
  evidence: z.array(drillEvidenceSchema),
  /** Resources that were written again though nothing was wrong with them. */
  missed: z.array(z.string()),
});
export type DrillStatus = z.infer<typeof drillStatusSchema>;

export const breakageStateSchema = z.object({
  /** Whether what is broken is a secret: `breakages` is empty then, and only what is felt shows. */
  hidden: z.boolean(),
  breakages: z.array(breakageSchema.extend({ id: z.string(), text: localizedSchema, at: z.string(), by: z.string() })),
  /** What can be broken; empty while the lab does not run. */
  offers: z.array(breakageOfferSchema),
  drill: drillStatusSchema.optional(),
});
export type BreakageState = z.infer<typeof breakageStateSchema>;

const lab = z.object({ lab: labId });

export const breakagesMethods = {
  "breakages.get": method(lab, breakageStateSchema),
  /** Breaks something, named by its id or by words that begin only one. Loss and delay are of `impair`. Fails with `input.unknown-breakage`, `lab.breakage-not-ready`, `machine.no-netem`. */
  "breakages.make": method(
    z.object({ lab: labId, breakage: z.string().max(1000), lossPercent: z.number().min(0).max(100).optional(), delayMilliseconds: z.number().min(0).max(5000).optional(), hide: z.boolean().optional().describe("hide it, and whatever else is broken") }),
    breakageStateSchema,
  ),
  "breakages.undo": method(z.object({ lab: labId, breakage: z.string().max(1000) }), breakageStateSchema),
  /** Also ends a drill. */
  "breakages.undoAll": method(lab, breakageStateSchema),
  "breakages.hide": method(z.object({ lab: labId, hidden: z.boolean() }), breakageStateSchema),
  /** What a student does: writes one resource (`route_tables.foo-public`) again as network.yml has it; an instance that is off is started. Tells whether anything differed. */
  "breakages.repair": method(z.object({ lab: labId, resource: z.string().max(300) }), z.object({ changed: z.boolean() })),
  /** Breaks what a seed draws, and hides it. Fails with `lab.already-broken`, `lab.nothing-to-break`. */
  "drills.start": method(z.object({ lab: labId, seed: z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u), difficulty: z.number().int().min(1).max(3).default(1) }), drillStatusSchema),
  /** Looks whether it is repaired. Fails with `lab.no-drill`. */
  "drills.judge": method(lab, drillStatusSchema),
} as const;

export const breakagesEvents = {
  /** Something was broken, mended, hidden or shown. */
  "breakages.changed": z.object({ lab: labId }),
} as const;

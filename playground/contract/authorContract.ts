import { z } from "zod";
import { faultSchema } from "../model/errors.ts";
import { localizedSchema } from "../model/lab.ts";
import { seedSchema } from "../model/variants.ts";
import { checkObservationSchema, labId } from "./labStatus.ts";
import { method } from "./method.ts";

const lab = z.object({ lab: labId });
const nothing = z.object({});

/** Texts of a lab's folder by their path in it. */
export const labFilesSchema = z.record(z.string().max(100), z.string().max(1_000_000));
export type LabFiles = z.infer<typeof labFilesSchema>;

const savedSchema = z.object({
  /** Changes whenever a file does; a write with another one is refused (`input.changed-on-disk`). */
  revision: z.string(),
  /** Of all files at once, in every variant; a faulty lab is kept, but not offered. */
  faults: z.array(faultSchema),
});
export const labDraftSchema = savedSchema.extend({ lab: labId, folder: z.string(), files: labFilesSchema });
export type LabDraft = z.infer<typeof labDraftSchema>;

export const ownLabSchema = z.object({ lab: labId, title: localizedSchema, faults: z.number(), folder: z.string() });
export type OwnLab = z.infer<typeof ownLabSchema>;

/** `unexpected`: what was seen that the lab does not promise. */
export const scenarioProofSchema = z.object({ scenario: z.string(), state: z.enum(["waiting", "running", "proved", "refuted"]), unexpected: z.array(localizedSchema), milliseconds: z.number().optional() });
export type ScenarioProof = z.infer<typeof scenarioProofSchema>;
const proofSchema = z.object({ lab: labId, scenarios: z.array(scenarioProofSchema) });

/** Making labs of one's own, and the variants of labs by seed. */
export const authorMethods = {
  "variants.get": method(lab, z.object({ seed: seedSchema.optional(), combinations: z.number().meta({ description: "1 where the lab has no variants" }), values: z.record(z.string(), z.string()) })),
  /** Before the first start. Fails with `input.no-variants`, `lab.seed-taken`. */
  "variants.choose": method(z.object({ lab: labId, seed: seedSchema }), nothing),

  "studio.list": method(nothing, z.object({ labs: z.array(ownLabSchema), templates: z.array(z.object({ id: z.string(), title: localizedSchema })) })),
  /** Fails with `input.lab-id-taken`, `input.unknown-template`. */
  "studio.create": method(z.object({ lab: labId, title: localizedSchema, template: z.string() }), labDraftSchema),
  "studio.read": method(lab, labDraftSchema),
  /** Writes all files and removes those that are no longer named. */
  "studio.write": method(z.object({ lab: labId, files: labFilesSchema, revision: z.string() }), savedSchema),
  "studio.remove": method(lab, nothing),
  /** Starts the lab if need be and brings it to one of its networks, so that checks can be tried. Fails with `input.invalid-lab` and as `labs.up` does. */
  "studio.run": method(z.object({ lab: labId, network: z.string() }), nothing),
  /** Runs a check as written, once, on the running lab. Fails with `input.invalid-check`, `lab.not-running`. */
  "studio.try": method(z.object({ lab: labId, check: z.record(z.string(), z.unknown()) }), checkObservationSchema),
  /** Proves the lab from its start to its last broken variant; stops it, and forgets the student's files, before and after. Cancelled by the task `prove:LAB`. */
  "studio.prove": method(lab, proofSchema),
  /** The lab as one file, in base64. */
  "studio.pack": method(lab, z.object({ name: z.string(), data: z.base64() })),
  /** Takes a lab from such a file. Fails with `input.not-a-lab-file`, `input.lab-file-too-large`, `input.lab-id-taken`, `input.invalid-lab`. */
  "studio.unpack": method(z.object({ data: z.base64().max(3_500_000) }), ownLabSchema),
} as const;

export const authorEvents = {
  /** How far a proof is. */
  "studio.proof": proofSchema,
} as const;

import { z } from "zod";
import { checkObservationSchema } from "../contract/labStatus.ts";
import { measuredCellSchema } from "../model/comparison.ts";

/**
 * What is written down of an attempt while the student works: `attempt.jsonl` in their folder of the lab, one event a line.
 * The schemas read what Rempart writes; whoever checks a chain hashes the raw JSON, before anything is filled in.
 */

const hex = z.string().regex(/^[0-9a-f]{64}$/);
/** Longer than any output that Rempart keeps. */
const text = z.string().max(1_000_000);
const name = z.string().max(200);

const linkFields = {
  n: z.number().int().min(0),
  at: z.iso.datetime(),
  previous: hex,
  hash: hex,
};
const event = <Type extends string, Fields extends z.ZodRawShape>(type: Type, fields: Fields) => z.object({ ...linkFields, type: z.literal(type), ...fields });

/** What the student types about themselves for the front of the report; nothing else about them is in it. */
export const identitySchema = z.object({
  student: z.string().trim().max(200).default(""),
  group: z.string().trim().max(200).default(""),
  course: z.string().trim().max(200).default(""),
  /** As it is to stand there. */
  date: z.string().trim().max(100).default(""),
});
export type Identity = z.output<typeof identitySchema>;

export const reportFormatSchema = z.enum(["html", "pdf", "md", "json"]);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

/** A plan without its attributes: how many resources of which kind come, go and change. */
const plannedSchema = z.object({
  create: z.number().int(),
  change: z.number().int(),
  replace: z.number().int(),
  destroy: z.number().int(),
  changes: z.array(z.object({ action: z.enum(["create", "change", "replace", "destroy"]), kind: name, name })),
});

export const attemptEventSchema = z.discriminatedUnion("type", [
  /** The first of a chain. `digest`: SHA-256 over the files of the lab (`labDigest`), so that a report is judged with the lab that it was made with. */
  event("attempt.started", { attempt: name, lab: z.object({ id: name, digest: hex }), rempart: name, platform: name, language: z.enum(["fr", "en"]), seed: z.number().int().nullable() }),
  event("lab.started", {}),
  event("lab.stopped", {}),
  /** The network in force from now on: the text of `network.yml`, what of it differed, and the addresses of its machines by name. */
  event("network.applied", { network: text, plan: plannedSchema, addresses: z.record(name, name) }),
  /** A check shows another state than it last did, with all that was seen. */
  event("check.changed", { check: name, passed: z.boolean(), observation: checkObservationSchema }),
  /** `number` from 1. */
  event("hint.opened", { step: name, number: z.number().int().min(1) }),
  /** Rempart was asked to do the step in the student's place; written before it begins. */
  event("step.solved", { step: name }),
  event("question.answered", { question: name, answer: text }),
  event("comparison.measured", { check: name, command: text, cells: z.array(measuredCellSchema) }),
  event("terminals.consent", { given: z.boolean() }),
  /** A line typed in a terminal and what it printed; `node` is null for a shell of the student's own computer. Only while there is consent. `entered`: when, for it is written down once the next is begun. */
  event("terminal.command", { node: name.nullable(), command: text, output: text, entered: z.iso.datetime().optional() }),
  /** Faults were put into the running lab, to be found. What they are is told when they are repaired. */
  event("drill.started", { drill: name, seed: z.number().int().nullable(), faults: z.number().int().min(0) }),
  /** `evidence`: what was looked at on the way, each once, in order; `missed`: resources written again though nothing was wrong with them. */
  event("drill.repaired", { drill: name, faults: z.array(text), milliseconds: z.number().min(0), evidence: z.array(text).default([]), missed: z.array(text).default([]) }),
  /** What stood on the front of a report that was exported. */
  event("report.exported", { format: reportFormatSchema, identity: identitySchema }),
]);
export type AttemptEvent = z.infer<typeof attemptEventSchema>;
export type AttemptEventType = AttemptEvent["type"];

type WithoutLink<Event> = Event extends AttemptEvent ? Omit<Event, "n" | "at" | "previous" | "hash"> : never;
/** An event as a service tells it: its place in the chain is given by the log. */
export type ToldEvent = WithoutLink<AttemptEvent>;

import { z } from "zod";
import { comparisonTableSchema } from "../contract/comparisonTable.ts";
import { localizedSchema } from "../model/localized.ts";
import { identitySchema } from "./attemptEvents.ts";
import { hashOf } from "./chain.ts";

/** Id of the script element of an HTML report that holds the same report as JSON. */
export const reportElement = "rempart-report";

/**
 * A report as data: the JSON export, and what every HTML export carries. `events` is left raw here: the chain is checked on
 * what stands in the file, and each event is read with `attemptEventSchema` then.
 */
export const reportSchema = z.object({
  format: z.literal("rempart-report"),
  version: z.literal(1),
  identity: identitySchema,
  lab: z.object({ id: z.string().max(200), title: localizedSchema, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  /** The random id of the attempt, as in the first event. */
  attempt: z.string().max(200),
  /** The version of Rempart that wrote the report; the one that recorded stands in the first event. */
  rempart: z.string().max(200),
  language: z.enum(["fr", "en"]),
  exportedAt: z.iso.datetime(),
  events: z.array(z.unknown()).max(200_000),
  /** `network.yml` as it was at the export. */
  network: z.string().max(1_000_000),
  /** The student's other files of the lab, by name. */
  files: z.record(z.string().max(200), z.string().max(200_000)),
  /** The lab's comparison tables as filled at the export, in this lab and in others. */
  tables: z.array(comparisonTableSchema),
  /** Pictures that checks took, as PNG in base64, by their digest. */
  pictures: z.record(z.string(), z.base64()),
  seal: z.string(),
});
export type Report = z.output<typeof reportSchema>;

/** Hash over everything of a report but the seal. Takes raw JSON. Throws `report.too-deep`. */
export function sealOf(report: Readonly<Record<string, unknown>>): string {
  return hashOf(report, "seal");
}

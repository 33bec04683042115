import { z } from "zod";
import { labId } from "./labStatus.ts";

/** Reports of a student's attempt; part of the contract in `contract.ts`. */

/** What the student types about themselves; the date is written as it is to stand there. */
export const reportIdentitySchema = z.object({ student: z.string().max(200).default(""), group: z.string().max(200).default(""), course: z.string().max(200).default(""), date: z.string().max(100).default("") });
export type ReportIdentity = z.output<typeof reportIdentitySchema>;

export const reportFormats = ["html", "pdf", "md", "json"] as const;
const nothing = z.object({});

export const reportMethods = {
  /** What there is to report of a lab, and what the student last typed. Works without an engine. */
  "reports.state": {
    params: z.object({ lab: labId }),
    result: z.object({
      identity: reportIdentitySchema,
      events: z.number().int(),
      startedAt: z.string().optional(),
      exportedAt: z.string().optional(),
      /** Whether terminals of this lab are written down from now on, and how many commands were. */
      consent: z.boolean(),
      commands: z.number().int(),
      /** Whether this computer has what makes a PDF of an HTML page. */
      canPrint: z.boolean(),
    }),
  },
  /** Only while the student agrees is anything of a terminal written down. */
  "reports.consent": { params: z.object({ lab: labId, given: z.boolean() }), result: nothing },
  /**
   * Makes a report and keeps it until a few others were made; `reports.read` fetches it. A preview is HTML without its data, and is not written down as an export.
   * Fails with `report.nothing-recorded`, `report.no-printer`, `report.print-failed`.
   */
  "reports.make": {
    params: z.object({ lab: labId, format: z.enum(reportFormats), identity: reportIdentitySchema, language: z.enum(["fr", "en"]).optional(), preview: z.boolean().default(false) }),
    result: z.object({ report: z.string(), name: z.string(), mediaType: z.string(), bytes: z.number().int() }),
  },
  /** A part of a report, in base64, from a byte on; `next` is absent at its end. Fails with `report.gone`. */
  "reports.read": {
    params: z.object({ report: z.string(), from: z.number().int().min(0) }),
    result: z.object({ data: z.base64(), next: z.number().int().optional() }),
  },
} as const;

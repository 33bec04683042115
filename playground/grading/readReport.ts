import { type AttemptEvent, attemptEventSchema, type Identity } from "../reports/attemptEvents.ts";
import { type ChainFault, chainFaults } from "../reports/chain.ts";
import { embeddedReport } from "../reports/embeddedReport.ts";
import { isPageAsSealed } from "../reports/pageSeal.ts";
import { type Report, reportElement, reportSchema, sealOf } from "../reports/reportSchema.ts";
import { scanJson } from "./scanJson.ts";

/** Larger than any report: a file beyond it is not read. In bytes. */
export const reportSizeLimit = 32_000_000;
/** Several times what the largest report has: they are an answer to files that were made to be too much. */
const jsonLimits = { depth: 60, containers: 1_000_000, values: 4_000_000 };

/** Why a file is no report that can be judged. */
export type Unreadable =
  | { readonly kind: "too-big" }
  | { readonly kind: "truncated" }
  | { readonly kind: "not-a-report"; readonly looksLike: "nothing" | "pdf" | "page" | "json" | "damaged" | "several" }
  | { readonly kind: "newer-format" };

/** What in a report does not belong together. `event`: its number in the file, from 1. `header`: a field outside the events. */
export type Alteration =
  | { readonly at: "event"; readonly event: number; readonly fault: ChainFault["kind"] }
  | { readonly at: "header"; readonly field: "attempt" | "lab" | "identity" | "seal" | "page" };

/** A report that could be read, with everything in it that was altered after Rempart wrote it. */
export interface ReadReport {
  readonly kind: "report";
  readonly report: Report;
  /** Those that this version understands, in their order. */
  readonly events: readonly AttemptEvent[];
  readonly alterations: readonly Alteration[];
}

/**
 * Reads the text of a JSON or HTML report as data from a stranger: nothing of it is run, and what cannot be trusted to be
 * a report is told apart from what was one. Never throws.
 */
export function readReport(text: string): ReadReport | Unreadable {
  const found = jsonOf(text);
  if (typeof found !== "string") return found;
  const scan = scanJson(found, jsonLimits);
  if (scan === "too-many") return { kind: "too-big" };
  if (scan === "too-deep") return { kind: "not-a-report", looksLike: "json" };
  if (scan === "unfinished") return found.slice(0, 200_000).includes('"rempart-report"') || text !== found ? { kind: "truncated" } : { kind: "not-a-report", looksLike: "nothing" };
  let raw: unknown;
  try {
    raw = JSON.parse(found);
  } catch {
    return { kind: "not-a-report", looksLike: found.includes('"rempart-report"') ? "damaged" : "nothing" };
  }
  if (!isRecord(raw) || raw["format"] !== "rempart-report") return { kind: "not-a-report", looksLike: "json" };
  if (typeof raw["version"] === "number" && raw["version"] > 1) return { kind: "newer-format" };
  const parsed = reportSchema.safeParse(raw);
  if (!parsed.success) return { kind: "not-a-report", looksLike: "damaged" };
  const report = parsed.data;
  const events = report.events.flatMap((event) => {
    const read = attemptEventSchema.safeParse(event);
    return read.success ? [read.data] : [];
  });
  const alterations = alterationsOf(raw, report, events);
  // Who reads the page alone sees what it shows, and not what its data say.
  if (alterations.length === 0 && text !== found && !isPageAsSealed(text)) alterations.push({ at: "header", field: "page" });
  return { kind: "report", report, events, alterations };
}

/** The seed of the student's variant; null where the lab is the same for everybody. */
export function seedOf({ events }: Pick<ReadReport, "events">): number | null {
  return events.find((event) => event.type === "attempt.started")?.seed ?? null;
}

/** What stands in the head of every page that Rempart exports. */
const madeByUs = /<meta name="generator" content="Rempart">/;

/** The JSON in a file: all of it, or what the report's element of a page holds. */
function jsonOf(text: string): string | Unreadable {
  const begin = text.slice(0, 1000).trimStart();
  if (begin.startsWith("{")) return text;
  if (begin.startsWith("%PDF")) return { kind: "not-a-report", looksLike: "pdf" };
  if (!begin.startsWith("<")) return { kind: "not-a-report", looksLike: "nothing" };
  const embedded = embeddedReport(text);
  if (embedded !== undefined) return embedded;
  const mark = `id="${reportElement}"`;
  const at = text.indexOf(mark);
  if (at >= 0 && text.includes(mark, at + 1)) return { kind: "not-a-report", looksLike: "several" };
  // Without its end, neither a page of ours nor the element in it is the whole of what was exported.
  if (at >= 0 || (madeByUs.test(begin) && !/<\/html>\s*$/i.test(text.slice(-200)))) return { kind: "truncated" };
  return { kind: "not-a-report", looksLike: /^<!doctype html|^<html/i.test(begin) ? "page" : "nothing" };
}

function alterationsOf(raw: Readonly<Record<string, unknown>>, report: Report, events: readonly AttemptEvent[]): Alteration[] {
  const faults = chainFaults(report.events);
  const found: Alteration[] = faults.map(({ index, kind }) => ({ at: "event", event: index + 1, fault: kind }));
  const first = events.find((event) => event.type === "attempt.started");
  if (report.events.length === 0) found.push({ at: "event", event: 1, fault: "start" });
  if (first && first.attempt !== report.attempt) found.push({ at: "header", field: "attempt" });
  if (first && (first.lab.id !== report.lab.id || first.lab.digest !== report.lab.digest)) found.push({ at: "header", field: "lab" });
  const exported = events.findLast((event) => event.type === "report.exported");
  if (!exported || !sameIdentity(exported.identity, report.identity)) found.push({ at: "header", field: "identity" });
  // Whoever changed an event has changed what the seal is over, too: it is told where nothing else says where.
  if (found.length === 0 && sealOf(raw) !== report.seal) found.push({ at: "header", field: "seal" });
  return found;
}

function sameIdentity(one: Identity, other: Identity): boolean {
  return one.student === other.student && one.group === other.group && one.course === other.course && one.date === other.date;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { CheckObservation } from "../contract/contract.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import { chainEvent, type Link } from "../reports/chain.ts";
import { embedReport } from "../reports/embeddedReport.ts";
import { pageSealPlace, sealPage } from "../reports/pageSeal.ts";
import { sealOf } from "../reports/reportSchema.ts";

/** For tests: what a student did, in order, each so many seconds after the one before. */
export type TestStep = ToldEvent & { readonly after?: number };

export interface TestReportOptions {
  readonly student?: string;
  readonly group?: string;
  readonly attempt?: string;
  readonly lab?: string;
  readonly digest?: string;
  readonly seed?: number | null;
  /** Milliseconds since 1970 of the first event. */
  readonly start?: number;
  readonly steps?: readonly TestStep[];
  readonly network?: string;
}

export type RawReport = Record<string, unknown> & { events: Record<string, unknown>[]; seal: string };

/** For tests: a report as Rempart writes one, chained and sealed. */
export function testReport(options: TestReportOptions = {}): RawReport {
  const { student = "Alice Martin", group = "A", attempt = `attempt of ${student}`, lab = "test-lab", digest = "a".repeat(64), seed = null, start = Date.parse("2026-11-28T09:00:00Z") } = options;
  const identity = { student, group, course: "Réseaux", date: "2026-11-28" };
  const told: TestStep[] = [
    { type: "attempt.started", attempt, lab: { id: lab, digest }, rempart: "0.1.0", platform: "linux x64", language: "fr", seed },
    ...(options.steps ?? []),
    { type: "report.exported", format: "json", identity },
  ];
  let time = start;
  let before: Link | undefined;
  const events = told.map(({ after = 30, ...event }) => {
    time += after * 1000;
    const chained = chainEvent({ ...event, at: new Date(time).toISOString() }, before);
    before = chained;
    return chained as unknown as Record<string, unknown>;
  });
  const report = {
    format: "rempart-report",
    version: 1,
    identity,
    lab: { id: lab, title: { fr: "Essai", en: "Test" }, digest },
    attempt,
    rempart: "0.1.0",
    language: "fr",
    exportedAt: new Date(time).toISOString(),
    events,
    network: options.network ?? "vpcs: {}\n",
    files: {},
    tables: [],
    pictures: {},
    seal: "",
  };
  return sealed(report);
}

/** Seals a report anew, as somebody does who knows how. */
export function sealed(report: Record<string, unknown> & { events: Record<string, unknown>[] }): RawReport {
  return { ...report, seal: sealOf(report) };
}

/** Chains events anew from the first on. */
export function rechained(events: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  let before: Link | undefined;
  return events.map(({ n: _n, previous: _previous, hash: _hash, ...event }) => {
    const chained = chainEvent(event as { type: string; at: string }, before);
    before = chained;
    return chained as unknown as Record<string, unknown>;
  });
}

/** The report as the HTML export carries it. */
export function asPage(report: unknown): string {
  return sealPage(`<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="generator" content="Rempart">${pageSealPlace}<title>Rapport</title></head><body><h1>Rapport</h1>${embedReport(report)}</body></html>\n`);
}

/** An observation of a check that passed, or failed, as it is recorded. */
export function seenCheck(check: string, passed: boolean, observation: Partial<CheckObservation> = {}): TestStep {
  return { type: "check.changed", check, passed, observation: { id: check, state: passed ? "passed" : "failed", command: "", output: "", milliseconds: 20, at: "2026-11-28T09:01:00.000Z", ...observation } };
}

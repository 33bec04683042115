import { buildTopology } from "../model/buildTopology.ts";
import { exportMermaid } from "../model/exportMermaid.ts";
import type { Lab } from "../model/lab.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { bindPunctuation } from "../model/typography.ts";
import { readAttempt } from "./attempt.ts";
import type { Block, Piece, ReportDocument } from "./blocks.ts";
import { shorten, stepBlocks, type ReportParts } from "./checkBlocks.ts";
import { drawNetwork, momentsOf, type Moment } from "./moments.ts";
import type { Report } from "./reportSchema.ts";
import { reportTexts } from "./reportTexts.ts";
import { reportTimes } from "./reportTimes.ts";
import { timelineBlocks, timeOf } from "./timeline.ts";

/** A report as a document to read, in its language. `lab` is the lab that it was made with; `timeZone` that of this computer by default. */
export function reportDocument(report: Report, lab: Lab, timeZone?: string): ReportDocument {
  const attempt = readAttempt(report.events);
  const texts = reportTexts(report.language);
  const times = reportTimes(report.language, attempt.events.map(({ at }) => at), timeZone);
  const parts: ReportParts = { report, lab, attempt, texts, times, pick: (text) => bindPunctuation(text[report.language]) };
  const { student, group, course, date } = report.identity;
  const given = (text: string): string => (text === "" ? texts.notGiven : text);
  return {
    language: report.language,
    kicker: texts.report,
    title: parts.pick(report.lab.title),
    subtitle: parts.pick(lab.summary),
    front: [[texts.student, given(student)], [texts.group, given(group)], [texts.course, given(course)], [texts.date, date === "" ? times.day(report.exportedAt) : date]],
    blocks: [...overviewBlocks(parts), ...networkBlocks(parts), ...stepBlocks(parts), ...comparisonBlocks(parts), ...terminalBlocks(parts), ...timelineBlocks(parts), ...fileBlocks(parts), ...proofBlocks(parts)],
  };
}

function overviewBlocks({ lab, attempt, texts, times, pick }: ReportParts): Block[] {
  const passes = (id: string): boolean => attempt.checks.get(id)?.last.state === "passed";
  const minutes = Math.round(attempt.workedMilliseconds / 60_000);
  const first = attempt.events[0]?.at;
  const last = attempt.events.findLast((event) => event.type !== "report.exported")?.at;
  const rows = lab.steps.map((step, index): Piece[] => {
    const passed = step.checks.filter(passes).length;
    return [
      { text: `${index + 1}. ${pick(step.title)}` },
      step.checks.length === 0 ? { text: texts.notGiven, tone: "muted" } : { text: texts.checksPassed(passed, step.checks.length), tone: passed === step.checks.length ? "good" : "bad" },
      { text: step.hints.length === 0 ? texts.notGiven : texts.checksPassed(attempt.hints.get(step.id) ?? 0, step.hints.length) },
      { text: attempt.solved.has(step.id) ? texts.yes : texts.no },
    ];
  });
  return [
    { kind: "heading", level: 2, text: texts.overview },
    { kind: "figures", facts: [
      [texts.checks, texts.checksPassed(lab.checks.filter(({ id }) => passes(id)).length, lab.checks.length)],
      [texts.hints, String([...attempt.hints.values()].reduce((sum, count) => sum + count, 0))],
      [texts.solved, String(attempt.solved.size)],
      [texts.time, texts.hours(Math.floor(minutes / 60), minutes % 60)],
    ] },
    { kind: "facts", facts: [...(first === undefined ? [] : [[texts.began, { text: times.long(first) }] as const]), ...(last === undefined ? [] : [[texts.ended, { text: times.long(last) }] as const])] },
    ...(rows.length === 0 ? [] : [{ kind: "table" as const, head: [texts.step, texts.stepChecks, texts.stepHints, texts.stepSolved], rows, narrow: [1, 2, 3] }]),
  ];
}

function networkBlocks(parts: ReportParts): Block[] {
  const { attempt, texts } = parts;
  const moments = momentsOf(attempt);
  if (moments.length === 0) return [];
  const left = attempt.events.filter((event) => event.type === "network.applied").length - moments.length;
  return [
    { kind: "heading", level: 2, text: texts.network, newPage: true },
    ...(moments.length > 1 ? [{ kind: "paragraph" as const, text: texts.networkIntroduction, tone: "muted" as const }] : []),
    ...moments.flatMap((moment, index) => momentBlocks(moment, index === 0, parts)),
    ...(left > 0 ? [{ kind: "paragraph" as const, text: texts.omitted(left), tone: "muted" as const }] : []),
  ];
}

function momentBlocks(moment: Moment, isFirst: boolean, { lab, report, texts, times, pick }: ReportParts): Block[] {
  const { applied, number } = moment;
  const { plan } = applied;
  const heading = (moment.isStart ? texts.momentStart : texts.momentApplied)(number, times.moment(applied.at));
  const titles = (ids: readonly string[]): string[] => ids.map((id) => pick(lab.checks.find((check) => check.id === id)?.title ?? { fr: id, en: id }));
  // At the start everything is new: outlined, it would all look chosen.
  const svg = drawNetwork(lab, applied.network, report.language, heading, isFirst || moment.isStart ? [] : plan.changes);
  const counts = texts.planCounts(plan.create, plan.change, plan.replace, plan.destroy);
  const picture: Block[] = [
    { kind: "heading", level: 3, text: heading },
    { kind: "paragraph", text: texts.resources(counts), tone: "muted" },
    svg === undefined ? { kind: "paragraph", text: texts.notDrawn, tone: "muted" } : { kind: "drawing", svg, mermaid: mermaidOf(lab, applied.network), caption: heading },
  ];
  return [
    { kind: "group", blocks: picture },
    ...(moment.passed.length > 0 ? [{ kind: "list" as const, label: texts.thenPassed, items: titles(moment.passed), tone: "good" as const }] : []),
    ...(moment.failed.length > 0 ? [{ kind: "list" as const, label: texts.thenFailed, items: titles(moment.failed), tone: "bad" as const }] : []),
  ];
}

function mermaidOf(lab: Lab, networkText: string): string {
  const { network } = parseNetworkFile(networkText);
  return network === undefined ? "" : exportMermaid(buildTopology(resolveCloud(lab, network)));
}

function comparisonBlocks({ report, texts, pick }: ReportParts): Block[] {
  if (report.tables.length === 0) return [];
  return [
    { kind: "heading", level: 2, text: texts.comparisons, newPage: true },
    ...report.tables.flatMap((table): Block[] => [
      { kind: "heading", level: 3, text: pick(table.title) },
      {
        kind: "table",
        head: ["", ...table.columns.map((column) => pick(column.title))],
        rows: table.rows.map((row): Piece[] => [
          { text: row.agrees === undefined ? pick(row.title) : `${pick(row.title)} (${row.agrees ? texts.agrees : texts.differs})` },
          ...row.cells.map((cell): Piece => {
            const course = cell.course === undefined ? "" : ` (${texts.courseSays} ${pick(cell.course)})`;
            return cell.measured === undefined ? { text: `${texts.notMeasured}${course}`, tone: "muted" } : { text: `${pick(cell.measured.text)}${course}` };
          }),
        ]),
      },
      ...(table.note === undefined ? [] : [{ kind: "paragraph" as const, text: pick(table.note), tone: "muted" as const }]),
    ]),
  ];
}

function terminalBlocks({ attempt, texts, times }: ReportParts): Block[] {
  if (!attempt.hadConsent) return [{ kind: "heading", level: 2, text: texts.terminals }, { kind: "paragraph", text: texts.terminalsWithout, tone: "muted" }];
  return [
    { kind: "heading", level: 2, text: texts.terminals },
    { kind: "paragraph", text: texts.terminalsIntroduction, tone: "muted" },
    ...attempt.commands.map((event): Block => ({ kind: "code", label: `${times.moment(timeOf(event))} · ${event.node ?? texts.ownComputer}`, text: `$ ${event.command}\n${shorten(event.output, texts)}`.trimEnd() })),
  ];
}

function fileBlocks({ report, texts }: ReportParts): Block[] {
  const files = Object.entries(report.files);
  return [
    { kind: "heading", level: 2, text: texts.finalNetwork },
    { kind: "code", label: "network.yml", text: report.network.trimEnd() },
    ...(files.length === 0 ? [] : [{ kind: "heading" as const, level: 2 as const, text: texts.files }, ...files.map(([name, text]): Block => ({ kind: "code", label: name, text: text.trimEnd() }))]),
  ];
}

function proofBlocks({ report, attempt, texts, times }: ReportParts): Block[] {
  const { started, events, faults } = attempt;
  const last = events.at(-1)?.hash ?? "";
  const mono = (text: string): Piece => ({ text, mono: true });
  return [
    { kind: "heading", level: 2, text: texts.proof },
    { kind: "paragraph", text: texts.proofIntroduction, tone: "muted" },
    { kind: "facts", facts: [
      [texts.lab, mono(report.lab.id)],
      ...(started?.seed === undefined || started.seed === null ? [] : [[texts.seed, mono(String(started.seed))] as const]),
      [texts.attempt, mono(report.attempt)],
      [texts.chain, faults.length === 0 ? { text: texts.chainWhole(events.length), tone: "good" } : { text: texts.chainBroken(faults.length), tone: "bad" }],
      [texts.lastHash, mono(last)],
      [texts.seal, mono(report.seal)],
      [texts.labDigest, mono(report.lab.digest)],
      ...(started === undefined ? [] : [[texts.recordedWith, { text: `Rempart ${started.rempart}` }] as const, [texts.platform, mono(started.platform)] as const]),
      [texts.exportedWith, { text: `Rempart ${report.rempart}` }],
      [texts.exportedAt, { text: times.long(report.exportedAt) }],
    ] },
  ];
}

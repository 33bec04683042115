import { bindPunctuation } from "../model/typography.ts";
import type { AttemptEvent } from "./attemptEvents.ts";
import type { Block, Piece, Tone } from "./blocks.ts";
import type { ReportParts } from "./checkBlocks.ts";

/** A timeline on paper ends somewhere; the data has all of it. */
const maximumRows = 400;

/** Everything that happened, one line each; commands in a row, and checks that show the same within seconds, are one line. */
export function timelineBlocks(parts: ReportParts): Block[] {
  const { attempt, texts, times } = parts;
  const rows: { at: string; piece: Piece }[] = [];
  for (const run of runsOf(attempt.events.toSorted((one, other) => Date.parse(timeOf(one)) - Date.parse(timeOf(other))))) {
    const [event] = run;
    if (event === undefined) continue;
    const piece = run.length > 1 ? pieceOfRun(event, run, parts) : pieceOf(event, parts);
    rows.push({ at: timeOf(event), piece: piece.mono === true ? piece : { ...piece, text: bindPunctuation(piece.text) } });
  }
  const shown = rows.slice(0, maximumRows);
  return [
    { kind: "heading", level: 2, text: texts.timeline },
    { kind: "table", head: [texts.when, texts.what], narrow: [0], rows: shown.map(({ at, piece }) => [{ text: times.moment(at), mono: true }, piece]) },
    ...(rows.length > shown.length ? [{ kind: "paragraph" as const, text: texts.moreLines(rows.length - shown.length), tone: "muted" as const }] : []),
  ];
}

/** A command is written down once the next is begun, and stands where it was typed. */
export function timeOf(event: AttemptEvent): string {
  return event.type === "terminal.command" ? (event.entered ?? event.at) : event.at;
}

const sameMomentMilliseconds = 10_000;

/** Events in a row that are one line. */
function runsOf(events: readonly AttemptEvent[]): AttemptEvent[][] {
  const runs: AttemptEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const first = run?.[0];
    const isSame = first !== undefined && (event.type === "terminal.command"
      ? first.type === event.type
      : event.type === "check.changed" && first.type === event.type && first.observation.state === event.observation.state && Date.parse(event.at) - Date.parse(first.at) <= sameMomentMilliseconds);
    if (isSame) run?.push(event);
    else runs.push([event]);
  }
  return runs;
}

function pieceOfRun(first: AttemptEvent, run: readonly AttemptEvent[], { lab, texts, pick }: ReportParts): Piece {
  if (first.type !== "check.changed") return { text: texts.events.commands(run.length), tone: "muted" };
  const titles = run.map((event) => (event.type === "check.changed" ? pick(lab.checks.find((check) => check.id === event.check)?.title ?? { fr: event.check, en: event.check }) : ""));
  return { text: `${texts.events.checks[first.observation.state]}${titles.join(" · ")}`, tone: toneOf(first) };
}

function toneOf(event: Extract<AttemptEvent, { type: "check.changed" }>): Tone {
  return event.passed ? "good" : event.observation.state === "failed" ? "bad" : "muted";
}

function pieceOf(event: AttemptEvent, { lab, texts, pick }: ReportParts): Piece {
  const words = texts.events;
  const checkTitle = (id: string): string => pick(lab.checks.find((check) => check.id === id)?.title ?? { fr: id, en: id });
  const stepTitle = (id: string): string => pick(lab.steps.find((step) => step.id === id)?.title ?? { fr: id, en: id });
  const questionText = (id: string): string => pick(lab.steps.flatMap((step) => step.questions).find((question) => question.id === id)?.text ?? { fr: id, en: id });
  switch (event.type) {
    case "attempt.started": return { text: words.attemptStarted };
    case "lab.started": return { text: words.labStarted };
    case "lab.stopped": return { text: words.labStopped };
    case "network.applied": return { text: words.applied(texts.planCounts(event.plan.create, event.plan.change, event.plan.replace, event.plan.destroy)) };
    case "check.changed": return { text: words.check(checkTitle(event.check), texts.state[event.observation.state]), tone: toneOf(event) };
    case "hint.opened": return { text: words.hint(event.number, stepTitle(event.step)) };
    case "step.solved": return { text: words.solved(stepTitle(event.step)) };
    case "question.answered": return { text: words.answered(questionText(event.question)) };
    case "comparison.measured": return { text: words.measured(checkTitle(event.check)), tone: "muted" };
    case "terminals.consent": return { text: words.consent(event.given) };
    case "terminal.command": return { text: event.command, mono: true };
    case "drill.started": return { text: words.drill(event.drill, event.faults) };
    case "drill.repaired": return { text: words.repaired(event.drill, event.faults.join(", "), Math.round(event.milliseconds / 1000), event.evidence) };
    case "report.exported": return { text: words.exported(event.format.toUpperCase(), event.identity.student) };
  }
}

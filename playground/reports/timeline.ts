import type { AttemptEvent } from "./attemptEvents.ts";
import type { Block, Piece } from "./blocks.ts";
import type { ReportParts } from "./checkBlocks.ts";

/** A timeline on paper ends somewhere; the data has all of it. */
const maximumRows = 400;

/** Everything that happened, one line each; commands in a row are one line. */
export function timelineBlocks(parts: ReportParts): Block[] {
  const { attempt, texts, times } = parts;
  const rows: { at: string; piece: Piece }[] = [];
  let commands: { at: string; count: number } | undefined;
  const flush = (): void => {
    if (commands !== undefined) rows.push({ at: commands.at, piece: { text: texts.events.commands(commands.count), tone: "muted" } });
    commands = undefined;
  };
  for (const event of attempt.events) {
    if (event.type === "terminal.command") {
      commands = { at: commands?.at ?? event.at, count: (commands?.count ?? 0) + 1 };
      continue;
    }
    flush();
    rows.push({ at: event.at, piece: pieceOf(event, parts) });
  }
  flush();
  const shown = rows.slice(0, maximumRows);
  return [
    { kind: "heading", level: 2, text: texts.timeline, newPage: true },
    { kind: "table", head: [texts.when, texts.what], narrow: [0], rows: shown.map(({ at, piece }) => [{ text: times.moment(at), mono: true }, piece]) },
    ...(rows.length > shown.length ? [{ kind: "paragraph" as const, text: texts.moreLines(rows.length - shown.length), tone: "muted" as const }] : []),
  ];
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
    case "check.changed": return { text: words.check(checkTitle(event.check), texts.state[event.observation.state]), tone: event.passed ? "good" : event.observation.state === "failed" ? "bad" : "muted" };
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

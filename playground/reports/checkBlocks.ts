import type { Check, Lab, Localized, Step } from "../model/lab.ts";
import type { Attempt, CheckHistory } from "./attempt.ts";
import type { Block, CheckBlock } from "./blocks.ts";
import type { Report } from "./reportSchema.ts";
import type { ReportTexts } from "./reportTexts.ts";
import type { ReportTimes } from "./reportTimes.ts";

/** So much of an output is printed; all of it is in the data. */
const outputLines = 30;
const outputCharacters = 2_400;

/** What the parts of a report share. */
export interface ReportParts {
  readonly report: Report;
  readonly lab: Lab;
  readonly attempt: Attempt;
  readonly texts: ReportTexts;
  readonly times: ReportTimes;
  readonly pick: (text: Localized) => string;
}

/** Each step with its checks, hints, solves and answers, in the lab's order; checks of no step at the end. */
export function stepBlocks(parts: ReportParts): Block[] {
  const { lab, texts, pick } = parts;
  const inSteps = new Set(lab.steps.flatMap((step) => step.checks));
  const others = lab.checks.filter((check) => !inSteps.has(check.id));
  return [
    { kind: "heading", level: 2, text: texts.steps, newPage: true },
    ...lab.steps.flatMap((step, index): Block[] => [
      { kind: "heading", level: 3, text: `${index + 1}. ${pick(step.title)}` },
      ...helpBlock(step, parts),
      ...step.checks.flatMap((id) => lab.checks.find((check) => check.id === id) ?? []).map((check) => checkBlock(check, step, parts)),
      ...answerBlocks(step, parts),
    ]),
    ...(others.length === 0 ? [] : [{ kind: "heading" as const, level: 3 as const, text: texts.otherChecks }, ...others.map((check) => checkBlock(check, undefined, parts))]),
  ];
}

function helpBlock(step: Step, { attempt, texts, times }: ReportParts): Block[] {
  const hints = attempt.hints.get(step.id) ?? 0;
  const solved = attempt.solved.get(step.id);
  const words = [...(hints > 0 ? [texts.hintsOpened(hints, step.hints.length)] : []), ...(solved === undefined ? [] : [texts.stepSolvedAt(times.moment(solved))])];
  return words.length === 0 ? [] : [{ kind: "paragraph", text: words.join(" · "), tone: "muted" }];
}

function answerBlocks(step: Step, { attempt, texts, pick }: ReportParts): Block[] {
  return step.questions.map((question): Block => {
    const answer = (attempt.answers.get(question.id) ?? "").trim();
    return { kind: "answer", question: pick(question.text), answer: answer === "" ? texts.noAnswer : answer, isEmpty: answer === "" };
  });
}

function checkBlock(check: Check, step: Step | undefined, parts: ReportParts): Block {
  const { attempt, texts, pick, times } = parts;
  const history = attempt.checks.get(check.id);
  const title = pick(check.title);
  if (history === undefined) return { kind: "check", check: { title, state: texts.state.unknown, tone: "muted", facts: [], summary: "", command: "", output: "" } };
  const { last } = history;
  const block: CheckBlock = {
    title,
    state: texts.state[last.state],
    tone: last.state === "passed" ? "good" : last.state === "failed" ? "bad" : "muted",
    facts: factsOf(check, history, step, parts),
    summary: last.summary === undefined ? "" : pick(last.summary),
    command: last.command,
    output: shorten(last.output, texts),
    ...failureOf(history, parts),
    ...pictureOf(history, parts),
  };
  return { kind: "check", check: { ...block, facts: block.facts.length > 0 ? block.facts : [texts.seenAt(times.moment(history.seen.at(-1)?.at ?? ""))] } };
}

function factsOf(check: Check, history: CheckHistory, step: Step | undefined, { attempt, texts, times }: ReportParts): string[] {
  const { firstPassedAt } = history;
  const solvedAt = step && attempt.solved.get(step.id);
  return [
    ...(check.from === undefined ? [] : [texts.from(check.from)]),
    ...(firstPassedAt === undefined ? [texts.seenAt(times.moment(history.seen.at(-1)?.at ?? ""))] : [texts.firstPassed(times.moment(firstPassedAt))]),
    ...(history.failuresBefore > 0 ? [texts.failuresBefore(history.failuresBefore)] : []),
    ...(firstPassedAt !== undefined && solvedAt !== undefined && solvedAt <= firstPassedAt ? [texts.afterSolve] : []),
  ];
}

/** A pass tells more beside the failure that came before it. */
function failureOf(history: CheckHistory, { texts, times, pick }: ReportParts): Pick<CheckBlock, "failure"> {
  if (history.last.state !== "passed") return {};
  const failed = history.seen.findLast(({ observation }) => observation.state === "failed" && observation.summary !== undefined);
  return failed?.observation.summary === undefined ? {} : { failure: { label: texts.failedBefore(times.moment(failed.at)), summary: pick(failed.observation.summary) } };
}

function pictureOf(history: CheckHistory, { report, texts, pick }: ReportParts): Pick<CheckBlock, "picture"> {
  const { picture } = history.last;
  const png = picture && report.pictures[picture.digest];
  return picture && png !== undefined ? { picture: { png, caption: texts.pictureOf(pick(picture.caption), picture.digest), width: picture.width } } : {};
}

/** The beginning of an output, for paper. */
export function shorten(output: string, texts: ReportTexts): string {
  const lines = output.trimEnd().split("\n");
  const kept: string[] = [];
  let characters = 0;
  for (const line of lines) {
    if (kept.length >= outputLines || characters + line.length > outputCharacters) break;
    kept.push(line);
    characters += line.length + 1;
  }
  // One line longer than all that is printed.
  if (kept.length === 0 && lines[0] !== undefined) kept.push(`${lines[0].slice(0, outputCharacters)}…`);
  const left = lines.length - kept.length;
  return left > 0 ? `${kept.join("\n")}\n${texts.moreLines(left)}` : kept.join("\n");
}

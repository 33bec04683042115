import type { Copy } from "../contract/classTable.ts";
import type { Localized } from "../model/lab.ts";
import type { AttemptEvent } from "../reports/attemptEvents.ts";
import { answersAlike, normalizedAnswer } from "./answersAlike.ts";
import { Pairs } from "./pairs.ts";

/** What of a report is compared with others. */
export interface ComparedReport {
  readonly file: string;
  readonly student: string;
  readonly lab: string;
  readonly attempt: string;
  readonly events: readonly AttemptEvent[];
  readonly network: string;
}

/** What many have in common, the course has given them. */
const commonShare = 0.2;
const fewest = 3;

/**
 * Points out reports of one lab, by different students, that have in common what two people do not make alike. `given`: networks
 * that come with the lab, which everybody may have.
 */
export function findCopies(reports: readonly ComparedReport[], given: (lab: string) => readonly string[]): Copy[] {
  const byLab = new Map<string, ComparedReport[]>();
  for (const report of reports) byLab.set(report.lab, [...(byLab.get(report.lab) ?? []), report]);
  return [...byLab].flatMap(([lab, ofLab]) => copiesOfLab(lab, ofLab, given(lab)));
}

function copiesOfLab(lab: string, reports: readonly ComparedReport[], given: readonly string[]): Copy[] {
  const found = new Map<string, { one: number; other: number; strength: Copy["strength"]; reasons: Localized[] }>();
  const add = (strength: Copy["strength"], reason: (count: number) => Localized) => (one: number, other: number, count: number): void => {
    const [first, second] = [reports[one], reports[other]];
    // The same student may hand in twice.
    if (!first || !second || sameStudent(first.student, second.student)) return;
    const key = `${one} ${other}`;
    const entry = found.get(key) ?? { one, other, strength, reasons: [] };
    if (rank[strength] > rank[entry.strength]) entry.strength = strength;
    entry.reasons.push(reason(count));
    found.set(key, entry);
  };
  const everybody = reports.length;
  const few = Math.max(fewest, Math.floor(everybody * commonShare));

  Pairs.sharing(reports.map(({ attempt }) => [attempt]), everybody).each(1, add("certain", () => texts.attempt));
  Pairs.sharing(reports.map(momentsOf), everybody).each(fewest, add("certain", texts.moments));
  Pairs.sharing(reports.map(commandsOf), few).each(fewest, add("likely", texts.commands));
  Pairs.sharing(reports.map(({ network }) => networkKeys(network, given)), few).each(1, add("hint", () => texts.network));
  const answers = reports.map(({ events }) => answersOf(events));
  Pairs.sharing(answers.map((own) => own.map(({ question, text }) => `${question}\n${normalizedAnswer(text)}`)), few).each(1, add("likely", texts.sameAnswers));
  answersAlike(answers, few).each(1, add("hint", texts.alikeAnswers));

  return [...found.values()]
    .sort((one, other) => rank[other.strength] - rank[one.strength] || other.reasons.length - one.reasons.length)
    .flatMap(({ one, other, strength, reasons }): Copy[] => {
      const [first, second] = [reports[one], reports[other]];
      return first && second ? [{ files: [first.file, second.file], students: [first.student, second.student], lab, strength, reasons }] : [];
    });
}

const rank = { certain: 2, likely: 1, hint: 0 };

/** Nobody has done two things within the same millisecond as somebody else, over and over: not even when the chain was written anew. */
function momentsOf({ events }: ComparedReport): string[] {
  return events.filter((event) => event.type !== "report.exported").map((event) => `${event.at} ${event.type}`);
}

/** Commands with what they printed, where that is long enough to tell. */
function commandsOf({ events }: ComparedReport): string[] {
  return events.flatMap((event) => (event.type === "terminal.command" && event.output.length >= 60 ? [`${event.node ?? ""}\n${event.command}\n${event.output}`] : []));
}

/** The text but for white space and comments; none where it came with the lab. */
function networkKeys(network: string, given: readonly string[]): string[] {
  const key = normalizedNetwork(network);
  return key === "" || given.some((other) => normalizedNetwork(other) === key) ? [] : [key];
}

function normalizedNetwork(text: string): string {
  return text.replace(/(^|\s)#.*$/gm, "").replace(/\s+/g, " ").trim();
}

/** The last answer to each question. */
function answersOf(events: readonly AttemptEvent[]): { question: string; text: string }[] {
  const last = new Map(events.flatMap((event) => (event.type === "question.answered" ? [[event.question, event.answer] as const] : [])));
  return [...last].filter(([, text]) => normalizedAnswer(text).length >= 40).map(([question, text]) => ({ question, text }));
}

/** Two without a name are not taken for one. */
export function sameStudent(one: string, other: string): boolean {
  return normalizedName(one) !== "" && normalizedName(one) === normalizedName(other);
}

export function normalizedName(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((part) => part !== "").sort().join(" ");
}

const texts = {
  attempt: { fr: "c’est la même tentative, avec un autre nom", en: "it is the same attempt, under another name" },
  moments: (count: number) => ({ fr: `${count} événements à la même milliseconde`, en: `${count} events within the same millisecond` }),
  commands: (count: number) => ({ fr: `${count} commandes avec les mêmes sorties, caractère pour caractère`, en: `${count} commands with the same outputs, character for character` }),
  network: { fr: "le même network.yml, qui n’est pas celui du lab", en: "the same network.yml, which is not the lab's" },
  sameAnswers: (count: number) => ({ fr: count > 1 ? `${count} réponses identiques` : "une réponse identique", en: count > 1 ? `${count} identical answers` : "one identical answer" }),
  alikeAnswers: (count: number) => ({ fr: count > 1 ? `${count} réponses presque identiques` : "une réponse presque identique", en: count > 1 ? `${count} answers that are nearly the same` : "one answer that is nearly the same" }),
};

import type { DnsAsk, DnsParty, DnsQuestion } from "../../playground/model/dnsView.ts";
import type { DnsWalk } from "../../playground/picture/walkGeometry.ts";
import { dnsFr } from "../i18n/dns.fr.ts";
import type { DnsKey, DnsTranslate } from "../i18n/dnsTexts.ts";

/** A machine by its name; an address that no machine has, as it is. */
export const partyName = (party: DnsParty): string => party.node ?? party.address;

/**
 * What a resolver asked for the name itself, or for what the name is an alias of; the rest is about name servers. An alias is followed once the
 * name itself was answered, hence after the last question for it.
 */
export function mainAsks(question: Pick<DnsQuestion, "name" | "type" | "asked">): readonly DnsAsk[] {
  const last = question.asked.findLastIndex((ask) => ask.name === question.name && ask.type === question.type);
  return question.asked.filter((ask, index) => ask.type === question.type && (ask.name === question.name || (last >= 0 && index > last && ask.name !== ".")));
}

/** The path on the topology: who asked whom, in order. The same two in a row are one step. */
export function walkOf(question: DnsQuestion): DnsWalk {
  const steps = [
    { from: question.from.node, to: question.to.node, isFailed: false },
    ...mainAsks(question).map((ask) => ({ from: ask.from.node, to: ask.to.node, isFailed: ask.failure !== undefined })),
  ];
  return { id: question.id, steps: steps.flatMap(({ from, to, isFailed }) => (from === undefined || to === undefined || from === to ? [] : [{ from, to, isFailed }])) };
}

/** Whether a question is about a machine or name that contains the text. */
export function matches(question: DnsQuestion, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  if (wanted === "") return true;
  const parties = [question.from, question.to, ...question.asked.map((ask) => ask.to)];
  return question.name.includes(wanted) || parties.some((party) => partyName(party).includes(wanted) || party.address.includes(wanted));
}

/** In a few words where the answer came from. */
export function outcomeText(question: DnsQuestion, { t }: Pick<DnsTranslate, "t">): string {
  if (question.outcome === "authority" && question.code === "REFUSED") return t("outcome.refused");
  return t(`outcome.${question.outcome}`, { count: mainAsks(question).length === 0 ? question.asked.length : mainAsks(question).length });
}

/** The same in a sentence. */
export function outcomeSentence(question: DnsQuestion, { t }: Pick<DnsTranslate, "t">): string {
  const key: DnsKey = question.outcome === "authority" && question.code === "REFUSED" ? "outcome.refused.why" : question.outcome === "cache" && !question.recursive ? "outcome.cacheOnly.why" : `outcome.${question.outcome}.why`;
  return t(key, { to: partyName(question.to), count: question.asked.length });
}

/** Why a question led nowhere, in the reader's language where the server's words are known. */
export function failureText(failure: string, { t }: Pick<DnsTranslate, "t">): string {
  const known = (Object.keys(dnsFr) as DnsKey[]).find((key) => key.startsWith("failure.") && failure.includes(key.slice("failure.".length)));
  return known === undefined ? failure : t(known);
}

/** `14:03:21`, in the reader's own time. */
export function clockText(at: string, language: "fr" | "en"): string {
  return new Date(at).toLocaleTimeString(language === "fr" ? "fr-FR" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

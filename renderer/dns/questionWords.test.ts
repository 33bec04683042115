import { describe, expect, it } from "vitest";
import type { DnsQuestion } from "../../playground/model/dnsView.ts";
import { dnsEn } from "../i18n/dns.en.ts";
import { dnsFr } from "../i18n/dns.fr.ts";
import { dnsTexts, type DnsKey } from "../i18n/dnsTexts.ts";
import { createTranslate } from "../i18n/translate.tsx";
import { fakeQuestions } from "../dev/fakeDns.ts";
import { failureText, mainAsks, matches, outcomeSentence, outcomeText, walkOf } from "./questionWords.ts";
import { mergeQuestions } from "./useDnsQuestions.ts";

const [french, english] = [createTranslate(dnsTexts, "fr"), createTranslate(dnsTexts, "en")];
const [first, second, failed] = fakeQuestions as [DnsQuestion, DnsQuestion, DnsQuestion];
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

it("has the same values in both languages", () => {
  for (const key of Object.keys(dnsFr) as DnsKey[]) expect(placeholders(dnsFr[key]), key).toEqual(placeholders(dnsEn[key]));
});

describe("a question in words", () => {
  it("counts what was asked for the name, and not what was asked about name servers", () => {
    expect(first.asked).toHaveLength(4);
    expect(mainAsks(first).map((ask) => ask.to.node)).toEqual(["root", "tld", "ns-example-com"]);
    expect(outcomeText(first, french)).toBe("3 questions posées");
    expect(outcomeText(second, french)).toBe("du cache");
    expect(outcomeSentence(second, english)).toBe("resolver asked nobody: it remembers the answer.");
    expect(outcomeSentence({ ...second, recursive: false }, english)).toContain("+norecurse");
  });

  it("follows an alias to the name that it leads to", () => {
    const alias = { ...first, name: "shop.example.com", asked: [{ ...first.asked[0]!, name: "shop.example.com" }, { ...first.asked[0]!, name: "www.example.net" }, { ...first.asked[0]!, name: ".", type: "NS" }] };
    expect(mainAsks(alias).map((ask) => ask.name)).toEqual(["shop.example.com", "www.example.net"]);
  });

  it("says why a server was asked in vain, in the server's words where it has no others", () => {
    expect(failureText("connection refused", french)).toBe("connexion refusée");
    expect(failureText("REFUSED unexpected RCODE", english)).toBe("refused to answer");
    expect(failureText("something new", french)).toBe("something new");
  });
});

it("draws the steps between machines alone", () => {
  expect(walkOf(first).steps).toEqual([
    { from: "laptop", to: "resolver", isFailed: false },
    { from: "resolver", to: "root", isFailed: false },
    { from: "resolver", to: "tld", isFailed: false },
    { from: "resolver", to: "ns-example-com", isFailed: false },
  ]);
  expect(walkOf(failed).steps.at(-1)).toEqual({ from: "resolver", to: "web", isFailed: true });
  expect(walkOf({ ...first, asked: [{ ...first.asked[0]!, to: { address: "203.0.113.9" } }] }).steps).toHaveLength(1);
});

it("finds a question by its name, by who had a part in it, by an address", () => {
  expect(matches(first, " WWW.example ")).toBe(true);
  expect(matches(first, "tld")).toBe(true);
  expect(matches(first, "113.50")).toBe(true);
  expect(matches(first, "ns-example-org")).toBe(false);
  expect(matches(first, "")).toBe(true);
});

it("merges what changed, the newest first, and keeps no more than 500", () => {
  const changed = { ...first, outcome: "cache" as const };
  expect(mergeQuestions([first], [second, changed]).map((question) => [question.id, question.outcome])).toEqual([[second.id, second.outcome], [first.id, "cache"]]);
  // Of the same time: the order in which they came stays, however often more come.
  const twin = { ...first, id: "twin" };
  const later = mergeQuestions(mergeQuestions([], [first, twin]), [second]);
  expect(later.map((question) => question.id)).toEqual([second.id, "twin", first.id]);
  expect(mergeQuestions(later, [{ ...first, outcome: "cache" }]).map((question) => question.id)).toEqual([second.id, "twin", first.id]);
  const many = Array.from({ length: 700 }, (_, index) => ({ ...first, id: String(index), at: new Date(1_800_000_000_000 + index).toISOString() }));
  expect(mergeQuestions([], many)).toHaveLength(500);
  expect(mergeQuestions([], many)[0]?.id).toBe("699");
});

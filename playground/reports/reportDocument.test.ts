import { describe, expect, it } from "vitest";
import type { CheckObservation } from "../contract/contract.ts";
import { labSchema } from "../model/lab.ts";
import { chainEvent, type Link } from "./chain.ts";
import { embeddedReport } from "./embeddedReport.ts";
import { momentsOf } from "./moments.ts";
import { readAttempt } from "./attempt.ts";
import { renderHtml } from "./renderHtml.ts";
import { renderMarkdown } from "./renderMarkdown.ts";
import { reportDocument } from "./reportDocument.ts";
import { reportSchema, sealOf } from "./reportSchema.ts";
import type { ToldEvent } from "./attemptEvents.ts";

const network = `vpcs: { foo: { cidr_block: 10.0.0.0/16 } }
subnets: { front: { vpc: foo, cidr_block: 10.0.0.0/24 } }
instances: { web: { subnet: front, private_ip: 10.0.0.10 } }
`;
const lab = labSchema.parse({
  id: "my-lab", title: { fr: "Mon lab", en: "My lab" }, summary: { fr: "Un essai", en: "A test" }, group: "access", minutes: 1, memory_mb: 1,
  internet: { hosts: { laptop: { address: "203.0.113.50", role: "laptop" } } },
  checks: [
    { id: "hello", kind: "http", title: { fr: "Le portable lit la page", en: "The laptop reads the page" }, from: "laptop", url: "http://10.0.0.10/", expect: { status: 200 } },
    { id: "later", kind: "http", title: { fr: "Plus tard", en: "Later" }, from: "laptop", url: "http://10.0.0.10/", expect: { status: 200 } },
  ],
  steps: [{ id: "one", title: { fr: "Ouvrir", en: "Open" }, checks: ["hello"], hints: [{ fr: "a", en: "a" }, { fr: "b", en: "b" }], questions: [{ id: "why", text: { fr: "Pourquoi ?", en: "Why?" } }] }],
});
const evil = '</script><script>alert("1")</script> & *bold* `code` | cell\n# heading';
const seen = (state: CheckObservation["state"], output: string): CheckObservation => ({ id: "hello", state, command: "curl http://10.0.0.10/", output, summary: { fr: `vu ${state}`, en: `saw ${state}` }, milliseconds: 3 });
const plan = (changes: number) => ({ create: changes, change: 0, replace: 0, destroy: 0, changes: changes > 0 ? [{ action: "create" as const, kind: "instances", name: "web" }] : [] });
const told: ToldEvent[] = [
  { type: "attempt.started", attempt: "a-1", lab: { id: "my-lab", digest: "1".repeat(64) }, rempart: "1.0.0", platform: "linux x64", language: "fr", seed: null },
  { type: "lab.started" },
  { type: "network.applied", network: "vpcs: {}\n", plan: plan(0), addresses: {} },
  { type: "check.changed", check: "hello", passed: false, observation: seen("failed", "nothing") },
  { type: "hint.opened", step: "one", number: 1 },
  { type: "network.applied", network, plan: plan(1), addresses: { web: "10.0.0.10" } },
  { type: "check.changed", check: "hello", passed: true, observation: seen("passed", evil) },
  { type: "question.answered", question: "why", answer: evil },
  { type: "terminals.consent", given: true },
  { type: "terminal.command", node: "laptop", command: "curl x", output: evil, entered: "2026-11-28T09:01:50.000Z" },
];
let last: Link | undefined;
const events = told.map((event, index) => {
  const chained = chainEvent({ ...event, at: new Date(Date.UTC(2026, 10, 28, 9, 0, index * 20)).toISOString() }, last);
  last = chained;
  return chained;
});
const unsealed = {
  format: "rempart-report" as const, version: 1 as const, identity: { student: `Ada <b>${evil}`, group: "2A", course: "", date: "" }, lab: { id: "my-lab", title: lab.title, digest: "1".repeat(64) }, attempt: "a-1", rempart: "1.0.0", language: "fr" as const,
  exportedAt: "2026-11-28T10:00:00.000Z", events, network, files: { "notes.md": evil }, tables: [], pictures: {},
};
const report = reportSchema.parse({ ...unsealed, seal: sealOf(unsealed) });
const documentIn = (language: "fr" | "en") => reportDocument({ ...report, language }, lab, "Europe/Paris");

describe("a report", () => {
  it("carries itself in its HTML, and nothing that the student wrote is part of the page", () => {
    const html = renderHtml(documentIn("fr"), report);
    expect(JSON.parse(embeddedReport(html) ?? "")).toEqual(report);
    expect(html.match(/<script/g)).toHaveLength(1);
    const visible = html.slice(0, html.indexOf("<script"));
    expect(visible).not.toMatch(/<b>(?!\$|Le portable|Plus tard|Échec)/);
    expect(html).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(html).not.toMatch(/url\(|@import|https?:\/\/(?!10\.0\.0\.10|www\.w3\.org\/2000\/svg)/);
  });

  it("says in both languages what was seen, with the command and the output", () => {
    const french = renderHtml(documentIn("fr"));
    for (const words of ["Compte rendu de TP", "Le portable lit la page", "curl http://10.0.0.10/", "vu passed", "vu failed", "jamais observée", "1\u00a0indice ouvert sur 2", "10:02:00", "chaîne entière"]) expect(french, words).toContain(words);
    const english = renderHtml(documentIn("en"));
    for (const words of ["Lab report", "The laptop reads the page", "saw passed", "never observed", "whole chain"]) expect(english, words).toContain(words);
    expect(english).not.toMatch(/Vérification|réussie|Étudiant/);
  });

  it("draws the network at each moment that matters, and outlines what changed", () => {
    expect(momentsOf(readAttempt(events)).map(({ number, passed, failed }) => ({ number, passed, failed }))).toEqual([
      { number: 1, passed: [], failed: ["hello"] },
      { number: 2, passed: ["hello"], failed: [] },
    ]);
    const html = renderHtml(documentIn("fr"));
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html).toContain("10.0.0.10</tspan>");
  });

  it("is Markdown that stays text", () => {
    const markdown = renderMarkdown(documentIn("fr"));
    expect(markdown).toContain("# Mon lab");
    expect(markdown).toContain("```mermaid");
    // Outside of code, no HTML, no heading and no table cell comes of what was typed.
    const outside = markdown.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?\n\1\2$/gm, "");
    expect(outside).not.toContain("<script");
    expect(outside).not.toMatch(/^# heading/m);
    // Of a number at the beginning no list comes, and no backslash is seen.
    expect(outside).toContain("### 1\\. Ouvrir\n");
  });

  it("tells a command when it was typed, not when it was written down", () => {
    const html = renderHtml(documentIn("fr"));
    expect(html).toContain("10:01:50 · laptop");
    expect(html.indexOf("curl x</span></td>")).toBeLessThan(html.indexOf("Vérification réussie"));
  });

  it("names a broken chain", () => {
    const edited = events.map((event, index) => (index === 6 ? { ...event, at: event.at.replace("09:", "08:") } : event));
    expect(renderHtml(reportDocument({ ...report, events: edited }, lab, "Europe/Paris"))).toContain("chaîne rompue");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readReport } from "./readReport.ts";
import { asPage, rechained, sealed, seenCheck, testReport, type RawReport } from "./testReport.ts";
import { verdictOf } from "./verdictOf.ts";

const report = testReport({ steps: [{ type: "lab.started" }, seenCheck("open", false), { type: "hint.opened", step: "one", number: 1 }, seenCheck("open", true), { type: "question.answered", question: "why", answer: "</script><script>alert(1)</script>" }, { type: "lab.stopped" }] });
const json = JSON.stringify(report);
const page = asPage(report);
const read = (changed: RawReport): ReturnType<typeof readReport> => readReport(JSON.stringify(changed));
const found = (reading: ReturnType<typeof readReport>): unknown => (reading.kind === "report" ? reading.alterations : reading);
const edited = (index: number, change: Record<string, unknown>): RawReport => ({ ...report, events: report.events.map((event, position) => (position === index ? { ...event, ...change } : event)) });

describe("a report as it was exported", () => {
  it("is intact as JSON and as a page, and with other spaces", () => {
    for (const text of [json, page, JSON.stringify(report, null, 2)]) expect(found(readReport(text))).toEqual([]);
    const reading = readReport(page);
    expect(reading.kind === "report" && reading.events).toHaveLength(report.events.length);
  });

  it("that carries markup in an answer is the same report from its page", () => {
    const reading = readReport(page);
    expect(reading.kind === "report" && reading.events.find((event) => event.type === "question.answered")).toMatchObject({ answer: "</script><script>alert(1)</script>" });
  });
});

describe("a report that was tampered with", () => {
  it("shows where an event was edited", () => {
    expect(found(read(edited(2, { passed: true })))).toContainEqual({ at: "event", event: 3, fault: "edited" });
  });

  it("shows an event that was dropped, doubled or moved", () => {
    expect(found(read({ ...report, events: report.events.filter((_, index) => index !== 3) }))).toContainEqual({ at: "event", event: 4, fault: "broken-link" });
    expect(found(read({ ...report, events: [...report.events.slice(0, 3), ...report.events.slice(2)] }))).toContainEqual({ at: "event", event: 4, fault: "broken-link" });
    const [a, b, c, d, ...rest] = report.events;
    expect(found(read({ ...report, events: [a, b, d, c, ...rest].filter((event) => event !== undefined) }))).toContainEqual({ at: "event", event: 3, fault: "broken-link" });
  });

  it("shows a last event that was dropped, also when the rest was sealed anew", () => {
    expect(found(read(sealed({ ...report, events: report.events.slice(0, -1) })))).toEqual([{ at: "header", field: "identity" }]);
    expect(found(read({ ...report, events: [] }))).toContainEqual({ at: "event", event: 1, fault: "start" });
  });

  it("shows another name on the front, also when it was sealed anew", () => {
    const identity = { student: "Bob", group: "A", course: "Réseaux", date: "2026-11-28" };
    expect(found(read({ ...report, identity }))).toEqual([{ at: "header", field: "identity" }]);
    expect(found(read(sealed({ ...report, identity })))).toEqual([{ at: "header", field: "identity" }]);
  });

  it("shows another attempt or lab above the same events", () => {
    expect(found(read(sealed({ ...report, attempt: "other" })))).toEqual([{ at: "header", field: "attempt" }]);
    expect(found(read(sealed({ ...report, lab: { id: "easier", title: { fr: "a", en: "a" }, digest: "a".repeat(64) } })))).toEqual([{ at: "header", field: "lab" }]);
  });

  it("shows another network or table by the seal", () => {
    expect(found(read({ ...report, network: "vpcs: {other: {}}\n" }))).toEqual([{ at: "header", field: "seal" }]);
    expect(found(read({ ...report, tables: [], files: { "id_ed25519": "x" } }))).toEqual([{ at: "header", field: "seal" }]);
  });

  it("shows a page that was edited for who reads it, also where its data are not", () => {
    expect(found(readReport(page.replace("<h1>Rapport</h1>", "<h1>20/20</h1>")))).toEqual([{ at: "header", field: "page" }]);
    expect(found(readReport(page.replace(/<meta name="rempart-page"[^>]*>/, "")))).toEqual([{ at: "header", field: "page" }]);
    expect(found(readReport(page.replaceAll("\n", "\r\n")))).toEqual([]);
  });

  it("is not found out when the whole chain was written anew: that is what --rerun is for", () => {
    const events = rechained(report.events.map((event) => (event["check"] === "open" ? { ...event, passed: true } : event)));
    expect(found(read(sealed({ ...report, events })))).toEqual([]);
  });

  it("never passes for intact with any one byte flipped", () => {
    const bytes = Buffer.from(json);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (position, mask) => {
        const changed = Buffer.from(bytes);
        changed[position] = (bytes[position] ?? 0) ^ mask;
        const reading = readReport(new TextDecoder().decode(changed));
        // A byte that is white space outside strings, or a letter's escape, may say the same: then the report is the same.
        const isSame = reading.kind === "report" && reading.alterations.length === 0;
        expect(isSame && JSON.stringify(reading.report) !== JSON.stringify(JSON.parse(json))).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe("what is no report, or only a part of one", () => {
  it("is truncated wherever it was cut", () => {
    fc.assert(fc.property(fc.integer({ min: 60, max: json.length - 1 }), (length) => {
      expect(readReport(json.slice(0, length))).toEqual({ kind: "truncated" });
    }));
    for (const length of [page.length - 200, page.length - 3000, 200]) expect(readReport(page.slice(0, length))).toEqual({ kind: "truncated" });
  });

  const foreign: [string, string, string][] = [
    ["nothing at all", "", "nothing"],
    ["a text", "Bonjour", "nothing"],
    ["a picture", "\u0089PNG\r\n\u001a\n", "nothing"],
    ["a PDF", "%PDF-1.7\n%âãÏÓ", "pdf"],
    ["another page", "<!doctype html><html><body><script>alert(1)</script></body></html>", "page"],
    ["a page of another that was cut", "<!doctype html><html><body><p>Bonjour", "page"],
    ["a drawing", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "nothing"],
    ["JSON of something else", '{"a": [1, 2]}', "json"],
    ["a list", "[1, 2]", "nothing"],
    ["JSON that is nested without end", `{"a":${"[".repeat(100_000)}`, "json"],
    ["a report without its parts", '{"format":"rempart-report","version":1}', "damaged"],
    ["a page with two reports", page.replace("</body>", `${page.slice(page.indexOf("<script"), page.indexOf("</body>"))}</body>`), "several"],
    ["JSON with a word too many", json.replace('"version"', 'x"version"'), "damaged"],
  ];
  it.each(foreign)("%s is told apart", (_what, text, looksLike) => {
    expect(readReport(text)).toEqual({ kind: "not-a-report", looksLike });
  });

  it("more objects or values than any report has are not built", () => {
    expect(readReport(`{"format":"rempart-report","events":[${"{},".repeat(1_000_000)}{}]}`)).toEqual({ kind: "too-big" });
    expect(readReport(`{"format":"rempart-report","events":[${"0,".repeat(4_000_000)}0]}`)).toEqual({ kind: "too-big" });
  });

  it("a later format is not guessed at", () => {
    expect(readReport(json.replace('"version":1', '"version":2'))).toEqual({ kind: "newer-format" });
  });

  it("changes no prototype, whatever keys it has", () => {
    const evil = json.replace('"files":{}', '"files":{"__proto__":"x","constructor":"y"},"__proto__":{"polluted":true}');
    const reading = readReport(evil);
    expect(reading.kind).toBe("report");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect((reading as unknown as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(found(reading)).toEqual([{ at: "header", field: "seal" }]);
  });

  it("has a verdict in both languages, each of them", () => {
    const all = [readReport(json), read(edited(1, { at: "x" })), read(edited(4, { n: 9 })), readReport(json.slice(0, 300)), ...foreign.map(([, text]) => readReport(text)), { kind: "too-big" } as const];
    for (const reading of all) {
      const { message, state } = verdictOf(reading, "same");
      expect(message.fr, state).not.toBe(message.en);
      expect(message.fr, state).not.toContain("'");
    }
    expect(verdictOf(read(edited(2, { passed: true })), "same")).toMatchObject({ state: "altered", message: { en: "Altered at event 3: its content was changed." } });
  });
});

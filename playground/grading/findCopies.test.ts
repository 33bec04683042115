import { describe, expect, it } from "vitest";
import { attemptEventSchema } from "../reports/attemptEvents.ts";
import { type ComparedReport, findCopies, normalizedName } from "./findCopies.ts";
import { rechained, seenCheck, testReport, type TestReportOptions, type TestStep } from "./testReport.ts";

const answer = (text: string): TestStep => ({ type: "question.answered", question: "why", answer: text });
const ping = (milliseconds: string): TestStep => ({ type: "terminal.command", node: "laptop", command: "ping -c 1 web", output: `64 bytes from 203.0.113.10: icmp_seq=1 ttl=62 time=${milliseconds} ms, and a summary behind it` });

function compared(student: string, options: TestReportOptions & { rename?: string } = {}): ComparedReport {
  const raw = testReport({ student, start: Date.parse("2026-11-28T09:00:00Z") + [...student].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7), ...options });
  const events = raw.events.map((event) => attemptEventSchema.parse(event));
  return { file: `${options.rename ?? student}.json`, student: options.rename ?? student, lab: "test-lab", attempt: String(raw["attempt"]), events, network: String(raw["network"]) };
}
const none = (): string[] => [];
const pairs = (reports: readonly ComparedReport[], given: () => string[] = none): string[] => findCopies(reports, given).map(({ students, strength, reasons }) => `${students.join("+")} ${strength}: ${reasons.map(({ en }) => en).join(", ")}`);
const text = "The packet leaves by the internet gateway, whose translation knows the instance, and the group lets the answer pass because it is stateful.";

describe("likenesses between students", () => {
  it("finds none where each did their own", () => {
    expect(pairs([compared("Alice", { steps: [ping("0.11"), answer(text)], network: "a: 1" }), compared("Bob B", { steps: [ping("0.12"), answer("I do not know.")], network: "b: 1" })])).toEqual([]);
  });

  it("finds one attempt under two names", () => {
    expect(pairs([compared("Alice", { attempt: "x", network: "a: 1" }), compared("Bob B", { attempt: "x", network: "b: 1" })])).toEqual(["Alice+Bob B certain: it is the same attempt, under another name"]);
  });

  it("finds events of another, also when they were chained anew under another attempt", () => {
    const alice = compared("Alice", { steps: [ping("0.11"), seenCheck("a", true), seenCheck("b", true), answer(text)], network: "a: 1" });
    const events = rechained(alice.events as unknown as Record<string, unknown>[]).map((event) => attemptEventSchema.parse(event));
    expect(pairs([alice, { ...alice, file: "b.json", student: "Bob", attempt: "new", network: "b: 1", events: events.slice(0, 4) }])[0]).toMatch(/^Alice\+Bob certain: 4 events within the same millisecond/);
  });

  it("finds outputs that cannot be the same by chance", () => {
    const steps = [ping("0.113"), ping("0.271"), ping("0.305")];
    expect(pairs([compared("Alice", { steps, network: "a: 1" }), compared("Bob B", { steps, network: "b: 1" }), compared("Charles", { steps: [ping("0.2")], network: "c: 1" })])).toEqual(["Alice+Bob B likely: 3 commands with the same outputs, character for character"]);
  });

  it("finds answers that are the same but for looks, or nearly the same", () => {
    expect(pairs([compared("Alice", { steps: [answer(text)], network: "a: 1" }), compared("Bob B", { steps: [answer(`  ${text.toUpperCase().replace(",", " ;")}`)], network: "b: 1" })])).toEqual(["Alice+Bob B likely: one identical answer"]);
    expect(pairs([compared("Alice", { steps: [answer(text)], network: "a: 1" }), compared("Bob B", { steps: [answer(text.replace("stateful", "stateful indeed"))], network: "b: 1" })])).toEqual(["Alice+Bob B hint: one answer that is nearly the same"]);
    expect(pairs([compared("Alice", { steps: [answer("Because.")], network: "a: 1" }), compared("Bob B", { steps: [answer("Because.")], network: "b: 1" })])).toEqual([]);
  });

  it("finds the same network, unless the lab came with it or half the class has it", () => {
    const two = [compared("Alice", { network: "a: 1 # mine\n" }), compared("Bob B", { network: "a:  1\n" })];
    expect(pairs(two)).toEqual(["Alice+Bob B hint: the same network.yml, which is not the lab's"]);
    expect(pairs(two, () => ["a: 1"])).toEqual([]);
    expect(pairs(Array.from({ length: 10 }, (_, index) => compared(`Student ${"x".repeat(index)}`, { network: index < 5 ? "a: 1" : `b: ${index}` })))).toEqual([]);
  });

  it("does not hold a second report against the same student", () => {
    expect(normalizedName("  Élodie  MARTIN ")).toBe(normalizedName("martin, elodie"));
    expect(pairs([compared("Élodie Martin", { attempt: "x" }), compared("x", { attempt: "x", rename: "MARTIN Elodie" })])).toEqual([]);
    expect(pairs([compared("", { attempt: "x", network: "a: 1" }), compared("", { attempt: "x", network: "b: 1" })])).toHaveLength(1);
  });
});

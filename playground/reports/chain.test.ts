import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonicalJson.ts";
import { chainEvent, chainFaults, hashOf, type Link } from "./chain.ts";
import { sealOf } from "./reportSchema.ts";

const at = (seconds: number): string => new Date(1_800_000_000_000 + seconds * 1000).toISOString();
function chain(length: number): Record<string, unknown>[] {
  let before: Link | undefined;
  return Array.from({ length }, (_, index) => {
    const event = chainEvent({ type: index === 0 ? "attempt.started" : "hint.opened", at: at(index), step: `s${index}`, deep: { b: [1, { z: null, a: "é" }], a: 0.5 } }, before);
    before = event;
    return event;
  });
}

describe("canonicalJson", () => {
  it("does not depend on the order of keys, and comes back as the same value", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = canonicalJson(value);
      const parsed: unknown = JSON.parse(text);
      expect(canonicalJson(parsed)).toBe(text);
      expect(parsed).toEqual(JSON.parse(JSON.stringify(value)));
    }));
    expect(canonicalJson({ b: 1, a: [undefined, "</script>"], c: undefined })).toBe('{"a":[null,"</script>"],"b":1}');
  });

  it("refuses what is nested so deep that it would fill the stack", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(() => canonicalJson(deep)).toThrowError(expect.objectContaining({ code: "report.too-deep" }));
  });
});

describe("a chain of events", () => {
  it("is whole as written, and after a way through JSON", () => {
    expect(chainFaults(chain(20))).toEqual([]);
    expect(chainFaults(JSON.parse(JSON.stringify(chain(20))) as unknown[])).toEqual([]);
  });

  it("shows any one edit at the event that was edited", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 9 }), fc.constantFrom("at", "step", "deep", "type"), (index, field) => {
      const events = chain(10);
      const event = events[index] ?? {};
      events[index] = { ...event, [field]: field === "at" ? at(index + 0.5) : "other" };
      expect(chainFaults(events)).toContainEqual({ index, kind: "edited" });
    }));
  });

  it("shows what was removed, doubled, moved, or hashed anew alone", () => {
    const events = chain(6);
    expect(chainFaults(events.filter((_, index) => index !== 3))).toEqual([{ index: 3, kind: "broken-link" }, { index: 3, kind: "number" }]);
    expect(chainFaults(events.slice(1))[0]).toEqual({ index: 0, kind: "broken-link" });
    expect(chainFaults([...events.slice(0, 4), events[3], ...events.slice(4)]).map(({ index }) => index)).toContain(4);
    const anew = events.map((event, index) => (index === 2 ? { ...event, step: "forged", hash: hashOf({ ...event, step: "forged" }) } : event));
    expect(chainFaults(anew)).toEqual([{ index: 3, kind: "broken-link" }]);
  });

  it("says of what is no event that it cannot be read, and goes on behind it", () => {
    const events: unknown[] = chain(5);
    events[2] = "what?";
    expect(chainFaults(events)).toEqual([{ index: 2, kind: "unreadable" }]);
    expect(chainFaults([null, 7, [], {}])).toHaveLength(4);
  });

  it("shows a time long before the one before", () => {
    const first = chainEvent({ type: "attempt.started", at: at(100_000) }, undefined);
    expect(chainFaults([first, chainEvent({ type: "lab.started", at: at(99_000) }, first)])).toEqual([]);
    expect(chainFaults([first, chainEvent({ type: "lab.started", at: at(10) }, first)])).toEqual([{ index: 1, kind: "time" }]);
  });
});

describe("the seal", () => {
  it("is over everything but itself", () => {
    const report = { identity: { student: "A" }, events: [], seal: "" };
    const seal = sealOf(report);
    expect(sealOf({ ...report, seal })).toBe(seal);
    expect(sealOf({ ...report, identity: { student: "B" }, seal })).not.toBe(seal);
  });
});

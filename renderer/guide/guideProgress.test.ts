import { expect, it } from "vitest";
import type { CheckObservation, LabDetail } from "../../playground/contract/contract.ts";
import { failingSteps, minutesLeft, readFinished, standSteps } from "./guideProgress.ts";

const text = { fr: "x", en: "x" };
const step = (id: string, checks: string[], rest: Partial<LabDetail["steps"][number]> = {}): LabDetail["steps"][number] => ({
  id, title: text, body: text, checks: checks.map((check) => ({ id: check, title: text })), hintCount: 0, hints: [], questions: [], canSolve: true, solved: false, ...rest,
});
const observed = (states: Record<string, CheckObservation["state"]>): Record<string, CheckObservation> =>
  Object.fromEntries(Object.entries(states).map(([id, state]) => [id, { id, state, command: "", output: "", milliseconds: 0 }]));
const steps = [step("one", ["a"]), step("two", ["b", "c"]), step("three", ["d"])];
const none = new Set<string>();
const all = new Set(["one", "two", "three"]);

it("makes the first unfinished step the current one", () => {
  expect(standSteps(steps, observed({ a: "passed", b: "passed", c: "failed" }), none, all)).toEqual(["done", "current", "todo"]);
  expect(standSteps(steps, {}, none, all)).toEqual(["current", "todo", "todo"]);
});

it("keeps a tick, and says when a later step broke what it stood for", () => {
  const finished = new Set(["one", "two"]);
  expect(standSteps(steps, observed({ a: "failed", b: "passed", c: "unknown" }), finished, all)).toEqual(["review", "done", "current"]);
});

it("does not let a blocked or running check pass for a passed one", () => {
  expect(standSteps(steps, observed({ a: "blocked" }), none, all)[0]).toBe("current");
  expect(standSteps(steps, observed({ a: "running" }), none, all)[0]).toBe("current");
});

it("takes a step without checks as finished when its questions are answered", () => {
  const question = { id: "q", text, answer: " " };
  expect(standSteps([step("read", [], { questions: [question] })], {}, none, all)).toEqual(["current"]);
  expect(standSteps([step("read", [], { questions: [{ ...question, answer: "because" }] })], {}, none, all)).toEqual(["done"]);
  expect(standSteps([step("read", [])], {}, none, all)).toEqual(["current"]);
});

it("guesses the minutes left from the lab's own estimate", () => {
  expect(minutesLeft(60, ["done", "done", "current", "todo", "todo"])).toBe(35);
  expect(minutesLeft(60, ["done", "done"])).toBe(0);
  expect(minutesLeft(10, ["done", "done", "done", "done", "done", "done", "done", "current"])).toBe(5);
});

it("reads only what can be step ids from the remembered layout", () => {
  expect([...readFinished(["one", 2, null])]).toEqual(["one"]);
  expect(readFinished({ one: true }).size).toBe(0);
});

it("leaves a step open whose checks were green from the start, until it is read, answered, or left behind", () => {
  const green = observed({ a: "passed", b: "failed", c: "failed" });
  expect(standSteps(steps, green, none, new Set(["two", "three"]))).toEqual(["current", "todo", "todo"]);
  expect(standSteps(steps, green, new Set(["one"]), new Set(["two", "three"]))[0]).toBe("done");
  expect(standSteps([step("one", ["a"], { questions: [{ id: "q", text, answer: "because" }] })], green, none, none)).toEqual(["done"]);
  expect(standSteps(steps, observed({ a: "passed", b: "passed", c: "passed" }), none, new Set(["two"]))).toEqual(["done", "done", "current"]);
  expect(failingSteps(steps, green)).toEqual(["two"]);
});

import { expect, test } from "vitest";
import { Outcomes } from "./outcomes.ts";

test("each test gets what was found for it, whenever it asks", async () => {
  const outcomes = new Outcomes<number>(["one", "two"]);
  outcomes.found("one", 1);
  const two = outcomes.of("two");
  outcomes.found("two", 2);
  expect([await outcomes.of("one"), await two]).toEqual([1, 2]);
});

test("work that fails fails what it had not found yet, and nothing else", async () => {
  const outcomes = new Outcomes<number>(["one", "two"]);
  outcomes.found("one", 1);
  outcomes.failed(["one", "two"], new Error("no engine"));
  expect(await outcomes.of("one")).toBe(1);
  await expect(outcomes.of("two")).rejects.toThrow("no engine");
});

test("nobody waits for what was not promised", async () => {
  await expect(new Outcomes<number>([]).of("three")).rejects.toThrow("three");
});

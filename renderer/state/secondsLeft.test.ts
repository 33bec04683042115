import { expect, it } from "vitest";
import type { Progress } from "../../playground/contract/contract.ts";
import { guessSecondsLeft } from "./secondsLeft.ts";

const entry = (at: number, done: number, state: Progress["state"] = "running", task = "setup") => ({ at, progress: { task, step: "s", label: { fr: "x", en: "x" }, done, total: 10, state } });

it("guesses from the pace of the present run alone", () => {
  expect(guessSecondsLeft([entry(0, 0), entry(10_000, 5)], "setup")).toBe(10);
  expect(guessSecondsLeft([entry(0, 0), entry(1000, 10, "done"), entry(5000, 0), entry(9000, 2)], "setup")).toBe(16);
});

it("says nothing before there is a pace", () => {
  expect(guessSecondsLeft([], "setup")).toBeUndefined();
  expect(guessSecondsLeft([entry(0, 3)], "setup")).toBeUndefined();
  expect(guessSecondsLeft([entry(0, 0), entry(10_000, 5)], "up:07")).toBeUndefined();
});

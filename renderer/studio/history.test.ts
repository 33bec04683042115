import { expect, test } from "vitest";
import { beginHistory, changeFiles, redo, undo } from "./history.ts";

test("changes are undone and come again; typing without a pause is one step", () => {
  let history = beginHistory({ "lab.yml": "a" });
  for (const [text, at] of [["ab", 0], ["abc", 300], ["abcd", 600], ["abcde", 5000]] as const) history = changeFiles(history, { "lab.yml": text }, at, "lab.yml");
  expect(history.past).toEqual([{ "lab.yml": "a" }, { "lab.yml": "abcd" }]);
  expect(undo(undo(history)).files).toEqual({ "lab.yml": "a" });
  expect(redo(undo(history)).files).toEqual({ "lab.yml": "abcde" });
  expect(undo(beginHistory({})).files).toEqual({});
});

test("typing somewhere else, or a change by a form, is a step of its own; a new change forgets what was undone", () => {
  let history = changeFiles(beginHistory({ a: "", b: "" }), { a: "1" }, 0, "a");
  history = changeFiles(history, { b: "1" }, 10, "b");
  history = changeFiles(history, { b: "2" }, 20);
  expect(history.past).toHaveLength(3);
  const changed = changeFiles(undo(history), { a: undefined }, 30);
  expect(changed.files).toEqual({ b: "1" });
  expect(redo(changed)).toBe(changed);
  expect(changeFiles(changed, { b: "1" }, 40)).toBe(changed);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf } from "./differenceOf.ts";

const apply = (before: string, text: string): string => {
  const change = differenceOf(before, text);
  return change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
};

test("only what differs is changed", () => {
  expect(differenceOf("a: 1\nb: 2\n", "a: 1\nb: 3\n")).toEqual({ from: 8, to: 9, insert: "3" });
  expect(differenceOf("aa", "aaa")).toEqual({ from: 2, to: 2, insert: "a" });
});

test("a file from Windows differs in nothing, and its line ends never become lines", () => {
  expect(differenceOf("a\nb\n", "a\r\nb\r\n")).toBeUndefined();
  expect(differenceOf("a\nb\n", "a\r\nc\r\n")).toEqual({ from: 2, to: 3, insert: "c" });
});

test("whatever was there, the change makes it the other text", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "🏰") });
  fc.assert(fc.property(text, text, (before, after) => apply(before, after) === after));
});

import { expect, test } from "vitest";
import { wantedImpairment } from "./impairment.ts";

test("numbers are kept within what the engine takes, and what is no number is zero", () => {
  expect(wantedImpairment("10", "100", true)).toEqual({ lossPercent: 10, delayMilliseconds: 100 });
  expect(wantedImpairment("250", "9000", true)).toEqual({ lossPercent: 100, delayMilliseconds: 5000 });
  expect(wantedImpairment("-3", "", true)).toEqual({ lossPercent: 0, delayMilliseconds: 0 });
});

test("a kernel that cannot delay is not asked to, whatever stood in the field before that was known", () => {
  expect(wantedImpairment("10", "100", false)).toEqual({ lossPercent: 10, delayMilliseconds: 0 });
});

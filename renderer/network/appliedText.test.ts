import { describe, expect, it } from "vitest";
import { createTranslate, windowTexts } from "../i18n/translate.tsx";
import { appliedText, isPlanOnScreen } from "./appliedText.ts";

const change = { action: "change" as const, kind: "route_tables", name: "foo", id: "rtb-1", attributes: [] };
const apply = (count: number) => ({ plan: { changes: Array.from({ length: count }, () => change), create: 0, change: count, replace: 0, destroy: 0 }, milliseconds: 48.4, at: 0 });

describe("what came of an apply", () => {
  it("is counted as each language counts", () => {
    const french = createTranslate(windowTexts, "fr");
    expect(appliedText(french, apply(1))).toBe("1 changement appliqué en 48 ms");
    expect(appliedText(french, apply(2))).toBe("2 changements appliqués en 48 ms");
    expect(appliedText(createTranslate(windowTexts, "en"), apply(2))).toContain("2 changes applied");
  });

  it("says so when there was nothing to do", () => {
    expect(appliedText(createTranslate(windowTexts, "fr"), apply(0))).not.toContain("0 changement");
  });
});

it("is said in the corner unless the plan says it", () => {
  expect(isPlanOnScreen({ leftTab: "plan", maximised: undefined })).toBe(true);
  expect(isPlanOnScreen({ leftTab: "plan", maximised: "guide" })).toBe(true);
  expect(isPlanOnScreen({ leftTab: "plan", maximised: "terminals" })).toBe(false);
  expect(isPlanOnScreen({ leftTab: "guide", maximised: undefined })).toBe(false);
});

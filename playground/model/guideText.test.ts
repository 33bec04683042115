import { expect, test } from "vitest";
import { guideText, orderGuide, renameGuideStep, withGuideText, withoutGuideStep } from "./guideText.ts";

const guide = "---\ntitle: T\n---\n\n# T\n\nHello.\n\n## One {#one}\n\n```sh\n## Two {#two}\n```\n\n## Three {#three}\n\nThird.\n";

test("a step's text is read and written without touching the others, and headings inside code are text", () => {
  expect(guideText(guide, "one")).toBe("```sh\n## Two {#two}\n```");
  expect(guideText(guide, undefined)).toContain("Hello.");
  expect(guideText(guide, "two")).toBe("");
  const changed = withGuideText(guide, "one", "First", "New.\n\n");
  expect(changed).toBe(guide.replace("## One {#one}\n\n```sh\n## Two {#two}\n```", "## First {#one}\n\nNew."));
  expect(withGuideText(guide, "three", "Three", "Third.")).toBe(guide);
  expect(withGuideText(guide, undefined, "", guideText(guide, undefined))).toBe(guide);
});

test("steps are added at the end, renamed, taken out and put in order", () => {
  expect(withGuideText(guide, "four", "Four", "Fourth.")).toBe(`${guide}\n## Four {#four}\n\nFourth.\n`);
  expect(renameGuideStep(guide, "three", "last", "Last")).toBe(guide.replace("## Three {#three}", "## Last {#last}"));
  expect(withoutGuideStep(guide, "one")).toBe(guide.replace(/## One[\s\S]*?(?=## Three)/, ""));
  expect(guideText(orderGuide(guide, ["three", "one"]), "one")).toBe(guideText(guide, "one"));
  expect(orderGuide(guide, ["three", "one"]).indexOf("{#three}")).toBeLessThan(orderGuide(guide, ["three", "one"]).indexOf("{#one}"));
  expect(orderGuide(guide, ["one", "three"])).toBe(guide);
});

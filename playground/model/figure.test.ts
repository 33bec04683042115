import { describe, expect, it } from "vitest";
import { figuresOf, parseFigure } from "./figure.ts";

describe("parseFigure", () => {
  it("reads names and caption, with or without brackets, over several lines", () => {
    const expected = { show: ["laptop", "foo-igw"], caption: "What the laptop sees." };
    expect(parseFigure("show: [laptop, foo-igw]\ncaption: What the laptop sees.")).toEqual(expected);
    expect(parseFigure("caption: What the\n  laptop sees.\nshow: [laptop,\n  foo-igw]\n")).toEqual(expected);
    expect(parseFigure("show: laptop, foo-igw\ncaption: What the laptop sees.")).toEqual(expected);
  });

  it.each(["", "show: [a]", "caption: c", "show: []\ncaption: c", "show: [a]\ncaption:", "show: [a]\ncaption: c\nsize: 3", "show: [a]\nshow: [b]\ncaption: c", "first\nshow: [a]\ncaption: c"])("refuses %j", (text) => {
    expect(parseFigure(text)).toBeUndefined();
  });
});

describe("figuresOf", () => {
  it("finds every block with its line, in callouts too, and none inside another block", () => {
    const guide = ["# T", "```topology", "show: [a]", "caption: A", "```", "> [!LOOK]", "> ```topology", "> show: [b]", "> caption: B", "> ```", "````markdown", "```topology", "show: [c]", "```", "````", "```topology", "nonsense", "```"].join("\n");
    expect(figuresOf(guide)).toEqual([
      { line: 2, figure: { show: ["a"], caption: "A" } },
      { line: 7, figure: { show: ["b"], caption: "B" } },
      { line: 16, figure: undefined },
    ]);
  });
});

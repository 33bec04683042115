import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

// Read as a file, which code of the window itself may not do.
const css = readFileSync(join(import.meta.dirname, "..", "..", "renderer", "theme", "tokens.css"), "utf8");
const projectorCss = readFileSync(join(import.meta.dirname, "..", "..", "renderer", "projector", "projector.css"), "utf8");

/** The colours of one theme by their names, as #rrggbb. */
function coloursOf(theme: "light" | "dark", sheet = css): ReadonlyMap<string, string> {
  const start = sheet.indexOf(`[data-theme="${theme}"] {`);
  const block = sheet.slice(start, sheet.indexOf("}", start));
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name, value]) => [name ?? "", value ?? ""]));
}

/** Relative luminance after WCAG 2, from 0 to 1. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast after WCAG 2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["bg", "surface", "sunk"];
/** Text and what it stands on: at least 4.5. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ["text", [...surfaces, "hover", "accent-soft", "ok-soft", "bad-soft", "warn-soft", "idea-soft", "vpc-fill", "pub-fill", "priv-fill", "net-fill", "node"]],
  ["muted", [...surfaces, "hover", "bad-soft", "vpc-fill", "pub-fill", "priv-fill", "net-fill", "node"]],
  ["accent", [...surfaces, "accent-soft", "hover"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["ok", [...surfaces, "ok-soft"]],
  ["bad", [...surfaces, "bad-soft"]],
  ["warn", [...surfaces, "warn-soft"]],
  ["idea", [...surfaces, "idea-soft"]],
  ["vpc", ["bg", "surface", "vpc-fill"]],
  ["tunnel", ["bg", "surface", "vpc-fill", "pub-fill", "priv-fill", "net-fill"]],
  ["pub", ["pub-fill"]],
  ["priv", ["priv-fill"]],
  ["term-text", ["term"]],
  ["code-key", ["surface"]],
  ["code-string", ["surface"]],
  ["code-number", ["surface"]],
  ["code-comment", ["surface"]],
];
/** Outlines without which a control or a box would not be seen: at least 3. */
const outlines: readonly (readonly [string, readonly string[]])[] = [
  ["line-strong", ["bg", "surface"]],
  ["vpc", ["bg"]],
  ["pub", ["vpc-fill"]],
  ["priv", ["vpc-fill"]],
  ["ok", ["node"]],
  ["bad", ["node"]],
];

it.each(["light", "dark"] as const)("keeps WCAG AA contrast between the colours of the %s theme", (theme) => {
  const colours = coloursOf(theme);
  const tooWeak = [...texts.map((pair) => [...pair, 4.5] as const), ...outlines.map((pair) => [...pair, 3] as const)].flatMap(([front, backs, least]) =>
    backs.flatMap((back) => {
      const [one, other] = [colours.get(front), colours.get(back)];
      if (one === undefined || other === undefined) return [`${front} or ${back} is missing`];
      const found = contrast(one, other);
      return found < least ? [`${front} on ${back}: ${found.toFixed(2)} < ${least}`] : [];
    }),
  );
  expect(tooWeak).toEqual([]);
});

it.each(["light", "dark"] as const)("gives a room more than a desk: at least 7 for text in the %s theme, projected", (theme) => {
  const colours = new Map([...coloursOf(theme), ...coloursOf(theme, projectorCss)]);
  expect([...coloursOf(theme, projectorCss).keys()]).toContain("text");
  const tooWeak = ["text", "muted", "vpc", "pub", "priv", "tunnel", "bad"].flatMap((front) =>
    ["bg", "surface", "vpc-fill", "pub-fill", "priv-fill", "net-fill", "node"].flatMap((back) => {
      const found = contrast(colours.get(front) ?? "", colours.get(back) ?? "");
      return found >= 7 ? [] : [`${front} on ${back}: ${found.toFixed(2)}`];
    }),
  );
  expect(tooWeak).toEqual([]);
});

it("measures contrast as WCAG does", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

import type { Point } from "./layoutTypes.ts";

/** Names of colours in the theme; the palette gives their values. */
export const colorNames = [
  "bg", "surface", "sunk", "text", "muted", "line", "line-strong", "accent", "accent-soft", "on-accent", "vpc", "vpc-fill", "pub", "pub-fill", "priv", "priv-fill", "net", "net-fill",
  "ok", "ok-soft", "bad", "bad-soft", "warn", "warn-soft", "node", "node-line", "wire", "tunnel",
] as const;
export type ColorName = (typeof colorNames)[number];
export type Palette = Readonly<Record<ColorName, string>>;

/** A piece of a line of text; pieces that do not fit are left out from the end, the first one is shortened. */
export interface TextRun {
  readonly text: string;
  readonly color: ColorName;
  readonly mono?: boolean;
  readonly weight?: 400 | 600;
}

/** What a picture is made of: the canvas and the SVG export draw the same list, so that they always agree. */
export type Shape =
  | { readonly kind: "rect"; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly radius: number; readonly fill: ColorName; readonly stroke: ColorName; readonly strokeWidth: number; readonly dash?: readonly number[]; readonly opacity?: number }
  | { readonly kind: "circle"; readonly x: number; readonly y: number; readonly radius: number; readonly fill: ColorName; readonly stroke: ColorName; readonly strokeWidth: number; readonly opacity?: number }
  | { readonly kind: "line"; readonly points: readonly Point[]; readonly stroke: ColorName; readonly strokeWidth: number; readonly dash?: readonly number[]; readonly arrow?: boolean; readonly corner?: number; readonly opacity?: number }
  | { readonly kind: "glyph"; readonly x: number; readonly y: number; readonly size: number; readonly path: string; readonly stroke: ColorName; readonly strokeWidth: number; readonly opacity?: number }
  | { readonly kind: "text"; readonly x: number; readonly y: number; readonly runs: readonly TextRun[]; /** The same said shorter and shorter, for where an enlarged line has no room: the first that fits whole. */ readonly shorter?: readonly TextRun[]; readonly size: number; readonly anchor: "start" | "middle" | "end"; readonly maxWidth: number; /** How much it may grow against its own size when zoomed out; 1.5 unless told. */ readonly growth?: number; /** How far its baseline goes down for each unit that it grows: of what hangs below something. */ readonly sinks?: number; readonly halo?: ColorName; /** Behind the whole line: what runs below it is interrupted. */ readonly plate?: ColorName; readonly opacity?: number }
  | BadgeShape;

/** A pill with a line of text and perhaps a sign before it. It is as wide as its text, stands on `bottom`, and grows upwards with its text. */
export interface BadgeShape {
  readonly kind: "badge";
  readonly x: number;
  readonly bottom: number;
  readonly anchor: "start" | "middle" | "end";
  /** How much of a text of the same size stands between `x` and the badge, at that size; 0 unless told. */
  readonly after?: number;
  /** The same said shorter and shorter: the first that fits is shown, and nothing when none does. */
  readonly texts: readonly string[];
  /** An outline as of a glyph. */
  readonly sign?: string;
  readonly color: ColorName;
  readonly fill: ColorName;
  readonly stroke: ColorName;
  readonly dash?: readonly number[];
  readonly maxWidth: number;
  readonly size: number;
  readonly opacity?: number;
}

export interface Scene {
  /** Where the picture begins; less than 0 where names stand beside it. */
  readonly left?: number;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Advance of one character relative to the font's size; the canvas measures, the pure code estimates. */
const monoRatio = 0.6;
const sansRatio = 0.56;
export const runGap = 8;

/** Estimated width of a run. */
export function estimateRun(run: TextRun, size: number): number {
  return run.text.length * size * (run.mono === true ? monoRatio : sansRatio);
}

/**
 * Chooses what of a line fits into a width: whole pieces from the front, at least a shortened first piece, or nothing when
 * not even four characters fit.
 */
export function fitRuns(runs: readonly TextRun[], size: number, maxWidth: number, measure: (run: TextRun, size: number) => number = estimateRun): TextRun[] {
  const kept: TextRun[] = [];
  let used = 0;
  for (const run of runs) {
    const width = measure(run, size) + (kept.length > 0 ? runGap : 0);
    if (used + width > maxWidth) break;
    kept.push(run);
    used += width;
  }
  const first = runs[0];
  if (kept.length > 0 || first === undefined) return kept;
  const fits = Math.floor((maxWidth / Math.max(1, measure(first, size))) * first.text.length) - 1;
  return fits < 3 ? [] : [{ ...first, text: `${first.text.slice(0, fits)}…` }];
}

/** Where a badge's parts stand; undefined where not even its shortest text fits. Everything in the units of the picture. */
export interface PlacedBadge {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Centre of the sign, and where the text begins, on its baseline. */
  readonly sign: { readonly x: number; readonly y: number; readonly size: number };
  readonly textX: number;
  readonly baseline: number;
}

/** The run that a badge's text is. */
export const badgeRun = (shape: BadgeShape, text: string): TextRun => ({ text, color: shape.color, mono: true, weight: 600 });

/** Chooses the longest text that fits, and places it with its sign; `size` is the size of the text as it will be drawn. */
export function placeBadge(shape: BadgeShape, size: number, measure: (run: TextRun, size: number) => number = estimateRun): PlacedBadge | undefined {
  const padding = size * 0.45;
  const signWidth = shape.sign === undefined ? 0 : size;
  const before = ((shape.after ?? 0) * size) / shape.size;
  for (const text of shape.texts) {
    const textWidth = text === "" ? 0 : measure(badgeRun(shape, text), size);
    const gap = signWidth > 0 && textWidth > 0 ? size * 0.3 : 0;
    const width = padding * 2 + signWidth + gap + textWidth;
    if (width + before > shape.maxWidth) continue;
    const height = size * 1.3;
    const x = shape.anchor === "start" ? shape.x + before : shape.anchor === "middle" ? shape.x - width / 2 : shape.x - width;
    const y = shape.bottom - height;
    return { text, x, y, width, height, sign: { x: x + padding + signWidth / 2, y: y + height / 2, size }, textX: x + padding + signWidth + gap, baseline: y + height / 2 + size * 0.36 };
  }
  return undefined;
}

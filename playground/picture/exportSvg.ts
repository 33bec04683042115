import type { Point } from "./layoutTypes.ts";
import { badgeRun, estimateRun, fitRuns, placeBadge, runGap, type BadgeShape, type Palette, type Scene, type Shape, type TextRun } from "./scene.ts";

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[character] ?? character);
const number = (value: number): string => String(Math.round(value * 100) / 100);
const sans = "Inter, 'Inter Variable', system-ui, sans-serif";
const mono = "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, monospace";

/**
 * Writes a picture as one self-contained SVG document: what is on screen, at its own size, with the theme's colours.
 * @param title read by screen readers and shown as tooltip
 */
export function exportSvg(scene: Scene, palette: Palette, title: string): string {
  const left = scene.left ?? 0;
  const width = number(scene.width - left);
  const size = `width="${width}" height="${number(scene.height)}" viewBox="${number(left)} 0 ${width} ${number(scene.height)}"`;
  const body = scene.shapes.map((shape) => shapeToSvg(shape, palette)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">\n<title>${escape(title)}</title>\n<rect${left === 0 ? "" : ` x="${number(left)}"`} width="100%" height="100%" fill="${palette.bg}"/>\n${body}\n</svg>\n`;
}

function shapeToSvg(shape: Shape, palette: Palette): string {
  const opacity = shape.opacity === undefined ? "" : ` opacity="${number(shape.opacity)}"`;
  switch (shape.kind) {
    case "rect":
      return `<rect x="${number(shape.x)}" y="${number(shape.y)}" width="${number(shape.width)}" height="${number(shape.height)}" rx="${shape.radius}" fill="${palette[shape.fill]}" stroke="${palette[shape.stroke]}" stroke-width="${shape.strokeWidth}"${dash(shape.dash)}${opacity}/>`;
    case "circle":
      return `<circle cx="${number(shape.x)}" cy="${number(shape.y)}" r="${shape.radius}" fill="${palette[shape.fill]}" stroke="${palette[shape.stroke]}" stroke-width="${shape.strokeWidth}"${opacity}/>`;
    case "line":
      return `<path d="${linePath(shape.points, shape.corner ?? 0)}" fill="none" stroke="${palette[shape.stroke]}" stroke-width="${shape.strokeWidth}" stroke-linejoin="round"${dash(shape.dash)}${opacity}/>${shape.arrow === true ? arrowSvg(shape.points, palette[shape.stroke], shape.strokeWidth) : ""}`;
    case "glyph":
      return `<path transform="translate(${number(shape.x - shape.size / 2)} ${number(shape.y - shape.size / 2)}) scale(${number(shape.size / 24)})" d="${shape.path}" fill="none" stroke="${palette[shape.stroke]}" stroke-width="${number((shape.strokeWidth * 24) / shape.size)}" stroke-linecap="round" stroke-linejoin="round"${opacity}/>`;
    case "badge":
      return badgeToSvg(shape, palette);
    case "text":
      return textToSvg(shape, palette, opacity);
  }
}

function badgeToSvg(shape: BadgeShape, palette: Palette): string {
  const placed = placeBadge(shape, shape.size);
  if (placed === undefined) return "";
  const common = shape.opacity === undefined ? {} : { opacity: shape.opacity };
  const parts: Shape[] = [
    { kind: "rect", x: placed.x, y: placed.y, width: placed.width, height: placed.height, radius: placed.height / 2, fill: shape.fill, stroke: shape.stroke, strokeWidth: 1.4, ...(shape.dash ? { dash: shape.dash } : {}), ...common },
    ...(shape.sign === undefined ? [] : [{ kind: "glyph" as const, ...placed.sign, path: shape.sign, stroke: shape.color, strokeWidth: 1.7, ...common }]),
    { kind: "text", x: placed.textX, y: placed.baseline, size: shape.size, anchor: "start", maxWidth: placed.width + 1, runs: [badgeRun(shape, placed.text)], ...common },
  ];
  return parts.map((part) => shapeToSvg(part, palette)).join("");
}

const dash = (lengths: readonly number[] | undefined): string => (lengths === undefined ? "" : ` stroke-dasharray="${lengths.join(" ")}"`);

function textToSvg(shape: Extract<Shape, { kind: "text" }>, palette: Palette, opacity: string): string {
  const runs = fitRuns(shape.runs, shape.size, shape.maxWidth);
  if (runs.length === 0) return "";
  const halo = shape.halo === undefined ? "" : ` stroke="${palette[shape.halo]}" stroke-width="3" paint-order="stroke" stroke-linejoin="round"`;
  const span = (run: TextRun, index: number): string => `<tspan${index > 0 ? ` dx="${runGap}"` : ""} fill="${palette[run.color]}" font-family="${run.mono === true ? mono : sans}"${run.weight === undefined ? "" : ` font-weight="${run.weight}"`}>${escape(run.text)}</tspan>`;
  const total = runs.reduce((sum, run, index) => sum + estimateRun(run, shape.size) + (index > 0 ? runGap : 0), 0);
  const start = shape.anchor === "start" ? shape.x : shape.anchor === "middle" ? shape.x - total / 2 : shape.x - total;
  const plate = shape.plate === undefined ? "" : `<rect x="${number(start - 3)}" y="${number(shape.y - shape.size)}" width="${number(total + 6)}" height="${number(shape.size * 1.25)}" fill="${palette[shape.plate]}"${opacity}/>`;
  return `${plate}<text x="${number(shape.x)}" y="${number(shape.y)}" font-size="${shape.size}" text-anchor="${shape.anchor}"${halo}${opacity}>${runs.map(span).join("")}</text>`;
}

/** An SVG path along points, with rounded corners. */
export function linePath(points: readonly Point[], corner: number): string {
  const first = points[0];
  if (first === undefined) return "";
  let path = `M${number(first.x)} ${number(first.y)}`;
  points.slice(1).forEach((point, index) => {
    const next = points[index + 2];
    const previous = points[index] ?? first;
    if (next === undefined || corner === 0) {
      path += `L${number(point.x)} ${number(point.y)}`;
      return;
    }
    const before = towards(point, previous, corner);
    const after = towards(point, next, corner);
    path += `L${number(before.x)} ${number(before.y)}Q${number(point.x)} ${number(point.y)} ${number(after.x)} ${number(after.y)}`;
  });
  return path;
}

/** A point at most `distance`, and at most half the way, from one point to another. */
function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** The three corners of the arrow head at the end of a line. */
export function arrowHead(points: readonly Point[], width: number): readonly [Point, Point, Point] | undefined {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return undefined;
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const reach = 4 + width * 2;
  const corner = (turn: number): Point => ({ x: end.x - reach * Math.cos(angle + turn), y: end.y - reach * Math.sin(angle + turn) });
  return [{ x: end.x + Math.cos(angle) * 2, y: end.y + Math.sin(angle) * 2 }, corner(0.5), corner(-0.5)];
}

function arrowSvg(points: readonly Point[], color: string, width: number): string {
  const head = arrowHead(points, width);
  return head === undefined ? "" : `<path d="M${head.map((point) => `${number(point.x)} ${number(point.y)}`).join("L")}Z" fill="${color}"/>`;
}

/** Width of a text line as the export estimates it, for tests. */
export function estimateLine(runs: readonly TextRun[], size: number): number {
  return runs.reduce((sum, run, index) => sum + estimateRun(run, size) + (index > 0 ? runGap : 0), 0);
}

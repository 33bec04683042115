import { arrowHead, linePath } from "../../playground/picture/exportSvg.ts";
import { badgeRun, fitRuns, placeBadge, runGap, type BadgeShape, type ColorName, type Palette, type Scene, type Shape, type TextRun } from "../../playground/picture/scene.ts";

/** What part of the picture a canvas shows. `pan` in CSS pixels, `ratio` device pixels per CSS pixel. */
export interface Viewport {
  readonly pan: { readonly x: number; readonly y: number };
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** How text is kept legible against the zoom. */
export interface Legibility {
  /** Text on screen is never smaller than this, in CSS pixels: it grows against the zoom, or is left out where it has no room. */
  readonly minimumText: number;
  /** Text grows at most so much against its own size, unless it says more itself: layouts keep room for that. */
  readonly largestGrowth: number;
  /** The same for names, which stay when addresses have no more room. */
  readonly largestNameGrowth: number;
}

/** At a desk. */
export const deskLegibility: Legibility = { minimumText: 12, largestGrowth: 1.5, largestNameGrowth: 2.4 };

/**
 * Draws scenes on a canvas. It keeps the outlines and text widths that it has computed once, because panning repaints the
 * same shapes sixty times a second.
 */
export class ScenePainter {
  private readonly outlines = new Map<string, Path2D>();
  private readonly widths = new Map<string, number>();
  private readonly families: { readonly sans: string; readonly mono: string };
  private readonly legibility: Legibility;

  constructor(families: { sans: string; mono: string }, legibility: Legibility = deskLegibility) {
    this.families = families;
    this.legibility = legibility;
  }

  /** Forgets text widths, for instance once the fonts have arrived. */
  forgetWidths(): void {
    this.widths.clear();
  }

  paint(context: CanvasRenderingContext2D, scene: Scene, palette: Palette, viewport: Viewport): void {
    const { pan, zoom, ratio } = viewport;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, viewport.width, viewport.height);
    context.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * pan.x, ratio * pan.y);
    const left = -pan.x / zoom;
    const top = -pan.y / zoom;
    const right = left + viewport.width / zoom;
    const bottom = top + viewport.height / zoom;
    for (const shape of scene.shapes) {
      if (shape.kind !== "line") {
        const reachX = shape.kind === "rect" ? shape.width : shape.kind === "text" || shape.kind === "badge" ? shape.maxWidth : 40;
        const reachY = shape.kind === "rect" ? shape.height : 40;
        const y = shape.kind === "badge" ? shape.bottom : shape.y;
        if (shape.x > right + reachX || shape.x + reachX < left || y > bottom + 40 || y + reachY < top) continue;
      }
      context.globalAlpha = shape.opacity ?? 1;
      this.paintShape(context, shape, palette, zoom);
    }
    context.globalAlpha = 1;
  }

  private paintShape(context: CanvasRenderingContext2D, shape: Shape, palette: Palette, zoom: number): void {
    switch (shape.kind) {
      case "rect":
        context.beginPath();
        context.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius);
        this.fillAndStroke(context, shape, palette);
        return;
      case "circle":
        context.beginPath();
        context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
        this.fillAndStroke(context, shape, palette);
        return;
      case "line": {
        context.strokeStyle = palette[shape.stroke];
        context.lineWidth = shape.strokeWidth;
        context.lineJoin = "round";
        context.lineCap = "butt";
        context.setLineDash([...(shape.dash ?? [])]);
        context.stroke(new Path2D(linePath(shape.points, shape.corner ?? 0)));
        context.setLineDash([]);
        const head = shape.arrow === true ? arrowHead(shape.points, shape.strokeWidth) : undefined;
        if (head === undefined) return;
        context.fillStyle = palette[shape.stroke];
        context.beginPath();
        context.moveTo(head[0].x, head[0].y);
        context.lineTo(head[1].x, head[1].y);
        context.lineTo(head[2].x, head[2].y);
        context.fill();
        return;
      }
      case "glyph": {
        // Below half a screen pixel per unit a glyph is a smudge that costs time.
        if (shape.size * zoom >= 5) this.paintGlyph(context, shape, palette[shape.stroke]);
        return;
      }
      case "badge":
        this.paintBadge(context, shape, palette, zoom);
        return;
      case "text":
        this.paintText(context, shape, palette, zoom);
    }
  }

  private paintGlyph(context: CanvasRenderingContext2D, { x, y, size, path, strokeWidth }: { x: number; y: number; size: number; path: string; strokeWidth: number }, color: string): void {
    const scale = size / 24;
    context.save();
    context.translate(x - size / 2, y - size / 2);
    context.scale(scale, scale);
    context.strokeStyle = color;
    context.lineWidth = strokeWidth / scale;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke(this.outline(path));
    context.restore();
  }

  private paintBadge(context: CanvasRenderingContext2D, shape: BadgeShape, palette: Palette, zoom: number): void {
    const { minimumText, largestGrowth } = this.legibility;
    const size = Math.max(shape.size, minimumText / zoom);
    if (size > shape.size * largestGrowth) return;
    const placed = placeBadge(shape, size, (run) => this.width(context, run, size));
    if (placed === undefined) return;
    context.beginPath();
    context.roundRect(placed.x, placed.y, placed.width, placed.height, placed.height / 2);
    this.fillAndStroke(context, { fill: shape.fill, stroke: shape.stroke, strokeWidth: 1.4, dash: shape.dash }, palette);
    if (shape.sign !== undefined) this.paintGlyph(context, { ...placed.sign, path: shape.sign, strokeWidth: (1.7 * size) / 12 }, palette[shape.color]);
    const run = badgeRun(shape, placed.text);
    context.font = this.font(run, size);
    context.fillStyle = palette[run.color];
    context.fillText(placed.text, placed.textX, placed.baseline);
  }

  private fillAndStroke(context: CanvasRenderingContext2D, shape: { fill: ColorName; stroke: ColorName; strokeWidth: number; dash?: readonly number[] | undefined }, palette: Palette): void {
    context.fillStyle = palette[shape.fill];
    context.fill();
    context.strokeStyle = palette[shape.stroke];
    context.lineWidth = shape.strokeWidth;
    const { dash } = shape;
    if (dash !== undefined) context.setLineDash([...dash]);
    context.stroke();
    if (dash !== undefined) context.setLineDash([]);
  }

  private paintText(context: CanvasRenderingContext2D, shape: Extract<Shape, { kind: "text" }>, palette: Palette, zoom: number): void {
    const { minimumText, largestGrowth, largestNameGrowth } = this.legibility;
    const size = Math.max(shape.size, minimumText / zoom);
    const isName = shape.runs[0]?.weight === 600;
    if (size > shape.size * Math.max(shape.growth ?? 0, isName ? largestNameGrowth : largestGrowth)) return;
    const measure = (run: TextRun): number => this.width(context, run, size);
    const widthOf = (line: readonly TextRun[]): number => line.reduce((sum, run, index) => sum + measure(run) + (index > 0 ? runGap : 0), 0);
    const whole = shape.shorter === undefined ? undefined : [shape.runs, ...shape.shorter.map((run) => [run])].find((line) => widthOf(line) <= shape.maxWidth);
    const runs = whole ?? fitRuns(shape.runs, size, shape.maxWidth, measure);
    const total = widthOf(runs);
    const start = shape.anchor === "start" ? shape.x : shape.anchor === "middle" ? shape.x - total / 2 : shape.x - total;
    if (shape.plate !== undefined) {
      context.fillStyle = palette[shape.plate];
      // Enlarged letters reach no line that runs above or below them.
      const top = Math.min(size * 0.9, 14);
      context.fillRect(start - 3, shape.y - top, total + 6, top + Math.min(size * 0.25, 4));
    }
    let x = start;
    const baseline = shape.y + (size - shape.size) * (shape.sinks ?? 0);
    for (const run of runs) {
      context.font = this.font(run, size);
      if (shape.halo !== undefined) {
        context.strokeStyle = palette[shape.halo];
        context.lineWidth = 4;
        context.lineJoin = "round";
        context.strokeText(run.text, x, baseline);
      }
      context.fillStyle = palette[run.color];
      context.fillText(run.text, x, baseline);
      x += measure(run) + runGap;
    }
  }

  private font(run: TextRun, size: number): string {
    return `${run.weight ?? 400} ${size}px ${run.mono === true ? this.families.mono : this.families.sans}`;
  }

  /** Widths grow with the size, so one measurement at 12 px serves every zoom. */
  private width(context: CanvasRenderingContext2D, run: TextRun, size: number): number {
    const key = `${run.mono === true ? "m" : "s"}${run.weight ?? 400}${run.text}`;
    let known = this.widths.get(key);
    if (known === undefined) {
      context.font = this.font(run, 12);
      known = context.measureText(run.text).width;
      this.widths.set(key, known);
    }
    return (known * size) / 12;
  }

  private outline(path: string): Path2D {
    let known = this.outlines.get(path);
    if (known === undefined) {
      known = new Path2D(path);
      this.outlines.set(path, known);
    }
    return known;
  }
}

import type { TargetState } from "../model/balancerView.ts";
import type { ColorName, Shape } from "./scene.ts";
import type { DrawnTarget } from "./targetGeometry.ts";

const colors: Readonly<Record<TargetState, ColorName>> = { healthy: "ok", unhealthy: "bad", initial: "warn", draining: "warn", unused: "muted", unavailable: "muted" };
/** Health is never told by colour alone: a tick, a cross, a clock's hands, an arrow that leaves, a dash. */
const signs: Readonly<Record<TargetState, string>> = { healthy: "M7 12.5l3.5 3.5l7 -7.5", unhealthy: "M8 8l8 8M16 8l-8 8", initial: "M12 7v5l4 3", draining: "M7 12h9M13 8l4 4l-4 4", unused: "M8 12h8", unavailable: "M8 12h8" };

/** A quiet line: thin, and dashed where no request goes along it. */
export function drawTargetLine({ points, state }: DrawnTarget): Shape {
  const isServed = state === "healthy" || state === undefined;
  return { kind: "line", points, stroke: state === "unhealthy" ? "bad" : "wire", strokeWidth: 1.3, corner: 8, ...(isServed ? {} : { dash: [4, 4] }) };
}

/** The sign of the target's health at its end of the line; none where nothing was observed. */
export function drawTargetSign({ sign, state }: DrawnTarget): Shape[] {
  if (state === undefined) return [];
  return [
    { kind: "circle", ...sign, radius: 6.5, fill: colors[state], stroke: "surface", strokeWidth: 1.5 },
    { kind: "glyph", ...sign, size: 13, path: signs[state], stroke: "surface", strokeWidth: 1.6 },
  ];
}

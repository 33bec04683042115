import type { TrafficGroup } from "../model/trafficGroups.ts";
import { clusterSigns } from "./glyphs.ts";
import type { ColorName, Shape, TextRun } from "./scene.ts";
import type { DrawnTraffic } from "./trafficGeometry.ts";

/** What is said of traffic in few words, in the reader's language. */
export interface TrafficWords {
  readonly ends: (group: TrafficGroup) => string;
  readonly volume: (group: TrafficGroup) => string;
  readonly latency: (group: TrafficGroup) => string | undefined;
  readonly errors: (group: TrafficGroup) => string | undefined;
  readonly refused: (group: TrafficGroup) => string | undefined;
}

/** How traffic looks: all of it refused, in mTLS, in the clear, or nobody knows. Each has a sign of its own. */
export function trafficLook(group: TrafficGroup): { readonly color: ColorName; readonly soft: ColorName; readonly sign: string } {
  if (group.refusals > 0 && group.refusals >= group.requests) return { color: "bad", soft: "bad-soft", sign: clusterSigns.refused };
  if (group.encryption === "mtls") return { color: "ok", soft: "ok-soft", sign: clusterSigns.mtls };
  if (group.encryption === "unknown") return { color: "muted", soft: "sunk", sign: clusterSigns.unknown };
  return { color: "warn", soft: "warn-soft", sign: clusterSigns.plain };
}

/** The lines of traffic, below the pods. */
export function drawTrafficLines(drawn: readonly DrawnTraffic[], selected: string | undefined, hovered: string | undefined): Shape[] {
  return drawn.flatMap(({ group, lines, arrows }): Shape[] => {
    const { color } = trafficLook(group);
    const isChosen = group.id === selected || group.id === hovered;
    const isIdle = group.rate === 0;
    const line = { kind: "line", stroke: color, strokeWidth: isChosen ? 3.4 : isIdle ? 1.6 : 2.4, corner: 8, ...(isIdle && !isChosen ? { opacity: 0.55 } : {}) } as const;
    return [...lines.map((points): Shape => ({ ...line, points })), ...arrows.map((points): Shape => ({ ...line, points, arrow: true }))];
  });
}

/** The sign and the words of traffic, in its lane. */
export function drawTrafficLabels(drawn: readonly DrawnTraffic[], words: TrafficWords): Shape[] {
  return drawn.flatMap(({ group, label }): Shape[] => {
    const look = trafficLook(group);
    const refused = words.refused(group);
    const latency = words.latency(group);
    const errors = words.errors(group);
    const runs: TextRun[] = [
      { text: words.ends(group), color: look.color, weight: 600 },
      ...(refused === undefined ? [] : [{ text: refused, color: "bad" } satisfies TextRun]),
      ...(look.color === "bad" ? [] : [{ text: words.volume(group), color: "text" } satisfies TextRun]),
      ...(errors === undefined ? [] : [{ text: errors, color: "bad" } satisfies TextRun]),
      ...(latency === undefined || look.color === "bad" ? [] : [{ text: latency, color: "muted", mono: true } satisfies TextRun]),
    ];
    const sign = { x: label.x + 8, y: label.y - 4 };
    return [
      { kind: "circle", ...sign, radius: 8.5, fill: look.soft, stroke: look.color, strokeWidth: 1.2 },
      { kind: "glyph", ...sign, size: 12, path: look.sign, stroke: look.color, strokeWidth: 1.5 },
      { kind: "text", x: label.x + 22, y: label.y, size: 12, anchor: "start", maxWidth: label.maxWidth - 22, growth: 2, runs, plate: "surface" },
    ];
  });
}

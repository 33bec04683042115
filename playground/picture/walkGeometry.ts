import type { Topology } from "../model/topology.ts";
import { sizes, type Layout, type PlacedNode, type Point } from "./layoutTypes.ts";
import type { ColorName, Shape } from "./scene.ts";
import { lineAlong, wayBetween } from "./tunnelGeometry.ts";

/** Who asked whom, in order, as it is drawn on the topology. */
export interface DnsWalk {
  readonly id: string;
  readonly steps: readonly { readonly from: string; readonly to: string; readonly isFailed: boolean }[];
  /** Picked by the reader, and not just the latest. */
  readonly isChosen?: boolean;
}

/** Questions from machine to machine as they are drawn: lines beneath the machines, numbers above them. */
export interface DrawnWalk {
  readonly lines: readonly Shape[];
  readonly marks: readonly Shape[];
  /** Ids of the machines that have a part in it. */
  readonly touched: ReadonlySet<string>;
}

const badge = 10;
/** Between a machine's edge and where an arrow begins or ends. */
const clearance = 5;
/** Between two lines in one gap. */
const laneWidth = 3;
const samples = 24;
/** From a machine's middle to the end of a name that stands below it. */
const nameBelow = 59;

/**
 * Draws who asked whom, in order. The first step is the question itself, marked with a question mark; those that it caused are numbered.
 * @param shown how many of the steps, so that they can appear one after the other
 */
export function drawWalk(topology: Topology, layout: Layout, walk: DnsWalk, shown: number): DrawnWalk {
  const groups = new Map<string, { from: string; to: string; marks: string[]; isFailed: boolean; isFirst: boolean }>();
  walk.steps.slice(0, shown).forEach(({ from, to, isFailed }, index) => {
    const group = groups.get(`${from} ${to}`) ?? { from, to, marks: [], isFailed: false, isFirst: index === 0 };
    group.marks.push(index === 0 ? "?" : String(index));
    group.isFailed ||= isFailed;
    groups.set(`${from} ${to}`, group);
  });
  const lines: Shape[] = [];
  const marks: Shape[] = [];
  const touched = new Set<string>();
  for (const { from, to, marks: names, isFailed, isFirst } of groups.values()) {
    const points = between(topology, layout, from, to, lines.length % 3);
    if (points.length < 2) continue;
    for (const name of [from, to]) touched.add(machineOf(topology, name)?.id ?? name);
    const color: ColorName = isFailed ? "bad" : "accent";
    lines.push({ kind: "line", points, stroke: color, strokeWidth: 2.6, arrow: true, corner: 4, ...(isFirst ? { dash: [6, 4] } : {}) });
    const at = markPlace(points);
    const text = names.join(" · ");
    const width = Math.max(2 * badge, text.length * 7 + 10);
    marks.push(
      { kind: "rect", x: at.x - width / 2, y: at.y - badge, width, height: 2 * badge, radius: badge, fill: color, stroke: "bg", strokeWidth: 2 },
      { kind: "text", x: at.x, y: at.y + 4.3, size: 12, anchor: "middle", maxWidth: width, runs: [{ text, color: "on-accent", weight: 600 }] },
    );
  }
  return { lines, marks, touched };
}

/** Neighbours in one box are joined by an arc over what lies between them; others along the way that their packets take. */
function between(topology: Topology, layout: Layout, from: string, to: string, lane: number): Point[] {
  const [start, end] = [from, to].map((name) => layout.nodes.find((node) => node.id === machineOf(topology, name)?.id));
  if (start === undefined || end === undefined) return lineAlong(topology, layout, wayBetween(topology, from, to));
  return start.box === end.box ? arc(start, end, lane) : lineAlong(topology, layout, wayBetween(topology, from, to));
}

/** The middle of a bow, else that of the longest stretch. */
function markPlace(points: readonly Point[]): Point {
  const [first = { x: 0, y: 0 }] = points;
  if (points.length > samples) return points[Math.round(points.length / 2)] ?? first;
  const stretches = points.slice(1).map((point, index) => ({ a: points[index] ?? point, b: point }));
  const [longest] = stretches.sort((one, other) => lengthOf(other) - lengthOf(one));
  return longest === undefined ? first : { x: (longest.a.x + longest.b.x) / 2, y: (longest.a.y + longest.b.y) / 2 };
}

const lengthOf = ({ a, b }: { a: Point; b: Point }): number => Math.hypot(a.x - b.x, a.y - b.y);

/** A machine by its name, which a gateway may have too. */
const machineOf = (topology: Topology, name: string) => topology.nodes.find((node) => node.name === name && !node.kind.includes("gateway") && node.kind !== "peering-connection");

/** Over the machines in the first row, where there is room; else along the gaps between rows. Names stand beside or below the machines. */
function arc(from: PlacedNode, to: PlacedNode, lane: number): Point[] {
  const above = (node: PlacedNode): Point => ({ x: node.x, y: node.y - sizes.node / 2 - clearance });
  const below = (node: PlacedNode): Point => ({ x: node.x, y: node.y + (node.labelSide === "below" ? nameBelow : sizes.node / 2 + clearance) });
  const isSameRow = from.row === to.row;
  const [start, end] = isSameRow ? [above(from), above(to)] : from.y < to.y ? [below(from), above(to)] : [above(from), below(to)];
  if (isSameRow && from.row === 0) return bow(start, end);
  const aside = lane * laneWidth;
  const leave = start.y + (from.y < to.y ? aside : -aside);
  if (isSameRow || Math.abs(from.row - to.row) === 1) return [start, { x: start.x, y: leave }, { x: end.x, y: leave }, end];
  // Past the rows between, left of the machine's column.
  const gutter = end.x - sizes.node / 2 - 2 * clearance - aside;
  return [start, { x: start.x, y: leave }, { x: gutter, y: leave }, { x: gutter, y: end.y }, end];
}

/** A flat curve that leaves and arrives upright, a little higher the longer it is: the box's title is close above. */
function bow(start: Point, end: Point): Point[] {
  const rise = Math.min(18, 6 + Math.abs(end.x - start.x) * 0.012) / 0.75;
  return Array.from({ length: samples + 1 }, (_, index) => {
    const part = index / samples;
    const rest = 1 - part;
    const mix = (a: number, b: number, c: number, d: number): number => rest ** 3 * a + 3 * rest ** 2 * part * b + 3 * rest * part ** 2 * c + part ** 3 * d;
    return { x: mix(start.x, start.x, end.x, end.x), y: mix(start.y, start.y - rise, end.y - rise, end.y) };
  });
}

import type { Topology } from "../model/topology.ts";
import type { TrafficGroup } from "../model/trafficGroups.ts";
import { sizes, type Layout, type PlacedBox, type Point } from "./layoutTypes.ts";

/** Traffic between two workloads: down from its pods, along a lane of its own below the nodes, and up into the others. */
export interface DrawnTraffic {
  readonly group: TrafficGroup;
  readonly lines: readonly (readonly Point[])[];
  /** Those among the lines that end in a pod: with an arrow. */
  readonly arrows: readonly (readonly Point[])[];
  readonly label: Point & { readonly maxWidth: number };
}

/** As many lines as the eye tells apart; the rest is in the list. */
export const mostLanes = 8;

const half = sizes.node / 2;
/** Of the line in its lane, whose text stands above it. */
const lineInLane = 20;

/** The traffic for which the layout has a lane, as lines. */
export function drawTraffic(topology: Topology, layout: Layout, groups: readonly TrafficGroup[]): DrawnTraffic[] {
  const lanes = layout.boxes.filter((box) => box.kind === "traffic");
  return lanes.flatMap((lane, index): DrawnTraffic[] => {
    const group = groups.find((candidate) => candidate.id === lane.id);
    return group === undefined ? [] : [drawn(topology, layout, group, lane, index)];
  });
}

function drawn(topology: Topology, layout: Layout, group: TrafficGroup, lane: PlacedBox, index: number): DrawnTraffic {
  const y = lane.y + lineInLane;
  const shift = (index % 3) * 4;
  const sources = group.sources.flatMap((id) => standOf(topology, layout, id) ?? []);
  const targets = group.targets.flatMap((id) => standOf(topology, layout, id) ?? []);
  const outX = sources.map((stand) => gateOf(stand, 5 + shift));
  const inX = targets.map((stand) => gateOf(stand, -5 - shift));
  // Who is none of the cluster's, or is not shown, comes in from its border.
  const starts = outX.length > 0 ? outX : [lane.x];
  const ends = inX.length > 0 ? inX : [lane.x + lane.width];
  const lines: Point[][] = sources.map((stand, place) => {
    const gate = outX[place] ?? stand.x;
    return [...wayDown(stand, gate, 6), { x: gate, y }, { x: nearest(gate, ends), y }];
  });
  const arrows: Point[][] = targets.map((stand, place) => {
    const gate = inX[place] ?? stand.x;
    return [{ x: nearest(gate, starts), y }, { x: gate, y }, ...wayDown(stand, gate, -6).reverse()];
  });
  if (sources.length === 0 && targets.length === 0) lines.push([{ x: lane.x, y }, { x: lane.x + lane.width, y }]);
  const left = Math.min(...starts, ...ends);
  const right = Math.max(...starts, ...ends);
  // A short line has its text beyond its end: there is nothing else in its lane.
  const x = Math.min(left + 8, Math.max(lane.x, lane.x + lane.width - 360));
  return { group, lines, arrows, label: { x, y: y - 6, maxWidth: Math.max(right - x, lane.x + lane.width - x) } };
}

interface Stand extends Point {
  /** Nothing stands between it and the lanes. */
  readonly isFree: boolean;
  readonly isBox: boolean;
}

/** Where traffic leaves a pod downwards: from its lower border, or beside it where another pod stands below. */
const gateOf = ({ x, isFree }: Stand, shift: number): number => (isFree ? x + shift : x - half - 9 + shift / 3);

function wayDown({ x, y, isFree, isBox }: Stand, gate: number, aside: number): Point[] {
  if (isBox) return [{ x: gate, y }];
  return isFree ? [{ x: gate, y: y + half + 1 }] : [{ x: x - half - 1, y: y + aside }, { x: gate, y: y + aside }];
}

const nearest = (x: number, others: readonly number[]): number => [...others].sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0] ?? x;

/** A pod, or the lower border of the folded box that it is in. */
function standOf(topology: Topology, layout: Layout, id: string): Stand | undefined {
  const node = layout.nodes.find((candidate) => candidate.id === id);
  if (node !== undefined) return { x: node.x, y: node.y, isFree: node.lastRow, isBox: false };
  let parent = topology.nodes.find((candidate) => candidate.id === id)?.parent;
  while (parent !== undefined) {
    const box = layout.boxes.find((candidate) => candidate.id === parent);
    if (box?.folded !== undefined) return { x: box.x + box.width / 2, y: box.y + box.height, isFree: true, isBox: true };
    const above: string | undefined = topology.boxes.find((candidate) => candidate.id === parent)?.parent;
    parent = above;
  }
  return undefined;
}

import type { Topology } from "../model/topology.ts";
import { sizes, type Layout, type PlacedNode, type Point } from "./layoutTypes.ts";

/** One way out of a station: a line from the station to a rail on which packets travel. */
export interface Exit {
  /** The router of a VPC, the Internet, a switch or one cable. */
  readonly rail: string;
  readonly points: readonly Point[];
}
/** A place that a packet visits. */
export interface Station {
  readonly id: string;
  readonly point: Point;
  readonly exits: readonly Exit[];
}

/** The station of a topology element, or undefined for a box, which a packet only crosses. */
export function stationOf(topology: Topology, layout: Layout, id: string): Station | undefined {
  const peering = layout.peerings.find((candidate) => candidate.id === id);
  if (peering !== undefined) {
    const there = [...peering.line];
    return { id, point: peering.from, exits: [{ rail: peering.fromVpc, points: there.slice(0, 1) }, { rail: peering.toVpc, points: there }] };
  }
  const node = layout.nodes.find((candidate) => candidate.id === id) ?? foldedStand(topology, layout, id);
  if (node === undefined) return undefined;
  if (node.shape === "circle") return gatewayStation(layout, node);
  const box = layout.boxes.find((candidate) => candidate.id === node.box);
  if (box?.kind === "internet") {
    const rail = box.y + box.height - 7;
    const x = node.lastRow ? node.x : node.x - sizes.node / 2 - 9;
    const start: Point[] = node.lastRow ? [{ x, y: node.y + sizes.node / 2 }] : [{ x: node.x - sizes.node / 2, y: node.y }, { x, y: node.y }];
    return { id, point: node, exits: [{ rail: "internet", points: [...start, { x, y: rail }] }] };
  }
  if (box?.kind === "subnet" && box.parent !== undefined) {
    const [above, below] = box.corridors;
    const side = node.x - node.pitch / 2;
    const top: Point[] = node.row === 0 ? [{ x: node.x, y: node.y - sizes.node / 2 }] : [{ x: node.x - sizes.node / 2, y: node.y }, { x: side, y: node.y }];
    const bottom: Point[] = node.lastRow ? [{ x: node.x, y: node.y + 59 }] : [{ x: node.x - sizes.node / 2, y: node.y }, { x: side, y: node.y }];
    const up = { x: node.row === 0 ? node.x : side, y: above ?? box.y };
    const down = { x: node.lastRow ? node.x : side, y: below ?? box.y + box.height };
    return { id, point: node, exits: [{ rail: box.parent, points: [...top, up] }, { rail: box.parent, points: [...bottom, down] }] };
  }
  return { id, point: node, exits: cableExits(topology, layout, node) };
}

/** A node in a folded box stands in the middle of the box. */
function foldedStand(topology: Topology, layout: Layout, id: string): PlacedNode | undefined {
  const model = topology.nodes.find((candidate) => candidate.id === id);
  const box = layout.boxes.find((candidate) => candidate.id === model?.parent && candidate.folded !== undefined);
  if (box === undefined) return undefined;
  return { id, shape: "square", labelSide: "below", labelWidth: 0, x: box.x + box.width / 2, y: box.y + box.height / 2, bounds: undefined, box: box.id, row: 0, lastRow: true, pitch: 0 };
}

function gatewayStation(layout: Layout, node: PlacedNode): Station {
  const vpc = layout.boxes.find((box) => box.id === node.box);
  const internet = layout.boxes.find((box) => box.kind === "internet");
  const half = sizes.gateway / 2;
  const exits: Exit[] = [];
  if (vpc !== undefined) exits.push({ rail: vpc.id, points: [{ x: node.x, y: node.y + half }, { x: node.x, y: vpc.corridors[0] ?? node.y + 40 }] });
  const link = layout.links.find((candidate) => candidate.id === `uplink:${node.id}`);
  // A VPC's resolver stands inside the VPC, and has no line to the Internet that packets of the VPC could take.
  if (internet !== undefined && link !== undefined) {
    const last = link.points.at(-1);
    const rail = internet.y + internet.height - 7;
    exits.push({ rail: "internet", points: [{ x: node.x, y: node.y - half }, ...link.points.slice(1, -1), { x: last?.x ?? node.x, y: rail }] });
  }
  return { id: node.id, point: node, exits };
}

function cableExits(topology: Topology, layout: Layout, node: PlacedNode): Exit[] {
  const exits: Exit[] = [];
  for (const edge of topology.edges) {
    if (edge.from !== node.id && edge.to !== node.id) continue;
    const other = edge.from === node.id ? edge.to : edge.from;
    const link = layout.links.find((candidate) => candidate.id === edge.id);
    if (link === undefined) continue;
    const first = link.points[0];
    const isForward = first !== undefined && first.x === node.x && first.y === node.y;
    const points = isForward ? link.points : [...link.points].reverse();
    const box = layout.boxes.find((candidate) => candidate.id === other);
    const end = points.at(-1);
    if (box !== undefined && end !== undefined) exits.push({ rail: `switch:${box.id}`, points: [...points, { x: end.x, y: box.y + box.height - 7 }] });
    else exits.push({ rail: `cable:${edge.id}`, points: isForward ? points : points.slice(0, 1) });
  }
  return exits;
}

/**
 * The line from one station to the next: out to a rail that both have, along it, and in. Stations without a common rail are
 * joined by a straight line, so that a path is never drawn with a hole.
 */
export function connectStations(layout: Layout, from: Station, to: Station): Point[] {
  let best: { out: Exit; into: Exit; cost: number } | undefined;
  for (const out of from.exits) {
    for (const into of to.exits) {
      const a = out.points.at(-1);
      const b = into.points.at(-1);
      if (out.rail !== into.rail || a === undefined || b === undefined) continue;
      // Changing corridors costs more than going along one.
      const cost = Math.abs(a.x - b.x) + Math.abs(a.y - b.y) * 3 + lengthOf(out.points) * 0.01;
      if (best === undefined || cost < best.cost) best = { out, into, cost };
    }
  }
  if (best === undefined) return [from.point, to.point];
  const a = best.out.points.at(-1) ?? from.point;
  const b = best.into.points.at(-1) ?? to.point;
  const back = [...best.into.points].reverse();
  const vpc = layout.boxes.find((box) => box.id === best.out.rail);
  if (vpc === undefined || Math.abs(a.y - b.y) < 1) return [...best.out.points, ...back];
  const isBorder = Math.abs(b.x - vpc.x) < 1 || Math.abs(b.x - (vpc.x + vpc.width)) < 1 || Math.abs(a.x - vpc.x) < 1 || Math.abs(a.x - (vpc.x + vpc.width)) < 1;
  const nearRight = Math.abs(a.x + b.x - 2 * vpc.x) > Math.abs(a.x + b.x - 2 * (vpc.x + vpc.width));
  const gutter = (nearRight ? vpc.x + vpc.width : vpc.x) + (nearRight ? -1 : 1) * (isBorder ? 8 : 7);
  return [...best.out.points, { x: gutter, y: a.y }, { x: gutter, y: b.y }, ...back];
}

function lengthOf(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, point, index) => sum + Math.abs(point.x - (points[index]?.x ?? point.x)) + Math.abs(point.y - (points[index]?.y ?? point.y)), 0);
}

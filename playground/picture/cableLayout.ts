import type { TopologyEdge } from "../model/topology.ts";
import { sizes, type PlacedBox, type PlacedLink, type PlacedNode, type Point } from "./layoutTypes.ts";
import { sansWidth } from "./measureLabel.ts";

const half = sizes.node / 2;
/** Between two cables that leave a machine on the same side. */
const apart = 14;

/** Lines from machine to machine, or from a machine to the edge of its switch, each with the name of the socket that it is in. */
export function cables(edges: readonly TopologyEdge[], nodes: readonly PlacedNode[], boxes: readonly PlacedBox[]): PlacedLink[] {
  const links: PlacedLink[] = [];
  const leaving = new Map<string, number>();
  for (const edge of edges) {
    if (edge.kind === "peering" || edge.kind === "route" || edge.kind === "tunnel" || edge.kind === "target" || edge.kind === "endpoint" || edge.kind === "traffic") continue;
    const from = nodes.find((node) => node.id === edge.from) ?? nodes.find((node) => node.id === edge.to);
    const other = from?.id === edge.from ? edge.to : edge.from;
    if (from === undefined) continue;
    const node = nodes.find((candidate) => candidate.id === other);
    const box = boxes.find((candidate) => candidate.id === other);
    if (node !== undefined) links.push(betweenMachines(edge, from, node, nodes));
    else if (box?.kind === "switch") {
      const side = `${from.id} ${from.y < box.y}`;
      const index = leaving.get(side) ?? 0;
      leaving.set(side, index + 1);
      links.push(toSwitch(edge, from, box, index));
    }
  }
  return links;
}

function betweenMachines(edge: TopologyEdge, from: PlacedNode, to: PlacedNode, nodes: readonly PlacedNode[]): PlacedLink {
  const isLevel = from.y === to.y;
  const between = nodes.some((third) => third.id !== from.id && third.id !== to.id && isLevel && third.y === from.y && third.x > Math.min(from.x, to.x) && third.x < Math.max(from.x, to.x));
  // One that would run behind a third machine goes round above it; one between routers runs above their names.
  const rise = between ? 40 : from.labelSide === "right" && isLevel ? half - 4 : 0;
  const ends = [{ x: from.x, y: from.y }, { x: to.x, y: to.y }] as const;
  const points: Point[] = rise === 0 ? [...ends] : [ends[0], { x: from.x, y: from.y - rise }, { x: to.x, y: to.y - rise }, ends[1]];
  const room = Math.abs(from.x - to.x) - sizes.node - 8;
  const fits = edge.label !== undefined && isLevel && sansWidth(edge.label) <= room;
  return { id: edge.id, kind: "cable", points, label: edge.label, ...(fits ? { labelAt: { x: (from.x + to.x) / 2, y: from.y - rise - 6, anchor: "middle" as const, maxWidth: room } } : {}) };
}

function toSwitch(edge: TopologyEdge, from: PlacedNode, box: PlacedBox, index: number): PlacedLink {
  const isDown = from.y < box.y;
  const edgeY = isDown ? box.y : box.y + box.height;
  const start = from.x + index * apart;
  const x = Math.min(Math.max(start, box.x + 14), box.x + box.width - 14);
  const bend = (from.y + edgeY) / 2 + (isDown ? 24 : 0) - index * 6;
  const first: Point[] = start === from.x ? [{ x: from.x, y: from.y }] : [{ x: from.x, y: from.y }, { x: start, y: from.y }];
  const isStraight = x === start;
  const points = isStraight ? [...first, { x, y: edgeY }] : [...first, { x: start, y: bend }, { x, y: bend }, { x, y: edgeY }];
  // At the machine's end where the cable is straight, else where it lands: bent ones may leave side by side.
  const y = isStraight ? (isDown ? from.y + half + 16 : from.y - half - 8) : isDown ? edgeY - 6 : edgeY + 16;
  return { id: edge.id, kind: "cable", points, label: edge.label, labelAt: { x: x + 6, y, anchor: "start", maxWidth: from.pitch - 12 } };
}

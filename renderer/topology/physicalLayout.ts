import type { TopologyBox, TopologyEdge, TopologyNode } from "../../playground/model/topology.ts";
import { sizes, type PlacedBox, type PlacedLink, type PlacedNode } from "./layoutTypes.ts";
import { labelWidth } from "./measureLabel.ts";
import { columnsFor } from "./subnetLayout.ts";

const switchHeight = 48;
const rowGap = 62;

/** The part of a picture that no cloud structures: machines, switches and the cables between them. */
export interface PhysicalPart {
  readonly boxes: PlacedBox[];
  readonly nodes: PlacedNode[];
  readonly links: PlacedLink[];
  readonly width: number;
  readonly height: number;
}

/**
 * Machines that join several switches (routers) stand in a row on top, the switches below them, the machines of one switch
 * under it. Without switches, machines stand in a row in the order of the lab and cables run between them.
 */
export function placePhysical(machines: readonly TopologyNode[], switches: readonly TopologyBox[], edges: readonly TopologyEdge[], x: number, y: number): PhysicalPart {
  const isSwitch = new Set(switches.map((box) => box.id));
  const switchesOf = (node: TopologyNode): string[] => {
    const found = edges.filter((edge) => edge.from === node.id || edge.to === node.id).map((edge) => (edge.from === node.id ? edge.to : edge.from));
    return [...new Set([...(node.parent === undefined ? [] : [node.parent]), ...found])].filter((id) => isSwitch.has(id));
  };
  const pitch = Math.max(124, ...machines.map((node) => labelWidth(node) + 20));
  const top = machines.filter((node) => switchesOf(node).length !== 1);
  const topPitch = switches.length > 0 ? Math.max(0, ...top.map((node) => labelWidth(node))) + 76 : pitch;
  const boxes: PlacedBox[] = [];
  const nodes: PlacedNode[] = [];
  let left = x;
  const topRows = top.length === 0 ? 0 : switches.length > 0 ? 1 : Math.ceil(top.length / Math.max(6, columnsFor(top.length)));
  const switchY = y + (top.length === 0 ? 0 : topRows * 110 + rowGap - 30);
  let depth = 0;
  for (const box of switches) {
    const members = machines.filter((node) => switchesOf(node).length === 1 && switchesOf(node)[0] === box.id);
    const columns = columnsFor(members.length);
    const width = Math.max(columns * pitch, 200);
    boxes.push({ id: box.id, kind: "switch", parent: undefined, folded: undefined, corridors: [], x: left, y: switchY, width, height: switchHeight });
    members.forEach((node, index) => {
      const row = Math.floor(index / columns);
      nodes.push(square(node, left + (width / columns) * ((index % columns) + 0.5), switchY + switchHeight + rowGap + row * 110, row, pitch));
      depth = Math.max(depth, rowGap + row * 110 + sizes.labelDepth);
    });
    left += width + 40;
  }
  const switchesWidth = Math.max(0, left - x - (switches.length > 0 ? 40 : 0));
  const perRow = Math.max(1, Math.ceil(top.length / Math.max(1, topRows)));
  const width = Math.max(switchesWidth, perRow * topPitch);
  // Routers stand above the middle of what they join, in that order, and never closer than one pitch.
  const wanted = top.map((node) => {
    const joined = boxes.filter((box) => switchesOf(node).includes(box.id));
    return joined.length === 0 ? undefined : joined.reduce((sum, box) => sum + box.x + box.width / 2, 0) / joined.length;
  });
  const order = top.map((_, index) => index).sort((a, b) => (wanted[a] ?? Infinity) - (wanted[b] ?? Infinity) || a - b);
  let next = -Infinity;
  order.forEach((index, place) => {
    const node = top[index];
    if (node === undefined) return;
    const row = switches.length > 0 ? 0 : Math.floor(place / perRow);
    const even = x + (width / perRow) * ((place % perRow) + 0.5);
    const centre = switches.length > 0 ? Math.max(wanted[index] ?? even, next + topPitch) : even;
    next = switches.length > 0 ? centre : -Infinity;
    const placed = square(node, centre, y + sizes.node / 2 + row * 110, row, pitch);
    // Cables leave a router downwards: its label stands beside it.
    nodes.push(switches.length > 0 ? { ...placed, labelSide: "right", labelWidth: topPitch - 60 } : placed);
  });
  const right = Math.max(x + width, ...nodes.map((node) => node.x + (node.labelSide === "right" ? topPitch - 20 : pitch / 2)));
  const bottom = Math.max(switches.length > 0 ? switchY + switchHeight + depth : y, ...nodes.map((node) => node.y + sizes.labelDepth));
  return { boxes, nodes, links: cables(edges, nodes, boxes), width: right - x, height: bottom - y };
}

function square(node: TopologyNode, x: number, y: number, row: number, pitch: number): PlacedNode {
  return { id: node.id, shape: "square", labelSide: "below", labelWidth: pitch - 8, x, y, bounds: undefined, box: undefined, row, lastRow: true, pitch };
}

/** Lines from machine to machine, or from a machine straight to the edge of its switch. */
export function cables(edges: readonly TopologyEdge[], nodes: readonly PlacedNode[], boxes: readonly PlacedBox[]): PlacedLink[] {
  const links: PlacedLink[] = [];
  for (const edge of edges) {
    if (edge.kind === "peering" || edge.kind === "route") continue;
    const from = nodes.find((node) => node.id === edge.from) ?? nodes.find((node) => node.id === edge.to);
    const other = from?.id === edge.from ? edge.to : edge.from;
    if (from === undefined) continue;
    const node = nodes.find((candidate) => candidate.id === other);
    const box = boxes.find((candidate) => candidate.id === other);
    if (node !== undefined) {
      const between = nodes.some((third) => third.id !== from.id && third.id !== node.id && third.y === from.y && third.y === node.y && third.x > Math.min(from.x, node.x) && third.x < Math.max(from.x, node.x));
      // A cable that would run behind a third machine goes round above it.
      const points = between ? [from, { x: from.x, y: from.y - 40 }, { x: node.x, y: node.y - 40 }, node] : [from, node];
      links.push({ id: edge.id, kind: "cable", points: points.map(({ x, y }) => ({ x, y })), label: edge.label });
    } else if (box !== undefined && box.kind === "switch") {
      const x = Math.min(Math.max(from.x, box.x + 14), box.x + box.width - 14);
      const y = from.y < box.y ? box.y : box.y + box.height;
      const bend = (from.y + y) / 2 + (from.y < box.y ? 30 : 0);
      links.push({ id: edge.id, kind: "cable", points: x === from.x ? [{ x, y: from.y }, { x, y }] : [{ x: from.x, y: from.y }, { x: from.x, y: bend }, { x, y: bend }, { x, y }], label: edge.label });
    }
  }
  return links;
}

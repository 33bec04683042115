import type { TopologyBox, TopologyEdge, TopologyNode } from "../model/topology.ts";
import { cables } from "./cableLayout.ts";
import { sizes, type PlacedBox, type PlacedLink, type PlacedNode } from "./layoutTypes.ts";
import { labelWidth, sansWidth } from "./measureLabel.ts";
import { columnsFor } from "./subnetLayout.ts";

const switchHeight = 48;
const rowGap = 62;
const memberRow = 110;

/** The part of a picture that no cloud structures: machines, switches and the cables between them. */
export interface PhysicalPart {
  readonly boxes: PlacedBox[];
  readonly nodes: PlacedNode[];
  readonly links: PlacedLink[];
  readonly width: number;
  readonly height: number;
}

/** What a small figure asks for; a picture that can be panned has all the room that it wants. */
export interface PhysicalRoom {
  readonly width?: number | undefined;
}

/**
 * From top to bottom: switches that only routers meet at, routers (and whatever joins several switches or none), the other
 * switches, and the machines of each under it. Without switches, machines stand in rows in the order of the lab.
 */
export function placePhysical(machines: readonly TopologyNode[], switches: readonly TopologyBox[], edges: readonly TopologyEdge[], x: number, y: number, room: PhysicalRoom = {}): PhysicalPart {
  const isSwitch = new Set(switches.map((box) => box.id));
  const switchesOf = (node: TopologyNode): string[] => {
    const found = edges.filter((edge) => edge.from === node.id || edge.to === node.id).map((edge) => (edge.from === node.id ? edge.to : edge.from));
    return [...new Set([...(node.parent === undefined ? [] : [node.parent]), ...found])].filter((id) => isSwitch.has(id));
  };
  const isTop = (node: TopologyNode): boolean => switches.length === 0 || switchesOf(node).length !== 1 || node.role === "router";
  const top = machines.filter(isTop);
  const membersOf = (id: string): TopologyNode[] => machines.filter((node) => !isTop(node) && switchesOf(node)[0] === id);
  const meetings = switches.filter((box) => membersOf(box.id).length === 0 && top.filter((node) => switchesOf(node).includes(box.id)).length > 1);
  const locals = switches.filter((box) => !meetings.includes(box));
  const isTight = room.width !== undefined;
  const widest = Math.max(0, ...machines.map(labelWidth));
  const pitch = Math.max(isTight ? 64 : 124, widest + (isTight ? 12 : 20));
  const even = room.width === undefined ? 0 : Math.floor((room.width - 4) / Math.max(1, top.length));
  const topLabel = Math.max(0, ...top.map(labelWidth));
  const topPitch = switches.length > 0 ? Math.max(even, topLabel + (isTight ? 56 : 84)) : pitch;
  const gap = isTight ? 16 : 40;
  const fitting = room.width === undefined ? Infinity : Math.max(1, Math.floor((room.width - Math.max(0, locals.length - 1) * gap) / Math.max(1, locals.length) / pitch));

  const boxes: PlacedBox[] = [];
  const nodes: PlacedNode[] = [];
  const topColumns = switches.length > 0 ? top.length : Math.min(fitting, Math.max(isTight ? 1 : 6, columnsFor(top.length)), Math.max(1, top.length));
  const topRows = top.length === 0 ? 0 : switches.length > 0 ? 1 : Math.ceil(top.length / topColumns);
  const routersY = y + (meetings.length > 0 ? switchHeight + rowGap : 0) + sizes.node / 2;
  const switchY = top.length === 0 ? y : routersY - sizes.node / 2 + topRows * memberRow + (meetings.length > 0 || locals.length > 0 ? rowGap - 40 : 0);
  const columnsOf = (box: TopologyBox): number => Math.min(columnsFor(membersOf(box.id).length), fitting);
  const leastWidth = (box: TopologyBox): number => Math.max(columnsOf(box) * pitch, sansWidth(box.name) + 40, isTight ? 100 : 200);
  // In a figure, switches are as wide together as the figure.
  const spare = room.width === undefined ? 0 : Math.max(0, room.width - locals.reduce((sum, box) => sum + leastWidth(box) + gap, -gap)) / Math.max(1, locals.length);
  let left = x;
  let depth = 0;
  for (const box of locals) {
    const members = membersOf(box.id);
    const columns = columnsOf(box);
    const width = leastWidth(box) + spare;
    boxes.push({ id: box.id, kind: "switch", parent: undefined, folded: undefined, corridors: [], x: left, y: switchY, width, height: switchHeight });
    members.forEach((node, index) => {
      const row = Math.floor(index / columns);
      nodes.push(square(node, left + (width / columns) * ((index % columns) + 0.5), switchY + switchHeight + rowGap + row * memberRow, row, pitch));
      depth = Math.max(depth, rowGap + row * memberRow + sizes.labelDepth);
    });
    left += width + gap;
  }
  const localsWidth = Math.max(0, left - x - (locals.length > 0 ? gap : 0));
  const perRow = Math.max(1, Math.ceil(top.length / Math.max(1, topRows)));
  const width = Math.max(localsWidth, perRow * topPitch, meetings.length * 160);
  // Routers stand above the middle of what they join below, in that order, and never closer than one pitch.
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
    const spread = x + (width / perRow) * ((place % perRow) + (switches.length > 0 ? 0 : 0.5)) + (switches.length > 0 ? sizes.node / 2 + 6 : 0);
    const centre = switches.length > 0 ? Math.max(wanted[index] ?? spread, next + topPitch) : spread;
    next = switches.length > 0 ? centre : -Infinity;
    const placed = square(node, centre, routersY + row * memberRow, row, pitch);
    // Cables leave a router upwards and downwards: its label stands beside it.
    nodes.push(switches.length > 0 ? { ...placed, labelSide: "right", labelWidth: topPitch - 50 } : placed);
  });
  const right = Math.max(x + width, ...nodes.map((node) => node.x + (node.labelSide === "right" ? sizes.node / 2 + topLabel + (isTight ? 8 : 40) : pitch / 2)));
  meetings.forEach((box, index) => {
    const share = (right - x - (meetings.length - 1) * gap) / meetings.length;
    boxes.push({ id: box.id, kind: "switch", parent: undefined, folded: undefined, corridors: [], x: x + index * (share + gap), y, width: share, height: switchHeight });
  });
  const bottom = Math.max(locals.length > 0 ? switchY + switchHeight + depth : y, ...nodes.map((node) => node.y + (node.labelSide === "right" ? sizes.node / 2 + 6 : sizes.labelDepth)));
  return { boxes, nodes, links: cables(edges, nodes, boxes), width: right - x, height: bottom - y };
}

function square(node: TopologyNode, x: number, y: number, row: number, pitch: number): PlacedNode {
  return { id: node.id, shape: "square", labelSide: "below", labelWidth: pitch - 8, x, y, bounds: undefined, box: undefined, row, lastRow: true, pitch };
}

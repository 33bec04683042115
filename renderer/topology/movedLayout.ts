import type { Layout, PlacedNode, Point, Rectangle } from "../../playground/picture/layoutTypes.ts";

export type Positions = ReadonlyMap<string, Point>;

/** The nearest place inside the bounds. */
export function clampTo(bounds: Rectangle, point: Point): Point {
  return { x: Math.min(Math.max(point.x, bounds.x), bounds.x + bounds.width), y: Math.min(Math.max(point.y, bounds.y), bounds.y + bounds.height) };
}

/** The layout with some nodes where the reader dragged them; each stays inside its box, and lines follow. */
export function moveNodes(layout: Layout, positions: Positions): Layout {
  if (positions.size === 0) return layout;
  const nodes = layout.nodes.map((node): PlacedNode => {
    const wanted = positions.get(node.id);
    if (wanted === undefined) return node;
    return { ...node, ...(node.bounds === undefined ? wanted : clampTo(node.bounds, wanted)) };
  });
  const before = new Map(layout.nodes.map((node) => [`${node.x}:${node.y}`, node.id]));
  const after = new Map(nodes.map((node) => [node.id, node]));
  const original = new Map(layout.nodes.map((node) => [node.id, node]));
  const links = layout.links.map((link) => {
    if (link.kind === "uplink") {
      const gateway = after.get(link.id.slice("uplink:".length));
      const placed = original.get(gateway?.id ?? "");
      if (gateway === undefined || placed === undefined || gateway.x === placed.x) return link;
      return { ...link, points: link.points.map((point) => (point.x === placed.x ? { ...point, x: gateway.x } : point)) };
    }
    return {
      ...link,
      points: link.points.map((point, index) => {
        const id = index === 0 || index === link.points.length - 1 ? before.get(`${point.x}:${point.y}`) : undefined;
        const node = id === undefined ? undefined : after.get(id);
        return node === undefined ? point : { x: node.x, y: node.y };
      }),
    };
  });
  return { ...layout, nodes, links };
}

/** A layout part of the way from one to another; what is new stands at its place at once. `part` from 0 to 1. */
export function betweenLayouts(from: Layout, to: Layout, part: number): Layout {
  if (part >= 1) return to;
  const mix = (a: number, b: number): number => a + (b - a) * part;
  const boxes = new Map(from.boxes.map((box) => [box.id, box]));
  const nodes = new Map(from.nodes.map((node) => [node.id, node]));
  return {
    ...to,
    boxes: to.boxes.map((box) => {
      const old = boxes.get(box.id);
      return old === undefined ? box : { ...box, x: mix(old.x, box.x), y: mix(old.y, box.y), width: mix(old.width, box.width), height: mix(old.height, box.height) };
    }),
    nodes: to.nodes.map((node) => {
      const old = nodes.get(node.id);
      return old === undefined ? node : { ...node, x: mix(old.x, node.x), y: mix(old.y, node.y) };
    }),
  };
}

/** Reads remembered positions; anything that is not one is ignored, because the file may be older or edited. */
export function readPositions(value: unknown): Map<string, Point> {
  const positions = new Map<string, Point>();
  if (typeof value !== "object" || value === null) return positions;
  for (const [id, point] of Object.entries(value)) {
    if (typeof point !== "object" || point === null || !("x" in point) || !("y" in point)) continue;
    if (typeof point.x === "number" && typeof point.y === "number" && Number.isFinite(point.x) && Number.isFinite(point.y)) positions.set(id, { x: point.x, y: point.y });
  }
  return positions;
}

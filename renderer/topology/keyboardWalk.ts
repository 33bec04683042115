import type { Layout, Point } from "../../playground/picture/layoutTypes.ts";

export type Direction = "left" | "right" | "up" | "down";

/** Everything that the keyboard can stand on, with its place: nodes, gateways, peerings, folded boxes, and lines of traffic. */
export function walkStops(layout: Layout): { id: string; point: Point }[] {
  return [
    ...layout.nodes.map((node) => ({ id: node.id, point: { x: node.x, y: node.y } })),
    ...layout.peerings.map((peering) => ({ id: peering.id, point: { x: (peering.from.x + peering.to.x) / 2, y: (peering.from.y + peering.to.y) / 2 } })),
    ...layout.boxes.filter((box) => box.folded !== undefined || box.kind === "traffic").map((box) => ({ id: box.id, point: { x: box.x + box.width / 2, y: box.y + box.height / 2 } })),
  ].sort((a, b) => a.point.y - b.point.y || a.point.x - b.point.x);
}

/** The peering connection that a step from one VPC to the next passes: the step stops there first. */
function crossedPeering(layout: Layout, here: { id: string; point: Point }, target: Point | undefined): string | undefined {
  if (target === undefined || layout.peerings.some((peering) => peering.id === here.id)) return undefined;
  const between = layout.peerings.filter(({ line, from, to }) => {
    const x = (from.x + to.x) / 2;
    return line.length === 2 && x > Math.min(here.point.x, target.x) && x < Math.max(here.point.x, target.x);
  });
  return between.sort((a, b) => Math.abs(a.from.y - here.point.y) - Math.abs(b.from.y - here.point.y))[0]?.id;
}

/**
 * The next stop in a direction: the nearest one there, where being off the axis counts double. Stays when there is none;
 * starts at the top left when nothing is chosen yet.
 */
export function walk(layout: Layout, from: string | undefined, direction: Direction): string | undefined {
  const stops = walkStops(layout);
  const here = stops.find((stop) => stop.id === from);
  if (here === undefined) return stops[0]?.id;
  let best: string | undefined;
  let cost = Infinity;
  for (const stop of stops) {
    if (stop.id === here.id) continue;
    const x = stop.point.x - here.point.x;
    const y = stop.point.y - here.point.y;
    const along = direction === "left" ? -x : direction === "right" ? x : direction === "up" ? -y : y;
    const across = direction === "left" || direction === "right" ? Math.abs(y) : Math.abs(x);
    // Within a cone of 60 degrees each side, else "up" would slide sideways along a row.
    if (along <= 0 || across > along * 1.8) continue;
    if (along + across * 2 < cost) {
      cost = along + across * 2;
      best = stop.id;
    }
  }
  if (best !== undefined && (direction === "left" || direction === "right")) return crossedPeering(layout, here, stops.find((stop) => stop.id === best)?.point) ?? best;
  return best ?? here.id;
}

import { sizes, type Layout, type PlacedNode, type Rectangle } from "../../playground/picture/layoutTypes.ts";

const half = sizes.node / 2;

/** What a node takes in the picture, with its label. */
function nodeBounds(layout: Layout, node: PlacedNode): Rectangle {
  if (node.shape === "circle") {
    const lines = Math.min(4, layout.publicAddresses.get(node.id)?.length ?? 0) + 1;
    const above = sizes.gateway / 2 + 8 + lines * sizes.addressLine;
    const left = node.labelSide === "left" ? node.labelWidth + sizes.gateway : sizes.gateway;
    return { x: node.x - left, y: node.y - above, width: left + (node.labelSide === "left" ? sizes.gateway : node.labelWidth + sizes.gateway), height: above + sizes.gateway };
  }
  if (node.labelSide === "below") {
    const across = Math.max(half + 6, node.labelWidth / 2);
    return { x: node.x - across, y: node.y - half - 6, width: 2 * across, height: half + 6 + sizes.labelDepth };
  }
  return { x: node.x - half - 6, y: node.y - half - 6, width: 2 * half + 14 + node.labelWidth, height: 2 * half + 12 };
}

/** What one element takes in the picture, with its labels and, for a box, the gateways on its border; undefined where it is not drawn. */
export function elementBounds(layout: Layout, id: string): Rectangle | undefined {
  const node = layout.nodes.find((candidate) => candidate.id === id);
  if (node !== undefined) return nodeBounds(layout, node);
  const peering = layout.peerings.find((candidate) => candidate.id === id);
  if (peering !== undefined) return union([...peering.line, peering.label].map(({ x, y }) => ({ x: x - 24, y: y - 24, width: 48, height: 48 })));
  const box = layout.boxes.find((candidate) => candidate.id === id);
  if (box === undefined) return undefined;
  const gateways = layout.nodes.filter((candidate) => candidate.box === id && candidate.shape === "circle");
  return union([{ x: box.x - 4, y: box.y - 4, width: box.width + 8, height: box.height + 8 }, ...gateways.map((gateway) => nodeBounds(layout, gateway))]);
}

/** The smallest rectangle around several elements; undefined where none of them is drawn. */
export function boundsOf(layout: Layout, ids: readonly string[]): Rectangle | undefined {
  return union(ids.flatMap((id) => elementBounds(layout, id) ?? []));
}

function union(parts: readonly Rectangle[]): Rectangle | undefined {
  if (parts.length === 0) return undefined;
  const x = Math.min(...parts.map((part) => part.x));
  const y = Math.min(...parts.map((part) => part.y));
  return { x, y, width: Math.max(...parts.map((part) => part.x + part.width)) - x, height: Math.max(...parts.map((part) => part.y + part.height)) - y };
}

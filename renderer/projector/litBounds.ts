import { estimateRun } from "../../playground/picture/scene.ts";
import { sizes, type Layout, type Rectangle } from "../../playground/picture/layoutTypes.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { elementBounds } from "../topology/focusBounds.ts";
import { roomText } from "./projectorLayout.ts";

/** Round a name, in units of the picture. */
const margin = 14;

/**
 * What the spotlight and the pen's ring go round: an element as it is drawn, where its label may have much more room than it takes.
 * Undefined where it is not drawn.
 * @param zoom of the picture, on which the size of its text depends
 */
export function litBounds(topology: Topology, layout: Layout, id: string, zoom: number): Rectangle | undefined {
  const bounds = elementBounds(layout, id);
  const placed = layout.nodes.find((candidate) => candidate.id === id);
  const node = topology.nodes.find((candidate) => candidate.id === id);
  if (bounds === undefined || placed === undefined || node === undefined || placed.shape === "circle") return bounds;
  const size = Math.max(12, roomText() / zoom);
  const text = Math.max(estimateRun({ text: node.name, color: "text", weight: 600 }, size), estimateRun({ text: node.address ?? "", color: "muted", mono: true }, size));
  if (placed.labelSide !== "below") return { ...bounds, width: Math.min(bounds.width, sizes.node + text + 2 * margin) };
  const width = Math.min(bounds.width, Math.max(sizes.node, text) + 2 * margin);
  // Enlarged text hangs lower.
  return { ...bounds, x: placed.x - width / 2, width, height: bounds.height + (size - 12) * 0.8 };
}

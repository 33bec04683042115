import type { TopologyNode } from "../model/topology.ts";

/** Average advance of one character at 12 px, a little generous: Inter semibold, and JetBrains Mono. */
const sansAdvance = 7;
const monoAdvance = 7.3;

/** Width of a name in the interface's typeface at 12 px, estimated without a browser so that a layout is always the same. */
export function sansWidth(text: string): number {
  return text.length * sansAdvance;
}

/** Width of an address in the monospaced typeface at 12 px. */
export function monoWidth(text: string): number {
  return text.length * monoAdvance;
}

/** Width that the labels of a node need. */
export function labelWidth(node: Pick<TopologyNode, "name" | "address">): number {
  return Math.max(sansWidth(node.name), monoWidth(node.address ?? ""), 40);
}

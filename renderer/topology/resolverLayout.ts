import type { Topology, TopologyBox, TopologyNode } from "../../playground/model/topology.ts";
import { sizes, type PlacedBox, type PlacedNode } from "./layoutTypes.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";

/** Width of what is written beside a resolver: what it is, in either language, and its address. */
const labelWidthOf = (node: TopologyNode): number => sansWidth("Résolveur") + 8 + monoWidth(node.address ?? "");

/** The resolver of a VPC, if it has one. */
const resolverOf = (topology: Topology, vpc: string): TopologyNode | undefined => topology.nodes.find((node) => node.kind === "resolver" && node.parent === vpc);

/** Room that a VPC's resolver and its label take in the VPC's header, from the right; 0 where there is none. */
export function resolverRoom(topology: Topology, vpc: string): number {
  const node = resolverOf(topology, vpc);
  return node === undefined ? 0 : labelWidthOf(node) + sizes.gateway + 36;
}

/** Width of a VPC that its resolver asks for: its title, and the resolver beside it; 0 where there is none. */
export const headerWidth = (topology: Topology, box: TopologyBox): number => (resolverOf(topology, box.id) === undefined ? 0 : sansWidth(`VPC ${box.name}`) + monoWidth(box.cidr ?? "") + 44 + resolverRoom(topology, box.id));

/** Each VPC's own resolver, at the right end of its header: it is the VPC's, and in none of its subnets. */
export function placeResolvers(topology: Topology, boxes: readonly PlacedBox[]): PlacedNode[] {
  return boxes.flatMap((box): PlacedNode[] => {
    const node = box.kind === "vpc" ? resolverOf(topology, box.id) : undefined;
    if (node === undefined) return [];
    const x = box.x + box.width - sizes.vpcPadding - sizes.gateway / 2;
    return [{ id: node.id, shape: "circle", labelSide: "left", labelWidth: Math.max(0, labelWidthOf(node) + 8), x, y: box.y + 24, bounds: undefined, box: box.id, row: 0, lastRow: true, pitch: sizes.gateway }];
  });
}

import type { Topology, TopologyBox, TopologyNode } from "../model/topology.ts";
import { sizes, type PlacedBox, type PlacedNode } from "./layoutTypes.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";

/** Between a VPC's title and its resolver's label. */
const gap = 14;

/** Width of what is written beside a resolver: what it is, in either language, and its address; both may be enlarged in a picture that is shown small. */
const labelWidthOf = (node: TopologyNode): number => (sansWidth("Résolveur") + 8 + monoWidth(node.address ?? "")) * 1.25;
const titleWidthOf = (box: TopologyBox): number => 15 + (sansWidth(`VPC ${box.name}`) + 8 + monoWidth(box.cidr ?? "")) * 1.1;

const resolverOf = (topology: Topology, vpc: string): TopologyNode | undefined => topology.nodes.find((node) => node.kind === "resolver" && node.parent === vpc);

/** Width of a VPC that its resolver asks for: its title, and the resolver beside it; 0 where there is none. */
export function headerWidth(topology: Topology, box: TopologyBox): number {
  const node = resolverOf(topology, box.id);
  return node === undefined ? 0 : titleWidthOf(box) + gap + labelWidthOf(node) + 8 + sizes.gateway + sizes.vpcPadding;
}

/** Each VPC's own resolver, at the right end of its header: it is the VPC's, and in none of its subnets. Where there is little room the label is shortened. */
export function placeResolvers(topology: Topology, boxes: readonly PlacedBox[]): PlacedNode[] {
  return boxes.flatMap((box): PlacedNode[] => {
    const model = topology.boxes.find((candidate) => candidate.id === box.id);
    const node = box.kind === "vpc" ? resolverOf(topology, box.id) : undefined;
    if (model === undefined || node === undefined) return [];
    const x = box.x + box.width - sizes.vpcPadding - sizes.gateway / 2;
    const labelWidth = Math.max(0, Math.min(labelWidthOf(node), x - sizes.gateway / 2 - 8 - box.x - titleWidthOf(model) - gap));
    return [{ id: node.id, shape: "circle", labelSide: "left", labelWidth, x, y: box.y + 24, bounds: undefined, box: box.id, row: 0, lastRow: true, pitch: sizes.gateway }];
  });
}

import type { TopologyBox, TopologyNode } from "../model/topology.ts";
import type { MeasuredCluster } from "./clusterLayout.ts";
import { labelWidth, monoWidth, sansWidth } from "./measureLabel.ts";
import { sizes } from "./layoutTypes.ts";

/** The inside of one subnet, with positions relative to the subnet's top left corner. */
export interface SubnetContent {
  readonly box: TopologyBox;
  readonly width: number;
  readonly height: number;
  readonly pitch: number;
  readonly columns: number;
  readonly nodes: readonly TopologyNode[];
  readonly folded: boolean;
  /** Clusters whose nodes are in the subnet, one below the other. */
  readonly clusters: readonly MeasuredCluster[];
}

/** Between a subnet's border and the clusters in it, and between two of them. */
export const clusterGap = 14;

/** How many stand in one row: few stay in one line, many fill a block about twice as wide as high. */
export function columnsFor(count: number): number {
  return count <= 4 ? Math.max(count, 1) : Math.ceil(Math.sqrt(count * 1.8));
}

/**
 * Sizes a subnet for what is in it. NAT gateways come first, so that the way out is always at the same place.
 * @param folded draws a summary instead of the nodes
 * @param room width of a narrow figure: nodes stand closer, and in more rows
 */
export function measureSubnet(box: TopologyBox, members: readonly TopologyNode[], folded: boolean, room?: number, clusters: readonly MeasuredCluster[] = []): SubnetContent {
  const nodes = [...members.filter((node) => node.kind === "nat-gateway"), ...members.filter((node) => node.kind !== "nat-gateway")];
  const header = sansWidth(box.name) + monoWidth(box.cidr ?? "") + 40 + sizes.subnetPadding * 2;
  const pitch = Math.max(room === undefined ? 116 : 64, ...nodes.map((node) => labelWidth(node) + (room === undefined ? 16 : 10)));
  const columns = Math.min(columnsFor(nodes.length), room === undefined ? Infinity : Math.max(1, Math.floor((room - sizes.subnetPadding) / pitch)));
  const rows = Math.max(1, Math.ceil(nodes.length / columns));
  const inClusters = folded ? 0 : Math.max(0, ...clusters.map((cluster) => cluster.width + 2 * clusterGap));
  const below = folded ? 0 : clusters.reduce((sum, cluster) => sum + cluster.height + clusterGap, 0);
  const width = folded ? 250 : columns * pitch + sizes.subnetPadding;
  const height = folded || (nodes.length === 0 && clusters.length === 0) ? sizes.subnetHeader + 44 : sizes.subnetHeader + (nodes.length === 0 ? 0 : rows * sizes.rowPitch - 4) + below;
  return { box, nodes, pitch, columns, folded, clusters: folded ? [] : clusters, width: Math.max(width, header, inClusters, 190), height };
}

/** Centre of the node at `index`, relative to the subnet; rows are centred in the width that the subnet finally got. */
export function nodeOffset(content: SubnetContent, index: number, width: number): { x: number; y: number; row: number; lastRow: boolean } {
  const row = Math.floor(index / content.columns);
  const rows = Math.ceil(content.nodes.length / content.columns);
  const pitch = width / content.columns;
  return {
    x: pitch * ((index % content.columns) + 0.5),
    y: sizes.subnetHeader + sizes.node / 2 + 4 + row * sizes.rowPitch,
    row,
    lastRow: row === rows - 1,
  };
}

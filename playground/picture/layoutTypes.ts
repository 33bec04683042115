/** Lengths are in the picture's own units: CSS pixels at zoom 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedBox extends Rectangle {
  readonly id: string;
  readonly kind: "internet" | "vpc" | "subnet" | "zone" | "switch" | "cluster" | "cluster-node" | "namespace" | "traffic";
  /** Box that holds it, for drawing order and for keeping dragged things inside. */
  readonly parent: string | undefined;
  /** How many nodes a folded box stands for; undefined when the box is open. */
  readonly folded: number | undefined;
  /** Vertical positions at which a packet leaves this subnet towards the router: above and below it. */
  readonly corridors: readonly number[];
}

/** Where a node's two label lines stand. */
export type LabelSide = "below" | "right" | "left";

export interface PlacedNode extends Point {
  readonly id: string;
  readonly shape: "square" | "circle";
  readonly labelSide: LabelSide;
  /** Room for the label, so that two labels never meet. */
  readonly labelWidth: number;
  /** Box in which it may be dragged; undefined where it stays. */
  readonly bounds: Rectangle | undefined;
  /** Box that holds it. */
  readonly box: string | undefined;
  /** Which row of its box, and whether it is the last: what a drawn path must go round. */
  readonly row: number;
  readonly lastRow: boolean;
  readonly pitch: number;
}

/** A peering connection is two circles on facing borders and the line between them. */
export interface PlacedPeering {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly fromVpc: string;
  readonly toVpc: string;
  readonly line: readonly Point[];
  readonly label: Point;
}

export interface PlacedLink {
  readonly id: string;
  readonly kind: "uplink" | "cable";
  readonly points: readonly Point[];
  readonly label: string | undefined;
  /** Where the label stands; absent where it has no room. */
  readonly labelAt?: Point & { readonly anchor: "start" | "middle"; readonly maxWidth: number };
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Outer boxes first. */
  readonly boxes: readonly PlacedBox[];
  readonly nodes: readonly PlacedNode[];
  readonly peerings: readonly PlacedPeering[];
  readonly links: readonly PlacedLink[];
  /** For each internet gateway, the public addresses that live there, in reading order. */
  readonly publicAddresses: ReadonlyMap<string, readonly PublicAddress[]>;
}
export interface PublicAddress {
  readonly address: string;
  readonly holder: string;
}

/** Everything that has a fixed size in the picture. */
export const sizes = {
  node: 40,
  gateway: 30,
  margin: 16,
  vpcHeader: 50,
  vpcPadding: 16,
  zoneHeader: 30,
  subnetHeader: 34,
  subnetPadding: 14,
  /** From a node's centre to the end of its labels, with room for text enlarged when zoomed out. */
  labelDepth: 66,
  rowPitch: 100,
  bandGap: 40,
  vpcGap: 40,
  peeredVpcGap: 84,
  internetHeader: 36,
  internetRow: 58,
  uplinkGap: 56,
  addressLine: 18,
} as const;

import type { Topology, TopologyNode } from "../model/topology.ts";
import { sizes, type PlacedBox, type PlacedLink, type PlacedNode, type PlacedPeering, type Point, type PublicAddress } from "./layoutTypes.ts";

/** VPC on whose border something stands: its parent, or the VPC at the other end of one of its edges. */
function vpcOf(topology: Topology, node: TopologyNode, vpcs: readonly PlacedBox[]): PlacedBox | undefined {
  const touching = topology.edges.filter((edge) => edge.from === node.id || edge.to === node.id).map((edge) => (edge.from === node.id ? edge.to : edge.from));
  return vpcs.find((vpc) => vpc.id === node.parent) ?? vpcs.find((vpc) => touching.includes(vpc.id));
}

/** Walks up from a box to its VPC. */
function vpcAbove(topology: Topology, id: string | undefined): string | undefined {
  let box = topology.boxes.find((candidate) => candidate.id === id);
  while (box !== undefined && box.kind !== "vpc") {
    const parent: string | undefined = box.parent;
    box = topology.boxes.find((candidate) => candidate.id === parent);
  }
  return box?.id;
}

/** Public addresses per internet gateway: they live at the gateway, not at the instances behind it. */
export function publicAddressesOf(topology: Topology): Map<string, PublicAddress[]> {
  const found = new Map<string, PublicAddress[]>();
  for (const gateway of topology.nodes) {
    if (gateway.kind !== "internet-gateway") continue;
    const vpc = gateway.parent ?? topology.edges.map((edge) => (edge.from === gateway.id ? edge.to : edge.to === gateway.id ? edge.from : "")).find((id) => topology.boxes.some((box) => box.id === id && box.kind === "vpc"));
    const held = topology.nodes.filter((node) => node.publicAddress !== undefined && node.id !== gateway.id && vpcAbove(topology, node.parent) === vpc);
    found.set(gateway.id, held.map((node) => ({ address: node.publicAddress ?? "", holder: node.name })));
  }
  return found;
}

/** Internet gateways on the top border of their VPC, each with its line to the Internet. */
export function placeGateways(topology: Topology, boxes: readonly PlacedBox[]): { nodes: PlacedNode[]; links: PlacedLink[] } {
  const vpcs = boxes.filter((box) => box.kind === "vpc");
  const internet = boxes.find((box) => box.kind === "internet");
  const nodes: PlacedNode[] = [];
  const links: PlacedLink[] = [];
  for (const node of topology.nodes) {
    if (node.kind !== "internet-gateway") continue;
    const vpc = vpcOf(topology, node, vpcs);
    if (vpc === undefined) continue;
    const x = vpc.x + Math.min(vpc.width * 0.5, Math.max(vpc.width * 0.2, vpc.width - 250));
    nodes.push({
      id: node.id, shape: "circle", labelSide: "right", labelWidth: vpc.x + vpc.width - x - sizes.gateway / 2 + 16, x, y: vpc.y, box: vpc.id, row: 0, lastRow: true, pitch: sizes.gateway,
      // Never over the VPC's title.
      bounds: { x: Math.min(x, vpc.x + 220), y: vpc.y, width: vpc.x + vpc.width - 30 - Math.min(x, vpc.x + 220), height: 0 },
    });
    if (internet === undefined) continue;
    const bottom = internet.y + internet.height;
    // Above a VPC of the second line stands another VPC: the line goes round it through a gap between two columns.
    const above = vpcs.filter((other) => other.y + other.height < vpc.y && other.x < x && other.x + other.width > x);
    const isFirst = vpcs.every((other) => other.x >= vpc.x);
    const offset = 12 + (links.filter((link) => link.points.length > 2).length % 4) * 6;
    const gutter = isFirst ? vpc.x + vpc.width + offset : vpc.x - offset;
    const turn = vpc.y - 28;
    links.push({
      id: `uplink:${node.id}`, kind: "uplink", label: undefined,
      points: above.length === 0 ? [{ x, y: vpc.y - sizes.gateway / 2 }, { x, y: bottom }] : [{ x, y: vpc.y - sizes.gateway / 2 }, { x, y: turn }, { x: gutter, y: turn }, { x: gutter, y: bottom }],
    });
  }
  return { nodes, links };
}

/** Both VPCs of each peering connection, whether the model says it with a node, with an edge, or with both. */
export function peeringsOf(topology: Topology): { id: string; name: string; from: string; to: string }[] {
  const isVpc = (id: string | undefined): id is string => topology.boxes.some((box) => box.id === id && box.kind === "vpc");
  const found: { id: string; name: string; from: string; to: string }[] = [];
  for (const node of topology.nodes) {
    if (node.kind !== "peering-connection") continue;
    const ends = topology.edges.flatMap((edge) => (edge.from === node.id ? [edge.to] : edge.to === node.id ? [edge.from] : []));
    const vpcs = [...new Set([node.parent, ...ends].filter(isVpc))];
    const [from, to] = vpcs;
    if (from !== undefined && to !== undefined) found.push({ id: node.id, name: node.name, from, to });
  }
  for (const edge of topology.edges) {
    const isKnown = found.some((peering) => (peering.from === edge.from && peering.to === edge.to) || (peering.from === edge.to && peering.to === edge.from));
    if (edge.kind === "peering" && isVpc(edge.from) && isVpc(edge.to) && !isKnown) {
      const node = topology.nodes.find((candidate) => candidate.kind === "peering-connection" && candidate.name === edge.label);
      found.push({ id: node?.id ?? edge.id, name: edge.label ?? node?.name ?? "", from: edge.from, to: edge.to });
    }
  }
  return found;
}

/** Peering connections: two circles on facing borders, or under the VPCs where others stand between them. */
export function placePeerings(topology: Topology, boxes: readonly PlacedBox[]): PlacedPeering[] {
  const taken = new Map<string, number>();
  const slot = (key: string): number => {
    const used = taken.get(key) ?? 0;
    taken.set(key, used + 1);
    return used;
  };
  const vpcs = boxes.filter((box) => box.kind === "vpc");
  const placed: PlacedPeering[] = [];
  for (const peering of peeringsOf(topology)) {
    const ends = [vpcs.find((box) => box.id === peering.from), vpcs.find((box) => box.id === peering.to)];
    const [first, second] = ends;
    if (first === undefined || second === undefined) continue;
    const [left, right] = first.x <= second.x ? [first, second] : [second, first];
    const between = vpcs.some((box) => box.y === left.y && box.x > left.x && box.x < right.x);
    let line: Point[];
    if (left.y === right.y && !between) {
      const index = slot(`${left.id}:${right.id}`);
      const middle = left.corridors.length > 2 ? (left.corridors[Math.floor((left.corridors.length - 1) / 2)] ?? left.y + left.height / 2) : left.y + left.height / 2;
      const y = middle + (index % 2 === 1 ? -1 : 1) * Math.ceil(index / 2) * 56;
      line = [{ x: left.x + left.width, y }, { x: right.x, y }];
    } else {
      // Under both when they stand in one line; else from the bottom of the upper one to the top of the lower one.
      const [upper, lower] = left.y <= right.y ? [left, right] : [right, left];
      const isBelow = upper.y === lower.y;
      const depth = upper.y + upper.height + 22 + (slot("below") % 3) * 8;
      const x1 = upper.x + upper.width * 0.5 + slot(`${upper.id}:bottom`) * 48;
      const x2 = isBelow ? lower.x + lower.width * 0.4 + slot(`${lower.id}:bottom`) * 48 : lower.x + lower.width - 40 - slot(`${lower.id}:top`) * 44;
      line = [{ x: x1, y: upper.y + upper.height }, { x: x1, y: depth }, { x: x2, y: depth }, { x: x2, y: isBelow ? lower.y + lower.height : lower.y }];
      if (upper !== left) line.reverse();
    }
    const start = line[0];
    const end = line[line.length - 1];
    if (start === undefined || end === undefined) continue;
    const label = line.length === 2 ? { x: (start.x + end.x) / 2, y: start.y - 22 } : { x: (start.x + end.x) / 2, y: (line[1]?.y ?? start.y) + 16 };
    const isForward = left === first;
    placed.push({ id: peering.id, from: isForward ? start : end, to: isForward ? end : start, fromVpc: first.id, toVpc: second.id, line: isForward ? line : [...line].reverse(), label });
  }
  return placed;
}

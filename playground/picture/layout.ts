import type { Topology, TopologyBox, TopologyNode } from "../model/topology.ts";
import { foldedClusterBoxes, measureCluster } from "./clusterLayout.ts";
import { placeGateways, placePeerings, publicAddressesOf } from "./gatewayLayout.ts";
import { sizes, type Layout, type PlacedBox, type PlacedLink, type PlacedNode } from "./layoutTypes.ts";
import { labelWidth, monoWidth, sansWidth } from "./measureLabel.ts";
import { type PhysicalPart, placePhysical } from "./physicalLayout.ts";
import { headerWidth, placeResolvers } from "./resolverLayout.ts";
import { siteGap, siteLinks, siteRouters } from "./siteLayout.ts";
import { alignBands, measureVpc, placeVpc, vpcHeight, type MeasuredVpc } from "./vpcLayout.ts";

/** Above so many nodes, boxes are folded to a summary with counts. */
export const foldAbove = 40;

/**
 * Boxes that a picture folds by itself: none up to 40 nodes, then every box with more than three nodes.
 * Pure, so that the same lab is always folded in the same way.
 */
export function foldedByDefault(topology: Topology): ReadonlySet<string> {
  const inClusters = foldedClusterBoxes(topology);
  if (topology.nodes.filter((node) => node.kind !== "pod" && node.kind !== "service" && node.kind !== "ingress").length <= foldAbove) return new Set(inClusters);
  const counts = new Map<string, number>();
  for (const node of topology.nodes) if (node.parent !== undefined) counts.set(node.parent, (counts.get(node.parent) ?? 0) + 1);
  return new Set([...inClusters, ...topology.boxes.filter((box) => (box.kind === "subnet" || box.kind === "internet") && (counts.get(box.id) ?? 0) > 3).map((box) => box.id)]);
}

/** Where a picture has to fit: what a small figure asks for. */
export interface LayoutRoom {
  /** VPCs side by side; more go below. By default up to four, then lines of about the screen's shape. */
  readonly vpcsPerLine?: number;
  /** Boxes grow until the picture is so wide. */
  readonly minimumWidth?: number;
  /** Things stand closer and in more rows so that the picture is no wider, as far as they can. */
  readonly maximumWidth?: number;
  /** No path is ever drawn: what it would run through is left out. */
  readonly isStill?: boolean;
}

/**
 * Computes where everything stands, from the model alone: the same lab always looks the same. The Internet is on top, VPCs
 * side by side under it, availability zones are columns, public subnets come above private ones, gateways are on the border.
 * @param folded boxes to draw as a summary
 */
export function layoutTopology(topology: Topology, folded: ReadonlySet<string> = new Set(), room: LayoutRoom = {}): Layout {
  const { boxes: modelBoxes, nodes: modelNodes, edges } = topology;
  const internet = modelBoxes.find((box) => box.kind === "internet");
  const vpcs = modelBoxes.filter((box) => box.kind === "vpc");
  const known = new Set(modelBoxes.map((box) => box.id));
  const isSwitch = new Set(modelBoxes.filter((box) => box.kind === "switch").map((box) => box.id));
  const inBox = (id: string): TopologyNode[] => modelNodes.filter((node) => node.parent === id && (node.kind === "instance" || node.kind === "cluster-node" || node.kind === "load-balancer" || node.kind === "nat-gateway" || node.kind === "internet-host" || node.kind === "machine"));
  const perLine = room.vpcsPerLine ?? vpcsPerLine(vpcs.length);
  const inner = room.maximumWidth === undefined ? undefined : room.maximumWidth - 2 * sizes.margin;
  const measured = inColumns(vpcs.map((vpc) => measureOne(topology, vpc, inBox, folded, inner)), perLine);
  const allHosts = internet === undefined ? [] : modelNodes.filter((node) => node.kind === "internet-host" && (node.parent === internet.id || node.parent === undefined));
  const routers = siteRouters(allHosts, isSwitch, edges);
  // Routers of sites come last: their cables go down on the right, past the VPCs.
  const hosts = [...allHosts.filter((host) => !routers.has(host.id)), ...allHosts.filter((host) => routers.has(host.id))];
  const loose = modelNodes.filter((node) => (node.kind === "machine" || node.kind === "instance" || node.kind === "internet-host") && !hosts.includes(node) && (node.parent === undefined || !known.has(node.parent) || isSwitch.has(node.parent)));

  const addresses = publicAddressesOf(topology);
  const lines = inLines(measured, perLine, topology);
  const lineWidths = lines.map((line) => line.reduce((sum, { vpc, gap }) => sum + vpc.width + gap, 0));
  const isFolded = internet !== undefined && folded.has(internet.id);
  const vpcsWidth = Math.max(0, ...lineWidths);
  const grid = hostGrid(hosts, vpcsWidth, inner, modelBoxes.some((box) => box.kind === "cluster") ? 6 : 4);
  const internetWidth = internet === undefined ? 0 : isFolded ? 320 : Math.max(grid.perRow * grid.pitch + (inner === undefined ? 20 : 8), sansWidth(internet.name) + monoWidth(internet.cidr ?? "") + 60, 240);
  const physicalAt = (x: number, y: number): PhysicalPart => placePhysical(loose, modelBoxes.filter((box) => box.kind === "switch"), edges, x, y, { width: inner });
  // A site stands beside the VPCs, under the same Internet; in a figure there is no room for that.
  const beside = routers.size > 0 && vpcs.length > 0 && inner === undefined ? siteGap + physicalAt(0, 0).width : 0;
  const outer = Math.max(vpcsWidth + beside, internetWidth, (room.minimumWidth ?? 0) - 2 * sizes.margin);
  const content = outer - beside;

  const boxes: PlacedBox[] = [];
  const nodes: PlacedNode[] = [];
  let y: number = sizes.margin;
  if (internet !== undefined) {
    const rows = isFolded || hosts.length === 0 ? 1 : Math.ceil(hosts.length / grid.perRow);
    const height = sizes.internetHeader + rows * (grid.isBelow ? hostRowBelow : sizes.internetRow) + 4;
    boxes.push({ id: internet.id, kind: "internet", parent: undefined, folded: isFolded ? hosts.length : undefined, corridors: [], x: sizes.margin, y, width: outer, height });
    if (!isFolded) nodes.push(...placeHosts(hosts, internet.id, outer, y, grid));
    y += height;
  }
  let vpcTop = y;
  for (const line of lines) {
    const addressLines = Math.max(0, ...line.map(({ vpc }) => Math.min(4, addresses.get(gatewayOf(topology, vpc.box.id)?.id ?? "")?.length ?? 0)));
    const hasGateway = line.some(({ vpc }) => gatewayOf(topology, vpc.box.id) !== undefined);
    const joins = y > sizes.margin && lines.length > 1 && lines[0] !== line ? 26 : 0;
    y += joins + (hasGateway ? (room.isStill ? 42 : sizes.uplinkGap) + addressLines * sizes.addressLine : boxes.length === 0 ? 0 : 40);
    if (lines[0] === line) vpcTop = y;
    const bands = alignBands(line.map(({ vpc }) => vpc), room.isStill ? 14 : undefined);
    const lineWidth = line.reduce((sum, { vpc, gap }) => sum + vpc.width + gap, 0);
    // VPCs grow a little so that the line is as wide as the Internet above it.
    const extra = lines.length > 1 && perLine > 1 ? 0 : Math.min((content - lineWidth) / line.length, 260);
    let x = sizes.margin;
    for (const { vpc, gap } of line) {
      x += gap;
      const wide = { ...vpc, width: vpc.width + Math.max(0, extra) };
      const placed = placeVpc(wide, x, y, bands);
      boxes.push(...placed.boxes);
      nodes.push(...placed.nodes);
      x += wide.width;
    }
    y += vpcHeight(bands) + (crossing(line, topology) ? 44 : 0);
  }
  const links: PlacedLink[] = [];
  const gateways = placeGateways(topology, boxes);
  nodes.push(...gateways.nodes, ...placeResolvers(topology, boxes));
  links.push(...gateways.links);
  let right = sizes.margin + outer;
  if (loose.length > 0 || isSwitch.size > 0) {
    const from = beside > 0 ? { x: sizes.margin + content + siteGap, y: vpcTop } : { x: sizes.margin, y: boxes.length > 0 ? y + 48 : y };
    const part = physicalAt(from.x, from.y);
    boxes.push(...part.boxes);
    nodes.push(...part.nodes);
    links.push(...part.links, ...siteLinks(routers, edges, nodes, boxes));
    right = Math.max(right, from.x + part.width);
    y = Math.max(y, from.y + part.height);
  }
  return { width: right + sizes.margin, height: y + sizes.margin, boxes, nodes, peerings: placePeerings(topology, boxes), links, publicAddresses: addresses };
}

function measureOne(topology: Topology, vpc: TopologyBox, inBox: (id: string) => TopologyNode[], folded: ReadonlySet<string>, room?: number): MeasuredVpc {
  const { boxes } = topology;
  const zones = boxes.filter((box) => box.kind === "zone" && box.parent === vpc.id);
  const subnets = boxes.filter((box) => box.kind === "subnet" && (box.parent === vpc.id || zones.some((zone) => zone.id === box.parent)));
  const clustersOf = (subnet: string) => boxes.filter((box) => box.kind === "cluster" && box.parent === subnet).map((box) => measureCluster(topology, box, folded));
  const measured = measureVpc(vpc, subnets, zones, inBox, folded, room === undefined ? undefined : room - 2 * sizes.vpcPadding, clustersOf);
  return { ...measured, width: Math.max(measured.width, Math.min(headerWidth(topology, vpc), room ?? Infinity)) };
}

/** The internet gateway of a VPC, by its parent or by an edge. */
export function gatewayOf(topology: Topology, vpc: string): TopologyNode | undefined {
  return topology.nodes.find((node) => node.kind === "internet-gateway" && (node.parent === vpc || topology.edges.some((edge) => (edge.from === node.id && edge.to === vpc) || (edge.to === node.id && edge.from === vpc))));
}

interface LineItem {
  readonly vpc: MeasuredVpc;
  /** Room at its left. */
  readonly gap: number;
}

/** Up to four VPCs stand in one line; more wrap into lines of about the screen's shape. */
const vpcsPerLine = (count: number): number => (count <= 4 ? Math.max(1, count) : Math.ceil(Math.sqrt(count * 1.6)));

/** Where VPCs wrap, those of one column get one width, so that the gaps between columns run from top to bottom. */
function inColumns(vpcs: readonly MeasuredVpc[], perLine: number): MeasuredVpc[] {
  if (perLine >= vpcs.length) return [...vpcs];
  return vpcs.map((vpc, index) => ({ ...vpc, width: Math.max(...vpcs.filter((_, other) => other % perLine === index % perLine).map((other) => other.width)) }));
}

function inLines(vpcs: readonly MeasuredVpc[], perLine: number, topology: Topology): LineItem[][] {
  const isPeered = topology.edges.some((edge) => edge.kind === "peering") || topology.nodes.some((node) => node.kind === "peering-connection");
  const lines: LineItem[][] = [];
  vpcs.forEach((vpc, index) => {
    const line = lines[Math.floor(index / perLine)] ?? [];
    if (line.length === 0) lines.push(line);
    line.push({ vpc, gap: line.length === 0 ? 0 : isPeered ? sizes.peeredVpcGap : sizes.vpcGap });
  });
  return lines;
}

/** Whether a peering passes under the VPCs of a line. */
function crossing(line: readonly LineItem[], topology: Topology): boolean {
  return line.length > 2 && (topology.edges.some((edge) => edge.kind === "peering") || topology.nodes.some((node) => node.kind === "peering-connection"));
}

/** Of machines of the Internet whose labels stand below them. */
const hostRowBelow = 92;

interface HostGrid {
  readonly perRow: number;
  readonly pitch: number;
  /** Labels stand below the machines: more of them fit into one row. */
  readonly isBelow: boolean;
}

/**
 * At least four machines of the Internet stand in a row, or two rows are filled evenly where up to `mostBeside` may: a cluster below them is high, and
 * the whole is shown smaller for it. In a narrow figure, as many as fit.
 */
function hostGrid(hosts: readonly TopologyNode[], wide: number, room: number | undefined, mostBeside: number): HostGrid {
  const widest = Math.max(0, ...hosts.map(labelWidth));
  // A picture with many machines is high, hence shown smaller; its text is not, and an address without its last number says nothing.
  const text = hosts.length > 4 && room === undefined ? widest * 1.35 : widest;
  const pitch = hosts.length === 0 ? 0 : 28 + sizes.node + 8 + text;
  if (room === undefined) return { perRow: Math.min(hosts.length, Math.max(4, Math.min(mostBeside, Math.ceil(hosts.length / 2)), Math.floor(wide / Math.max(1, pitch)))), pitch, isBelow: false };
  const tight = sizes.node + 18 + widest;
  const beside = Math.max(1, Math.floor((room - 8) / tight));
  if (beside >= Math.min(2, hosts.length)) return { perRow: Math.min(hosts.length, beside), pitch: tight, isBelow: false };
  const below = Math.max(1, Math.floor((room - 8) / (widest + 10)));
  return { perRow: Math.min(hosts.length, below), pitch: widest + 10, isBelow: true };
}

function placeHosts(hosts: readonly TopologyNode[], box: string, width: number, top: number, { perRow, isBelow }: HostGrid): PlacedNode[] {
  const pitch = (width - 8) / Math.max(1, perRow);
  const rowHeight = isBelow ? hostRowBelow : sizes.internetRow;
  return hosts.map((host, index) => {
    const row = Math.floor(index / perRow);
    const x = sizes.margin + (isBelow ? 4 + pitch / 2 : 20 + sizes.node / 2) + (index % perRow) * pitch;
    const y = top + sizes.internetHeader + sizes.node / 2 + 4 + row * rowHeight;
    const span = sizes.node / 2 + 8 + labelWidth(host);
    return {
      id: host.id, shape: "square", labelSide: isBelow ? "below" : "right", labelWidth: isBelow ? pitch - 4 : pitch - sizes.node - 16, x, y, box, row, lastRow: index + perRow >= hosts.length, pitch,
      bounds: { x: sizes.margin + sizes.node / 2 + 6, width: Math.max(0, width - sizes.node / 2 - 12 - span), y: top + sizes.internetHeader + sizes.node / 2, height: 8 + (Math.ceil(hosts.length / perRow) - 1) * rowHeight },
    };
  });
}

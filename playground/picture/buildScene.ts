import type { NodeState, Topology, TopologyBox, TopologyNode } from "../model/topology.ts";
import type { Exposure } from "../model/exposure.ts";
import { addressBadges, badgeLift, badgeRoom, nodeBadge } from "./exposureBadges.ts";
import { drawClusterBox, drawClusterNode, drawEndpoints, type ClusterPicture } from "./clusterScene.ts";
import { foldedGlyph, glyphFor } from "./glyphs.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";
import { sizes, type Layout, type PlacedBox, type PlacedNode, type Point } from "./layoutTypes.ts";
import type { DrawnPath } from "./pathGeometry.ts";
import type { DrawnWalk } from "./walkGeometry.ts";
import { drawTargetLine, drawTargetSign } from "./targetShapes.ts";
import type { DrawnTarget } from "./targetGeometry.ts";
import type { DrawnTraffic } from "./trafficGeometry.ts";
import { drawTrafficLabels, drawTrafficLines, type TrafficWords } from "./trafficScene.ts";
import type { DrawnTunnel } from "./tunnelGeometry.ts";
import { placeBadge, type ColorName, type Scene, type Shape, type TextRun } from "./scene.ts";

/** Words that stand in the picture, already in the reader's language. */
export interface SceneTexts {
  readonly internetGateway: string;
  readonly resolver: string;
  readonly publicSubnet: string;
  readonly privateSubnet: string;
  readonly zone: (name: string) => string;
  readonly folded: (total: number) => string;
  readonly running: (count: number) => string;
  readonly more: (count: number) => string;
}

/** Everything about the picture that is not its geometry. */
export interface SceneView {
  readonly states: ReadonlyMap<string, NodeState>;
  readonly selected: string | undefined;
  readonly hovered: string | undefined;
  readonly marked: ReadonlySet<string>;
  readonly path: DrawnPath | undefined;
  readonly tunnels?: readonly DrawnTunnel[];
  /** Lines from load balancers to their targets. */
  readonly targets?: readonly DrawnTarget[];
  /** What is known of the lab's clusters, and who calls whom in them. */
  readonly clusters?: ClusterPicture & { readonly traffic: readonly DrawnTraffic[]; readonly words: TrafficWords };
  /** What a scan found, as badges. */
  readonly exposure?: Exposure | undefined;
  readonly walk?: DrawnWalk | undefined;
  /** The lab does not run: the planned picture, faint. */
  readonly dimmed: boolean;
  readonly texts: SceneTexts;
}

const faint = 0.45;
/** How far a node's name and address below it go down as they grow: the name not into the icon, the address not into the name. */
const hanging = { sinks: [0.75, 1.15] } as const;
/** A letter. */
const packetGlyph = "M3 6h18v12H3zM3 7l9 7l9 -7";

/** Draws a layout as a list of shapes, from back to front. Pure. */
export function buildScene(topology: Topology, layout: Layout, view: SceneView): Scene {
  const boxesById = new Map(topology.boxes.map((box) => [box.id, box]));
  const nodesById = new Map(topology.nodes.map((node) => [node.id, node]));
  const shapes: Shape[] = [];
  // Titles of boxes stand over the lines that run through them.
  const titles: Shape[] = [];
  const hasLines = view.path !== undefined || view.walk !== undefined || (view.tunnels ?? []).length > 0 || (view.targets ?? []).length > 0 || view.clusters !== undefined;
  for (const placed of layout.boxes) {
    const drawn = drawBox(placed, boxesById.get(placed.id), topology, view, titleRoom(placed, layout));
    shapes.push(...drawn.filter((shape) => !hasLines || shape.kind !== "text"));
    const fill = drawn.find((shape) => shape.kind === "rect")?.fill ?? "bg";
    titles.push(...drawn.flatMap((shape): Shape[] => (hasLines && shape.kind === "text" ? [{ ...shape, halo: fill }] : [])));
  }
  for (const link of layout.links) {
    shapes.push({ kind: "line", points: link.points, stroke: "wire", strokeWidth: 1.5, corner: 8 });
    if (link.labelAt !== undefined && link.label !== undefined) shapes.push({ kind: "text", ...link.labelAt, size: 12, runs: [{ text: link.label, color: "muted", mono: true }], halo: "bg" });
  }
  for (const peering of layout.peerings) {
    const isChosen = view.selected === peering.id || view.hovered === peering.id || view.marked.has(peering.id);
    const name = nodesById.get(peering.id)?.name ?? topology.edges.find((edge) => edge.id === peering.id)?.label ?? "";
    shapes.push({ kind: "line", points: peering.line, stroke: "vpc", strokeWidth: isChosen ? 4 : 3, dash: [7, 5], corner: 10 });
    for (const end of [peering.from, peering.to]) shapes.push(...disc(end, glyphFor("peering-connection", ""), isChosen, 12));
    const span = Math.abs(peering.from.x - peering.to.x);
    shapes.push({ kind: "text", ...peering.label, size: 12, anchor: "middle", maxWidth: Math.max(40, span + 26), runs: [{ text: name, color: "muted" }] });
  }
  for (const target of view.targets ?? []) shapes.push(drawTargetLine(target));
  for (const tunnel of view.tunnels ?? []) shapes.push(...drawTunnel(tunnel));
  if (view.clusters !== undefined) shapes.push(...drawEndpoints(topology, layout, view.selected, view.hovered), ...drawTrafficLines(view.clusters.traffic, view.selected, view.hovered));
  if (view.path !== undefined) shapes.push(...drawPath(view.path));
  shapes.push(...(view.walk?.lines ?? []), ...titles);
  for (const placed of layout.nodes) {
    const node = nodesById.get(placed.id);
    if (node === undefined) continue;
    const drawn = drawNode(placed, node, layout, view);
    // Questions run between the machines, close to their names.
    shapes.push(...(view.walk === undefined && node.cluster === undefined ? drawn : drawn.map((shape): Shape => (shape.kind === "text" ? { ...shape, halo: node.cluster === undefined ? "bg" : node.kind === "cluster-node" ? "sunk" : "surface" } : shape))));
  }
  for (const target of view.targets ?? []) shapes.push(...drawTargetSign(target));
  const labels = (view.tunnels ?? []).flatMap((tunnel) => tunnel.labels);
  const left = Math.min(0, ...labels.map((label) => label.x - (label.anchor === "end" ? monoWidth(label.text) + 8 : 0)));
  const name = (text: string): TextRun => ({ text, color: "tunnel", mono: true, weight: 600 });
  for (const { text, shorter, x, y, anchor, maxWidth } of labels) shapes.push({ kind: "text", x, y, size: 12, anchor, maxWidth: anchor === "end" ? Math.min(maxWidth, x - left + 8) : maxWidth, runs: [name(text)], shorter: shorter.map(name), halo: "bg" });
  shapes.push(...(view.walk?.marks ?? []));
  if (view.clusters !== undefined) shapes.push(...drawTrafficLabels(view.clusters.traffic, view.clusters.words));
  if (view.path !== undefined) shapes.push(...drawVerdict(view.path));
  return { ...(left < 0 ? { left } : {}), width: Math.max(layout.width, ...shapes.map(rightOfBadge)), height: layout.height, shapes: view.dimmed ? shapes.map((shape) => ({ ...shape, opacity: (shape.opacity ?? 1) * 0.55 })) : shapes };
}

/** Where a badge at a gateway ends, which may be beyond the layout; 0 for everything else. */
function rightOfBadge(shape: Shape): number {
  const placed = shape.kind === "badge" && shape.after !== undefined ? placeBadge(shape, shape.size) : undefined;
  return placed === undefined ? 0 : placed.x + placed.width + sizes.margin;
}

/** What a box's title may take: all of its width, or what the VPC's resolver leaves of it. */
function titleRoom(box: PlacedBox, layout: Layout): number {
  const beside = box.kind === "vpc" ? layout.nodes.find((node) => node.box === box.id && node.labelSide === "left") : undefined;
  return (beside === undefined ? box.width : beside.x - sizes.gateway / 2 - 8 - beside.labelWidth - box.x) - 24;
}

function drawBox(placed: PlacedBox, box: TopologyBox | undefined, topology: Topology, view: SceneView, titleWidth: number): Shape[] {
  const { x, y, width, height, kind } = placed;
  const isChosen = view.selected === placed.id || view.marked.has(placed.id);
  if (kind === "cluster" || kind === "cluster-node" || kind === "namespace" || kind === "traffic") return view.clusters === undefined ? [] : drawClusterBox(placed, topology, view.clusters, { isChosen, isHovered: view.hovered === placed.id });
  const strokeWidth = (base: number): number => (isChosen ? base + 1.2 : view.hovered === placed.id ? base + 0.5 : base);
  const cidr: TextRun[] = box?.cidr === undefined ? [] : [{ text: box.cidr, color: "muted", mono: true }];
  // A VPC carries a gateway on its upper border: the title stands below it, whole.
  const titleY = kind === "vpc" ? y + sizes.vpcHeader - 14 : y + 24;
  const title = (color: ColorName, name: string, more: readonly TextRun[] = []): Shape => ({ kind: "text", x: x + 15, y: titleY, size: 13, anchor: "start", maxWidth: titleWidth, growth: 2.4, runs: [{ text: name, color, weight: 600 }, ...cidr, ...more] });
  const summary = (): Shape[] => {
    if (placed.folded === undefined) return [];
    const running = topology.nodes.filter((node) => node.parent === placed.id && view.states.get(node.name) === "running").length;
    return [
      { kind: "glyph", x: x + 30, y: y + height - 27, size: 22, path: foldedGlyph, stroke: "text", strokeWidth: 1.5 },
      { kind: "text", x: x + 50, y: y + height - 22, size: 13, anchor: "start", maxWidth: width - 62, growth: 2.4, runs: [{ text: view.texts.folded(placed.folded), color: "text", weight: 600 }, { text: view.texts.running(running), color: "muted" }] },
    ];
  };
  if (kind === "internet") return [{ kind: "rect", x, y, width, height, radius: 14, fill: "net-fill", stroke: isChosen ? "accent" : "net", strokeWidth: strokeWidth(1), dash: [3, 4] }, title("text", box?.name ?? "Internet"), ...summary()];
  if (kind === "vpc") return [{ kind: "rect", x, y, width, height, radius: 14, fill: "vpc-fill", stroke: "vpc", strokeWidth: strokeWidth(1.6) }, title("vpc", `VPC ${box?.name ?? ""}`)];
  if (kind === "zone") {
    const name = box?.name ?? placed.id.split(":").at(-1) ?? "";
    return [
      { kind: "rect", x, y, width, height, radius: 10, fill: "vpc-fill", stroke: "line-strong", strokeWidth: 1, dash: [2, 4] },
      { kind: "text", x: x + 12, y: y + 22, size: 12, anchor: "start", maxWidth: width - 20, runs: [{ text: view.texts.zone(name), color: "muted" }] },
    ];
  }
  if (kind === "switch") return [{ kind: "rect", x, y, width, height, radius: 8, fill: "node", stroke: isChosen ? "accent" : "node-line", strokeWidth: strokeWidth(1.2) }, { kind: "text", x: x + width / 2, y: y + height / 2 + 4.5, size: 13, anchor: "middle", maxWidth: width - 24, runs: [{ text: box?.name ?? "", color: "text", weight: 600 }, ...cidr] }];
  const isPublic = box?.isPublic ?? false;
  const color: ColorName = isPublic ? "pub" : "priv";
  return [
    { kind: "rect", x, y, width, height, radius: 10, fill: isPublic ? "pub-fill" : "priv-fill", stroke: color, strokeWidth: strokeWidth(1) },
    { kind: "text", x: x + 13, y: y + 22, size: 12, anchor: "start", maxWidth: width - 22, growth: 2.4, runs: [{ text: box?.name ?? "", color, weight: 600 }, ...cidr, { text: isPublic ? view.texts.publicSubnet : view.texts.privateSubnet, color: "muted" }] },
    ...summary(),
  ];
}

function disc(at: Point, path: string, isChosen: boolean, glyphSize: number): Shape[] {
  return [
    { kind: "circle", x: at.x, y: at.y, radius: sizes.gateway / 2, fill: "surface", stroke: isChosen ? "accent" : "vpc", strokeWidth: isChosen ? 2.5 : 1.6 },
    { kind: "glyph", x: at.x, y: at.y, size: glyphSize, path, stroke: isChosen ? "accent" : "vpc", strokeWidth: 1.6 },
  ];
}

function drawNode(placed: PlacedNode, node: TopologyNode, layout: Layout, view: SceneView): Shape[] {
  const isChosen = view.selected === node.id || view.marked.has(node.id);
  if (node.kind === "pod" || node.kind === "service" || node.kind === "ingress") return view.clusters === undefined ? [] : drawClusterNode(placed, node, view.clusters, { isChosen, isHovered: view.hovered === node.id });
  if (node.kind === "resolver") return drawResolver(placed, node, view, isChosen);
  if (placed.shape === "circle") {
    const addresses = layout.publicAddresses.get(node.id) ?? [];
    const shown = addresses.length > 4 ? addresses.slice(0, 3) : addresses;
    const x = placed.x + sizes.gateway / 2 + 9;
    const lines: TextRun[][] = [
      [{ text: view.texts.internetGateway, color: "text", weight: 600 }, { text: node.name, color: "muted" }],
      ...shown.map((entry): TextRun[] => [{ text: entry.address, color: "text", mono: true }, { text: `→ ${entry.holder}`, color: "muted" }]),
      ...(addresses.length > shown.length ? [[{ text: view.texts.more(addresses.length - shown.length), color: "muted" } satisfies TextRun]] : []),
    ];
    const first = placed.y - 12 - (lines.length - 1) * sizes.addressLine;
    return [
      ...disc(placed, glyphFor(node.kind, node.role), isChosen || view.hovered === node.id, 17),
      ...lines.map((runs, index): Shape => ({ kind: "text", x, y: first + index * sizes.addressLine, size: 12, anchor: "start", maxWidth: placed.labelWidth, runs, halo: "bg" })),
      ...addressBadges(view.exposure, shown, { x, baselines: shown.map((_, index) => first + (index + 1) * sizes.addressLine), maxWidth: badgeRoom(layout, placed, x) }),
    ];
  }
  const state = view.states.get(node.name);
  const isAway = state === "stopped" || state === "absent";
  const half = sizes.node / 2;
  const badges = nodeBadge(view.exposure, placed);
  const shapes: Shape[] = [
    { kind: "rect", x: placed.x - half, y: placed.y - half, width: sizes.node, height: sizes.node, radius: 10, fill: "node", stroke: isChosen ? "accent" : view.hovered === node.id ? "line-strong" : "node-line", strokeWidth: isChosen ? 2.5 : 1.2, ...(isAway ? { dash: [4, 3] } : {}) },
    { kind: "glyph", x: placed.x, y: placed.y - (badges.length > 0 ? badgeLift : 0), size: 20, path: glyphFor(node.kind, node.role), stroke: isAway ? "muted" : "text", strokeWidth: 1.5, ...(isAway ? { opacity: faint + 0.2 } : {}) },
    ...stateDot({ x: placed.x + half - 4, y: placed.y - half + 4 }, state),
  ];
  const name: TextRun = { text: node.name, color: "text", weight: 600 };
  const address: TextRun[] = node.address === undefined ? [] : [{ text: node.address, color: "muted", mono: true }];
  const at = placed.labelSide === "below" ? { x: placed.x, first: placed.y + 36, second: placed.y + 53, anchor: "middle" as const, ...hanging } : { x: placed.x + half + 8, first: placed.y - 3, second: placed.y + 15, anchor: "start" as const, sinks: [0, 0] };
  shapes.push({ kind: "text", x: at.x, y: address.length === 0 && placed.labelSide === "right" ? placed.y + 4.5 : at.first, size: 12, anchor: at.anchor, maxWidth: placed.labelWidth, sinks: at.sinks[0], runs: [name] });
  if (address.length > 0) shapes.push({ kind: "text", x: at.x, y: at.second, size: 12, anchor: at.anchor, maxWidth: placed.labelWidth, sinks: at.sinks[1], runs: address });
  shapes.push(...badges);
  return shapes;
}

/** A VPC's own resolver: no machine of anybody's, so it is drawn as gateways are, but it runs or does not. */
function drawResolver(placed: PlacedNode, node: TopologyNode, view: SceneView, isChosen: boolean): Shape[] {
  const word: TextRun = { text: view.texts.resolver, color: "text", weight: 600 };
  const address: TextRun[] = node.address === undefined ? [] : [{ text: node.address, color: "muted", mono: true }];
  // The glyph says what it is, nothing else says its address: where there is no room for both, the word goes first.
  const width = monoWidth(node.address ?? "");
  const runs = sansWidth(word.text) + 8 + width <= placed.labelWidth ? [word, ...address] : width <= placed.labelWidth ? address : [];
  return [
    ...disc(placed, glyphFor(node.kind, node.role), isChosen || view.hovered === node.id, 17),
    ...stateDot({ x: placed.x + 11, y: placed.y - 11 }, view.states.get(node.name)),
    { kind: "text", x: placed.x - sizes.gateway / 2 - 8, y: placed.y + 4.5, size: 12, anchor: "end", maxWidth: placed.labelWidth, runs },
  ];
}

/** State is never told by colour alone: each has its own sign in the dot. */
function stateDot(at: Point, state: NodeState | undefined): Shape[] {
  if (state === undefined || state === "absent") return [];
  const color: ColorName = state === "running" ? "ok" : state === "starting" ? "warn" : state === "stopped" ? "muted" : "bad";
  const signs: Readonly<Record<Exclude<NodeState, "absent">, string>> = { running: "M7 12.5l3.5 3.5l7 -7.5", starting: "M12 7v5l4 3", disconnected: "M8 8l8 8M16 8l-8 8", stopped: "M8 12h8" };
  return [
    { kind: "circle", ...at, radius: 6.5, fill: color, stroke: "surface", strokeWidth: 2 },
    { kind: "glyph", ...at, size: 13, path: signs[state], stroke: "surface", strokeWidth: 1.4 },
  ];
}

function drawPath(path: DrawnPath): Shape[] {
  return path.strokes.map((stroke): Shape => ({
    kind: "line", points: stroke.points, stroke: "accent", strokeWidth: stroke.isReturn || stroke.isAhead === true ? 2 : 3.2, corner: 9, arrow: stroke.isAhead !== true,
    ...(stroke.isAhead === true ? { dash: [2, 5], opacity: 0.6 } : stroke.isReturn ? { dash: [5, 5], opacity: 0.75 } : {}),
  }));
}

/** The sealed part thick and dashed, what goes on unprotected thin and dotted; one that sleeps is faint. */
function drawTunnel(tunnel: DrawnTunnel): Shape[] {
  const line = (points: readonly Point[], isSealed: boolean): Shape => ({ kind: "line", points, stroke: "tunnel", strokeWidth: isSealed ? 3.2 : 2, dash: isSealed ? [9, 5] : [2, 4], corner: 9, ...(tunnel.isIdle ? { opacity: faint } : {}) });
  return [...tunnel.beyond.map((part) => line(part.points, part.isSealed)), line(tunnel.points, true)];
}

function drawVerdict(path: DrawnPath): Shape[] {
  const at = path.stop ?? path.packet;
  if (at === undefined) return [];
  const { x, y } = at;
  const { lineHeight } = path;
  const height = 6 + path.lines.length * lineHeight;
  const sign: Shape[] = path.stop === undefined
    ? [{ kind: "circle", x, y, radius: 13, fill: "accent", stroke: "surface", strokeWidth: 2 }, { kind: "glyph", x, y, size: 16, path: packetGlyph, stroke: "on-accent", strokeWidth: 1.6 }]
    : [{ kind: "circle", x, y, radius: 13, fill: "bad-soft", stroke: "bad", strokeWidth: 1.6 }, { kind: "glyph", x, y, size: 20, path: "M6 6l12 12M18 6l-12 12", stroke: "bad", strokeWidth: 2 }];
  if (path.lines.length === 0) return sign;
  return [
    ...sign,
    { kind: "rect", x: path.sentenceX, y: y - 12, width: path.sentenceWidth, height, radius: 12, fill: "surface", stroke: path.stop === undefined ? "accent" : "bad", strokeWidth: 1 },
    ...path.lines.map((line, index): Shape => ({ kind: "text", x: path.sentenceX + 12, y: y - 12 + lineHeight * 0.8 + index * lineHeight, size: 12, anchor: "start", maxWidth: path.sentenceWidth - 14, ...(path.growth === undefined ? {} : { growth: path.growth }), runs: [{ text: line, color: "text" }] })),
  ];
}

import { parseClusterId } from "../model/clusterIds.ts";
import { systemNamespaces, type ClusterPod, type ClusterService, type ClusterView, type PodState } from "../model/clusterView.ts";
import type { Topology, TopologyNode } from "../model/topology.ts";
import { clusterSigns, foldedGlyph, glyphFor } from "./glyphs.ts";
import { sizes, type Layout, type PlacedBox, type PlacedNode, type Point } from "./layoutTypes.ts";
import type { ColorName, Shape, TextRun } from "./scene.ts";

/** Words in the picture of a cluster, in the reader's language. */
export interface ClusterSceneTexts {
  readonly cluster: (name: string) => string;
  readonly link: (link: ClusterView["link"] | "stopped") => string;
  readonly rollout: (name: string, ready: number, wanted: number) => string;
  readonly foldedCluster: (nodes: number, pods: number) => string;
  readonly foldedNamespace: (pods: number, ready: number) => string;
  readonly state: (state: PodState) => string;
  readonly cordoned: string;
  readonly notReady: string;
  readonly sidecars: string;
  readonly terminating: string;
  readonly unscheduled: string;
  /** Of a service behind which no pod is ready. */
  readonly nobody: string;
}

/** What is known of the clusters in the picture. */
export interface ClusterPicture {
  readonly views: readonly ClusterView[];
  /** The lab runs: a cluster that tells nothing yet is about to. */
  readonly isRunning: boolean;
  readonly texts: ClusterSceneTexts;
}
interface Marks {
  readonly isChosen: boolean;
  readonly isHovered: boolean;
}

const stateColors: Readonly<Record<PodState, ColorName>> = { ready: "ok", starting: "warn", unready: "warn", failing: "bad", stopping: "muted", done: "muted" };
/** State is never told by colour alone: a tick, a clock's hands, an exclamation mark, a cross, an arrow down. */
const stateSigns: Readonly<Record<PodState, string>> = { ready: "M7 12.5l3.5 3.5l7 -7.5", starting: "M12 7v5l4 3", unready: "M12 6v8M12 18h.01", failing: "M8 8l8 8M16 8l-8 8", stopping: "M12 6v10M8 13l4 4l4-4", done: "M8 12h8" };

/** A box of a cluster: the cluster itself, a node, a namespace on a node; nothing for a lane of traffic, which is drawn with its line. */
export function drawClusterBox(placed: PlacedBox, topology: Topology, picture: ClusterPicture, { isChosen, isHovered }: Marks): Shape[] {
  const { x, y, width, height } = placed;
  const id = parseClusterId(placed.id);
  const view = picture.views.find((candidate) => candidate.name === id?.cluster);
  const { texts } = picture;
  const pods = podsIn(topology, view, placed.id);
  const ready = pods.filter((pod) => pod.state === "ready").length;
  const thicker = isChosen ? 1.2 : isHovered ? 0.5 : 0;
  const title = (runs: readonly TextRun[], top: number): Shape => ({ kind: "text", x: x + 13, y: y + top, size: 12, anchor: "start", maxWidth: width - 24, growth: 2.4, runs });
  const summary = (text: string): Shape[] => (placed.folded === undefined ? [] : [{ kind: "glyph", x: x + 24, y: y + height - 20, size: 18, path: foldedGlyph, stroke: "text", strokeWidth: 1.5 }, { kind: "text", x: x + 42, y: y + height - 15, size: 12, anchor: "start", maxWidth: width - 52, growth: 2.4, runs: [{ text, color: "text", weight: 600 }] }]);
  if (placed.kind === "cluster") {
    const link = view?.link ?? (picture.isRunning ? "connecting" : "stopped");
    const rollouts = (view?.deployments ?? []).filter((deployment) => deployment.rollout !== "complete" && deployment.namespace !== "kube-system");
    const runs: TextRun[] = [
      { text: texts.cluster(id?.cluster ?? ""), color: "accent", weight: 600 },
      ...(view?.nodes[0] === undefined ? [] : [{ text: view.nodes[0].version, color: "muted", mono: true } satisfies TextRun]),
      ...(link === "connected" ? [] : [{ text: texts.link(link), color: link === "lost" ? "bad" : "muted" } satisfies TextRun]),
      ...rollouts.map((deployment): TextRun => ({ text: `${deployment.rollout === "failed" ? "✕" : "↻"} ${texts.rollout(deployment.name, deployment.ready, deployment.wanted)}`, color: deployment.rollout === "failed" ? "bad" : "warn", weight: 600 })),
    ];
    return [{ kind: "rect", x, y, width, height, radius: 12, fill: "surface", stroke: "accent", strokeWidth: 1.3 + thicker }, title(runs, 21), ...summary(texts.foldedCluster(view?.nodes.length ?? 0, placed.folded ?? 0))];
  }
  if (placed.kind === "cluster-node") {
    const node = view?.nodes.find((candidate) => candidate.node === id?.names[0]);
    const trouble = node === undefined ? undefined : !node.isReady ? texts.notReady : node.isCordoned ? texts.cordoned : undefined;
    const note: Shape[] = trouble === undefined ? [] : [{ kind: "text", x: x + width - 12, y: y + 20, size: 12, anchor: "end", maxWidth: width / 2, growth: 2, runs: [{ text: trouble, color: "warn", weight: 600 }] }];
    return [{ kind: "rect", x, y, width, height, radius: 10, fill: "sunk", stroke: isChosen ? "accent" : "line-strong", strokeWidth: 1 + thicker }, ...note, ...summary(texts.foldedNamespace(pods.length, ready))];
  }
  if (placed.kind !== "namespace") return [];
  const namespace = view?.namespaces.find((candidate) => candidate.name === id?.names[1]);
  const more: TextRun[] = [...(namespace?.isTerminating === true ? [{ text: texts.terminating, color: "warn" } satisfies TextRun] : []), ...(namespace?.injects === true ? [{ text: texts.sidecars, color: "muted" } satisfies TextRun] : [])];
  return [
    { kind: "rect", x, y, width, height, radius: 8, fill: "surface", stroke: isChosen ? "accent" : "line-strong", strokeWidth: 1 + thicker, dash: [4, 3] },
    title([{ text: id?.names[1] ?? "", color: "text", weight: 600 }, ...more], 19),
    ...summary(texts.foldedNamespace(pods.length, ready)),
  ];
}

/** Pods shown in a box, however deep. */
function podsIn(topology: Topology, view: ClusterView | undefined, box: string): ClusterPod[] {
  const inner = new Set([box]);
  for (const candidate of topology.boxes) if (candidate.parent !== undefined && inner.has(candidate.parent)) inner.add(candidate.id);
  return topology.nodes.flatMap((node) => (node.kind === "pod" && node.parent !== undefined && inner.has(node.parent) ? (podOf(view, node.id) ?? []) : []));
}

/** The pod that an element is. */
export function podOf(view: ClusterView | undefined, id: string): ClusterPod | undefined {
  const parsed = parseClusterId(id);
  return parsed?.kind !== "pod" ? undefined : view?.pods.find((pod) => pod.namespace === parsed.names[0] && pod.name === parsed.names[1]);
}

const half = sizes.node / 2;

/** A pod, a service or an ingress. */
export function drawClusterNode(placed: PlacedNode, node: TopologyNode, picture: ClusterPicture, { isChosen, isHovered }: Marks): Shape[] {
  const view = picture.views.find((candidate) => candidate.name === node.cluster);
  const pod = podOf(view, node.id);
  const isFading = pod !== undefined && (pod.state === "stopping" || pod.state === "done");
  const square: Shape = { kind: "rect", x: placed.x - half, y: placed.y - half, width: sizes.node, height: sizes.node, radius: node.kind === "pod" ? 10 : half, fill: "node", stroke: isChosen ? "accent" : pod?.state === "failing" ? "bad" : isHovered ? "line-strong" : "node-line", strokeWidth: isChosen ? 2.5 : 1.2, ...(isFading || pod?.state === "starting" ? { dash: [4, 3] } : {}) };
  const glyph: Shape = { kind: "glyph", x: placed.x, y: placed.y, size: 20, path: glyphFor(node.kind, node.role), stroke: isFading ? "muted" : "text", strokeWidth: 1.5, ...(isFading ? { opacity: 0.65 } : {}) };
  const lines = pod === undefined ? serviceLines(node, view, picture.texts) : podLines(pod, node, picture.texts);
  return [square, glyph, ...(pod === undefined ? [] : podMarks(placed, pod)), ...labelShapes(placed, lines)];
}

function labelShapes(placed: PlacedNode, lines: readonly (readonly TextRun[])[]): Shape[] {
  const isBelow = placed.labelSide === "below";
  const x = isBelow ? placed.x : placed.x + half + 8;
  const first = isBelow ? placed.y + 35 : placed.y - (lines.length > 1 ? 5 : -4.5);
  return lines.map((runs, index): Shape => ({ kind: "text", x, y: first + index * (isBelow ? 17 : 20), size: 12, anchor: isBelow ? "middle" : "start", maxWidth: placed.labelWidth, growth: 2, runs }));
}

/** The workload's name, and below it what tells the replicas apart; what is not well is said instead. */
function podLines(pod: ClusterPod, node: TopologyNode, texts: ClusterSceneTexts): TextRun[][] {
  const name = pod.owner?.name ?? pod.name;
  const suffix = pod.name === name ? "" : pod.name.slice(pod.name.lastIndexOf("-") + 1);
  const image = pod.containers.find((container) => container.role === "app")?.image.split("/").at(-1)?.split("@")[0];
  const tag = suffix === "" ? image : image?.split(":")[1];
  const trouble = pod.state === "ready" || pod.state === "done" ? undefined : pod.node === undefined ? texts.unscheduled : pod.state === "failing" ? (pod.reason ?? texts.state(pod.state)) : texts.state(pod.state);
  const second: TextRun[] = trouble === undefined ? [...(tag === undefined ? [] : [{ text: tag, color: "text" } satisfies TextRun]), ...(suffix === "" ? [] : [{ text: suffix, color: "muted", mono: true } satisfies TextRun])] : [{ text: trouble, color: stateColors[pod.state], weight: 600 }];
  return [[{ text: node.label ?? name, color: "text", weight: 600 }], second];
}

/** Its name, and below it where it is reached, on every machine by its node port; that nobody stands behind it is said instead. */
function serviceLines(node: TopologyNode, view: ClusterView | undefined, texts: ClusterSceneTexts): TextRun[][] {
  const [namespace, name] = node.resourceId.split("/");
  const service = node.kind === "service" ? view?.services.find((one) => one.namespace === namespace && one.name === name) : undefined;
  const several = new Set((view?.services ?? []).filter((service) => !systemNamespaces.has(service.namespace)).map((service) => service.namespace)).size > 1;
  return [[{ text: node.label ?? node.name, color: "text", weight: 600 }, ...(several && namespace !== undefined ? [{ text: namespace, color: "muted" } satisfies TextRun] : [])], whereabouts(node, service, texts)];
}

function whereabouts({ address, role }: TopologyNode, service: ClusterService | undefined, texts: ClusterSceneTexts): TextRun[] {
  // Without a selector, its addresses are written by hand, or it is another name for somebody.
  if (service !== undefined && Object.keys(service.selector).length > 0 && !service.endpoints.some((endpoint) => endpoint.isReady)) return [{ text: texts.nobody, color: "warn", weight: 600 }];
  if (address === undefined) return [{ text: role, color: "muted" }];
  const nodePort = service?.type === "NodePort" ? service.ports[0]?.nodePort : undefined;
  return [{ text: address, color: "muted", mono: true }, ...(nodePort === undefined ? [] : [{ text: `← *:${nodePort}`, color: "muted", mono: true } satisfies TextRun])];
}

/** The dot of its state, the mark of a sidecar, and how often it was restarted. */
function podMarks({ x, y }: Point, pod: ClusterPod): Shape[] {
  const at = { x: x + half - 4, y: y - half + 4 };
  const proxy = { x: x + half - 4, y: y + half - 4 };
  return [
    { kind: "circle", ...at, radius: 6.5, fill: stateColors[pod.state], stroke: "surface", strokeWidth: 2 },
    { kind: "glyph", ...at, size: 13, path: stateSigns[pod.state], stroke: "surface", strokeWidth: 1.4 },
    ...(pod.hasSidecar ? ([{ kind: "circle", ...proxy, radius: 8, fill: "accent-soft", stroke: "accent", strokeWidth: 1.2 }, { kind: "glyph", ...proxy, size: 11, path: clusterSigns.sidecar, stroke: "accent", strokeWidth: 1.4 }] satisfies Shape[]) : []),
    ...(pod.restarts > 0 ? [{ kind: "badge", x: x - half + 2, bottom: y - half + 10, anchor: "middle", texts: [String(pod.restarts)], sign: clusterSigns.restart, color: "warn", fill: "warn-soft", stroke: "warn", maxWidth: 44, size: 11 } satisfies Shape] : []),
  ];
}

/** As many lines from services to pods are always shown; where there are more, only those of what is chosen or pointed at. */
const quietEndpoints = 14;

/** Quiet lines from each service down to its pods; dashed to one that gets nothing because it is not ready. */
export function drawEndpoints(topology: Topology, layout: Layout, selected: string | undefined, hovered: string | undefined): Shape[] {
  const edges = topology.edges.filter((edge) => edge.kind === "endpoint");
  const isChosen = (id: string): boolean => id === selected || id === hovered;
  const services = [...new Set(edges.map((edge) => edge.from))];
  return edges.flatMap((edge): Shape[] => {
    const chosen = isChosen(edge.from) || isChosen(edge.to);
    if (edges.length > quietEndpoints && !chosen) return [];
    const from = layout.nodes.find((node) => node.id === edge.from);
    const to = layout.nodes.find((node) => node.id === edge.to);
    if (from === undefined || to === undefined) return [];
    const bus = from.y + half + 8 + (services.indexOf(edge.from) % 4) * 5;
    // Into a pod that stands below another one from its side: through that one, the line would seem to lead there.
    const gate = to.x - half - 6;
    const down = to.row > 0 ? [{ x: gate, y: bus }, { x: gate, y: to.y - half / 2 }, { x: to.x - half, y: to.y - half / 2 }] : [{ x: to.x, y: bus }, { x: to.x, y: to.y - half }];
    const points = to.y > bus ? [{ x: from.x, y: from.y + half }, { x: from.x, y: bus }, ...down] : [{ x: from.x + half, y: from.y }, { x: to.x - half, y: to.y }];
    return [{ kind: "line", points, stroke: chosen ? "accent" : "wire", strokeWidth: chosen ? 2 : 1.3, corner: 7, ...(edge.label === undefined ? {} : { dash: [3, 4] }) }];
  });
}

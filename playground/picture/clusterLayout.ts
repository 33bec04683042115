import type { Topology, TopologyBox, TopologyNode } from "../model/topology.ts";
import { sizes, type PlacedBox, type PlacedNode, type Rectangle } from "./layoutTypes.ts";
import { labelWidth, monoWidth, sansWidth } from "./measureLabel.ts";

/** Lengths inside a cluster. */
const inside = { padding: 14, gap: 14, header: 32, servicesRow: 50, bus: 26, nodeHeader: 54, namespaceHeader: 28, podRow: 52, lane: 25, folded: 40 } as const;
/** A pod's name is as long as its deployment's; the middle of the picture must hold several. */
const widestPodLabel = 150;
/** A pod itself, the space to its label, and that to the next pod, in which the traffic of the rows above goes down. */
const podWidth = sizes.node + 8 + 26;

/** How wide a cluster may become: pods side by side in a namespace, and namespaces side by side on a node. */
interface Shape {
  readonly columns: number;
  readonly widestNode: number;
}
const shapes: readonly Shape[] = [{ columns: 3, widestNode: 560 }, { columns: 2, widestNode: 340 }, { columns: 4, widestNode: 720 }, { columns: 5, widestNode: 900 }, { columns: 7, widestNode: 1300 }];
/** Of a screen beside a guide and above terminals, and what of its height the rest of the cloud takes. */
const screen = { width: 1020, height: 470, above: 250, beside: 90 } as const;
/** Another shape must show the cluster so much larger: else a pod more or less would turn everything over. */
const worthIt = 0.93;
/** How much smaller than life a cluster has to be shown to be seen whole. */
const shrinking = ({ width, height }: { width: number; height: number }): number => Math.max((width + screen.beside) / screen.width, (height + screen.above) / screen.height);

interface Namespace {
  readonly box: TopologyBox;
  readonly pods: readonly TopologyNode[];
  readonly isFolded: boolean;
  readonly columns: number;
  readonly pitch: number;
  readonly width: number;
  readonly height: number;
}
interface ClusterMachine {
  readonly box: TopologyBox;
  readonly machine: TopologyNode | undefined;
  readonly isFolded: boolean;
  /** Namespaces in lines, each as high as its highest. */
  readonly lines: readonly (readonly Namespace[])[];
  readonly pods: number;
  readonly width: number;
  readonly height: number;
}
/** A cluster measured on its own, before it is as wide as its subnet. */
export interface MeasuredCluster {
  readonly box: TopologyBox;
  readonly isFolded: boolean;
  readonly pods: number;
  /** Services, ingresses, and pods that no node has taken yet. */
  readonly front: readonly TopologyNode[];
  readonly frontPitch: number;
  readonly machines: readonly ClusterMachine[];
  /** Ids of what is drawn below the nodes, one line each. */
  readonly lanes: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Text is enlarged in a picture that is shown small: names keep room for some of that. */
const podLabelWidth = (node: TopologyNode): number => Math.min(widestPodLabel, sansWidth(node.label ?? node.name) * 1.6);
const frontLabelWidth = (node: TopologyNode): number => Math.min(190, Math.max(sansWidth(node.label ?? node.name), monoWidth(node.address ?? ""), 40) * 1.2);

function measureNamespace(box: TopologyBox, pods: readonly TopologyNode[], isFolded: boolean, mostColumns: number): Namespace {
  const pitch = Math.max(150, ...pods.map((pod) => podLabelWidth(pod) + podWidth));
  const columns = Math.max(1, Math.min(mostColumns, pods.length <= mostColumns ? pods.length : Math.ceil(pods.length / Math.ceil(pods.length / mostColumns))));
  const title = sansWidth(box.name) * 1.2 + 40;
  return isFolded
    ? { box, pods, isFolded, columns, pitch, width: Math.max(title, 150), height: inside.namespaceHeader + inside.folded }
    : { box, pods, isFolded, columns, pitch, width: Math.max(title, columns * pitch), height: inside.namespaceHeader + Math.ceil(pods.length / columns) * inside.podRow + 2 };
}

function measureMachine(topology: Topology, box: TopologyBox, folded: ReadonlySet<string>, shape: Shape): ClusterMachine {
  const machine = topology.nodes.find((node) => node.kind === "cluster-node" && node.parent === box.id);
  const namespaces = topology.boxes.filter((inner) => inner.kind === "namespace" && inner.parent === box.id).map((inner) => measureNamespace(inner, topology.nodes.filter((node) => node.parent === inner.id), folded.has(inner.id), shape.columns));
  const pods = namespaces.reduce((sum, namespace) => sum + namespace.pods.length, 0);
  const least = Math.max(150, sizes.node + 22 + (machine === undefined ? 0 : labelWidth(machine) * 1.2)) + 2 * inside.padding;
  const isFolded = folded.has(box.id);
  if (isFolded || namespaces.length === 0) return { box, machine, isFolded, lines: [], pods, width: least, height: inside.nodeHeader + (isFolded ? inside.folded : 12) };
  const lines: Namespace[][] = [];
  for (const namespace of namespaces) {
    const line = lines.at(-1);
    const used = (line ?? []).reduce((sum, one) => sum + one.width + inside.gap, 0);
    if (line === undefined || used + namespace.width > shape.widestNode) lines.push([namespace]);
    else line.push(namespace);
  }
  const width = Math.max(least, ...lines.map((line) => line.reduce((sum, one) => sum + one.width, 0) + (line.length - 1) * inside.gap + 2 * inside.padding));
  const height = inside.nodeHeader + lines.reduce((sum, line) => sum + Math.max(...line.map((one) => one.height)) + inside.gap, 0);
  return { box, machine, isFolded, lines, pods, width, height };
}

/** How wide and high a cluster is at least, in the shape in which it is seen largest. */
export function measureCluster(topology: Topology, box: TopologyBox, folded: ReadonlySet<string>): MeasuredCluster {
  const [first, ...others] = shapes.map((shape) => measureShaped(topology, box, folded, shape));
  return others.reduce((best, other) => (shrinking(other) < shrinking(best) * worthIt ? other : best), first ?? measureShaped(topology, box, folded, { columns: 3, widestNode: 560 }));
}

function measureShaped(topology: Topology, box: TopologyBox, folded: ReadonlySet<string>, shape: Shape): MeasuredCluster {
  const machines = topology.boxes.filter((inner) => inner.kind === "cluster-node" && inner.parent === box.id).map((inner) => measureMachine(topology, inner, folded, shape));
  const front = topology.nodes.filter((node) => node.parent === box.id && (node.kind === "service" || node.kind === "ingress" || node.kind === "pod"));
  const frontPitch = sizes.node + 30 + Math.max(60, ...front.map(frontLabelWidth));
  const lanes = topology.edges.filter((edge) => edge.kind === "traffic" && edge.from === box.id).map((edge) => edge.id);
  const pods = machines.reduce((sum, machine) => sum + machine.pods, 0) + front.filter((node) => node.kind === "pod").length;
  const isFolded = folded.has(box.id);
  if (isFolded) return { box, isFolded, pods, front: [], frontPitch, machines: [], lanes: [], width: 320, height: inside.header + inside.folded };
  const width = Math.max(300, machines.reduce((sum, machine) => sum + machine.width, 0) + (machines.length - 1) * inside.gap) + 2 * inside.padding;
  const perRow = frontPerRow(width, frontPitch);
  const frontRows = Math.ceil(front.length / perRow);
  const height = inside.header + frontRows * inside.servicesRow + (frontRows > 0 ? inside.bus : 0) + Math.max(0, ...machines.map((machine) => machine.height)) + lanes.length * inside.lane + (lanes.length > 0 ? 10 : 0) + inside.padding;
  return { box, isFolded, pods, front, frontPitch, machines, lanes, width, height };
}

const frontPerRow = (width: number, pitch: number): number => Math.max(1, Math.floor((width - 2 * inside.padding) / pitch));

/** Places a measured cluster; what width it gets beyond its own goes to its nodes. */
export function placeCluster(cluster: MeasuredCluster, subnet: string, x: number, y: number, width: number): { boxes: PlacedBox[]; nodes: PlacedNode[] } {
  const frame: Rectangle = { x, y, width, height: cluster.height };
  const boxes: PlacedBox[] = [{ id: cluster.box.id, kind: "cluster", parent: subnet, folded: cluster.isFolded ? cluster.pods : undefined, corridors: [], ...frame }];
  if (cluster.isFolded) return { boxes, nodes: [] };
  const nodes: PlacedNode[] = [];
  const perRow = frontPerRow(cluster.width, cluster.frontPitch);
  const pitch = cluster.front.length === 0 ? 0 : Math.max(cluster.frontPitch, Math.min(cluster.frontPitch * 1.35, (width - 2 * inside.padding) / Math.min(perRow, cluster.front.length)));
  cluster.front.forEach((node, index) => {
    const row = Math.floor(index / perRow);
    nodes.push(placed(node, { x: x + inside.padding + sizes.node / 2 + (index % perRow) * pitch, y: y + inside.header + sizes.node / 2 + row * inside.servicesRow }, "right", pitch - sizes.node - 18, pitch, cluster.box.id));
  });
  const rows = Math.ceil(cluster.front.length / perRow);
  const top = y + inside.header + rows * inside.servicesRow + (rows > 0 ? inside.bus : 0);
  const height = Math.max(0, ...cluster.machines.map((machine) => machine.height));
  // Nodes with pods have use for more room; a control plane that shows nothing has none.
  const growing = cluster.machines.filter((machine) => machine.lines.length > 0);
  const spare = Math.max(0, width - cluster.width) / Math.max(1, growing.length > 0 ? growing.length : cluster.machines.length);
  let left = x + inside.padding;
  for (const machine of cluster.machines) {
    const grows = growing.length === 0 || machine.lines.length > 0;
    const mine = machine.width + (grows ? spare : 0);
    const inner = placeMachine(machine, cluster.box.id, subnet, { x: left, y: top, width: mine, height });
    boxes.push(...inner.boxes);
    nodes.push(...inner.nodes);
    left += mine + inside.gap;
  }
  cluster.lanes.forEach((id, index) => boxes.push({ id, kind: "traffic", parent: cluster.box.id, folded: undefined, corridors: [], x: x + 6, y: top + height + 8 + index * inside.lane, width: width - 12, height: inside.lane }));
  return { boxes, nodes };
}

function placeMachine(machine: ClusterMachine, cluster: string, subnet: string, frame: Rectangle): { boxes: PlacedBox[]; nodes: PlacedNode[] } {
  const boxes: PlacedBox[] = [{ id: machine.box.id, kind: "cluster-node", parent: cluster, folded: machine.isFolded ? machine.pods : undefined, corridors: [], ...frame }];
  const nodes: PlacedNode[] = [];
  // The machine itself stands in the subnet as every other does: packets reach it there.
  if (machine.machine !== undefined) nodes.push(placed(machine.machine, { x: frame.x + inside.padding + sizes.node / 2, y: frame.y + 10 + sizes.node / 2 }, "right", frame.width - sizes.node - 2 * inside.padding - 8, frame.width, subnet));
  let top = frame.y + inside.nodeHeader;
  for (const line of machine.lines) {
    const height = Math.max(...line.map((one) => one.height));
    const spare = (frame.width - 2 * inside.padding - (line.length - 1) * inside.gap - line.reduce((sum, one) => sum + one.width, 0)) / line.length;
    let left = frame.x + inside.padding;
    for (const namespace of line) {
      const box: PlacedBox = { id: namespace.box.id, kind: "namespace", parent: machine.box.id, folded: namespace.isFolded ? namespace.pods.length : undefined, corridors: [], x: left, y: top, width: namespace.width + spare, height };
      boxes.push(box);
      if (!namespace.isFolded) nodes.push(...placePods(namespace, box));
      left += box.width + inside.gap;
    }
    top += height + inside.gap;
  }
  return { boxes, nodes };
}

function placePods({ pods, columns, pitch }: Namespace, box: PlacedBox): PlacedNode[] {
  const wide = Math.min(box.width / columns, pitch * 1.4);
  const lines = Math.ceil(pods.length / columns);
  return pods.map((pod, index) => {
    const row = Math.floor(index / columns);
    const at = { x: box.x + 16 + sizes.node / 2 + (index % columns) * wide, y: box.y + inside.namespaceHeader + sizes.node / 2 + 2 + row * inside.podRow };
    return { ...placed(pod, at, "right", wide - podWidth, wide, box.id), row, lastRow: row === lines - 1 };
  });
}

function placed(node: TopologyNode, at: { x: number; y: number }, labelSide: PlacedNode["labelSide"], labelRoom: number, pitch: number, box: string): PlacedNode {
  return { id: node.id, shape: "square", labelSide, labelWidth: labelRoom, x: at.x, y: at.y, row: 0, lastRow: true, pitch, box, bounds: { x: at.x, y: at.y, width: 0, height: 0 } };
}

/** Above so many pods, namespaces are folded to counts: more nobody takes in at a glance. */
export const foldPodsAbove = 24;

/** Boxes of clusters that a picture folds by itself. Pure, so that the same cluster is always folded in the same way. */
export function foldedClusterBoxes(topology: Topology): string[] {
  const pods = topology.nodes.filter((node) => node.kind === "pod");
  if (pods.length <= foldPodsAbove) return [];
  return topology.boxes.filter((box) => box.kind === "namespace" && pods.filter((pod) => pod.parent === box.id).length > 2).map((box) => box.id);
}

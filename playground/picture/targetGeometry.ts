import type { BalancersView, TargetState } from "../model/balancerView.ts";
import type { Topology } from "../model/topology.ts";
import { sizes, type Layout, type PlacedBox, type PlacedNode, type Point } from "./layoutTypes.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";

/** The line from a load balancer to an instance that it sends requests to, and where the sign of the target's health stands. */
export interface DrawnTarget {
  readonly points: readonly Point[];
  readonly sign: Point;
  /** Undefined where nothing was observed. */
  readonly state: TargetState | undefined;
}

const half = sizes.node / 2;
/** Below a node whose name and address stand under it. */
const belowName = 60;
const signGap = 9;
/** From a subnet's upper border to the strip between its title and its nodes. */
const strip = 31;
/** From a subnet's side to where a line comes down beside the title. */
const beside = 5.5;
/** Where a subnet's title begins, the word "public" or "private" at its end with the gaps, and how much larger it stands in a picture that is zoomed out. */
const title = { x: 13, word: 64, growth: 1.3 } as const;

/** From worst to best: an instance that is in several groups shows what is to be known. */
const order: readonly TargetState[] = ["unhealthy", "unused", "unavailable", "initial", "draining", "healthy"];

/** The health of an instance as a balancer's node sees it, over all of the balancer's groups. */
export function healthOf(balancers: BalancersView, node: string, instance: string): TargetState | undefined {
  const balancer = balancers.loadBalancers.find((candidate) => candidate.nodes.includes(node));
  const states = balancers.targetGroups.filter((group) => group.loadBalancer === balancer?.name).flatMap((group) => group.targets.filter((target) => target.instance === instance).map(({ state }) => state));
  return order.find((state) => states.includes(state));
}

/**
 * One line for each target, down from the balancer's name over a common stretch; up or back where the target is not below. It comes
 * into a subnet beside its title, never through it.
 */
export function drawTargets(topology: Topology, layout: Layout, balancers: BalancersView): DrawnTarget[] {
  const nameOf = (id: string): string => topology.nodes.find((node) => node.id === id)?.name ?? "";
  return topology.edges.flatMap((edge): DrawnTarget[] => {
    if (edge.kind !== "target") return [];
    const from = layout.nodes.find((node) => node.id === edge.from);
    const to = layout.nodes.find((node) => node.id === edge.to);
    if (from === undefined || to === undefined) return [];
    const isBelow = to.y - half > from.y + belowName;
    const start = { x: from.x, y: bottomOf(from) };
    const end = isBelow ? { x: to.x, y: to.y - half } : { x: to.x, y: bottomOf(to) };
    // Between the two subnets, where there is room, and not on a border.
    const level = isBelow ? Math.min(start.y + 24, (start.y + end.y) / 2) : Math.max(start.y, end.y) + 8;
    const box = layout.boxes.find((candidate) => candidate.id === to.box);
    const around = isBelow && box !== undefined && box.y > level ? besideTitle(topology, box, end) : [];
    const points = [start, { x: start.x, y: level }, { x: around[0]?.x ?? end.x, y: level }, ...around, end];
    return [{ points, sign: { x: end.x, y: isBelow ? end.y : end.y + signGap }, state: healthOf(balancers, nameOf(edge.from), nameOf(edge.to)) }];
  });
}

/** The way down to a node along the nearer side of its subnet; nothing where the title ends before the node. */
function besideTitle(topology: Topology, box: PlacedBox, end: Point): Point[] {
  const known = topology.boxes.find((candidate) => candidate.id === box.id);
  const titleEnd = title.x + (sansWidth(known?.name ?? "") + monoWidth(known?.cidr ?? "") + title.word) * title.growth;
  if (box.x + titleEnd < end.x) return [];
  const x = end.x - box.x <= box.width / 2 ? box.x + beside : box.x + box.width - beside;
  return [{ x, y: box.y + strip }, { x: end.x, y: box.y + strip }];
}

const bottomOf = (node: PlacedNode): number => node.y + (node.labelSide === "below" ? belowName : half);

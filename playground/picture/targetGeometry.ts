import type { BalancersView, TargetState } from "../model/balancerView.ts";
import type { Topology } from "../model/topology.ts";
import { sizes, type Layout, type PlacedNode, type Point } from "./layoutTypes.ts";

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

/** From worst to best: an instance that is in several groups shows what is to be known. */
const order: readonly TargetState[] = ["unhealthy", "unused", "unavailable", "initial", "draining", "healthy"];

/** The health of an instance as a balancer's node sees it, over all of the balancer's groups. */
export function healthOf(balancers: BalancersView, node: string, instance: string): TargetState | undefined {
  const balancer = balancers.loadBalancers.find((candidate) => candidate.nodes.includes(node));
  const states = balancers.targetGroups.filter((group) => group.loadBalancer === balancer?.name).flatMap((group) => group.targets.filter((target) => target.instance === instance).map(({ state }) => state));
  return order.find((state) => states.includes(state));
}

/** One line for each target, down from the balancer's name over a common stretch; up or back where the target is not below. */
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
    return [{ points: [start, { x: start.x, y: level }, { x: end.x, y: level }, end], sign: { x: end.x, y: isBelow ? end.y - signGap : end.y + signGap }, state: healthOf(balancers, nameOf(edge.from), nameOf(edge.to)) }];
  });
}

const bottomOf = (node: PlacedNode): number => node.y + (node.labelSide === "below" ? belowName : half);

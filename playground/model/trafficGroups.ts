import { podId, trafficId } from "./clusterIds.ts";
import type { ClusterView, TrafficEdge, TrafficEnd } from "./clusterView.ts";

/** All traffic from one workload to another, which is drawn as one line whatever the number of their pods. */
export interface TrafficGroup {
  readonly id: string;
  /** Name of the workload, of a pod without one, or an address. */
  readonly from: string;
  readonly to: string;
  /** Ids of the pods at either end; empty where the caller is none of the cluster's. */
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly rate: number;
  readonly requests: number;
  readonly errors: number;
  readonly refusals: number;
  readonly median: number | undefined;
  readonly high: number | undefined;
  readonly encryption: TrafficEdge["encryption"];
  readonly fault: string | undefined;
  readonly policies: NonNullable<TrafficEdge["refused"]>["policies"];
  readonly detail: string | undefined;
}

/** Joins the edges of a cluster by workload. Those with the most requests come first. */
export function trafficGroups(view: ClusterView): TrafficGroup[] {
  const groups = new Map<string, TrafficEdge[]>();
  for (const edge of view.traffic) {
    const id = trafficId(view.name, nameOf(view, edge.from), nameOf(view, edge.to));
    groups.set(id, [...(groups.get(id) ?? []), edge]);
  }
  return [...groups].flatMap(([id, edges]) => groupOf(view, id, edges) ?? []).sort((a, b) => b.requests - a.requests || a.id.localeCompare(b.id));
}

/** What an end is called: all pods of a workload are one, and all of outside. */
function nameOf(view: ClusterView, end: TrafficEnd): string {
  if (end.pod !== undefined) {
    const pod = view.pods.find((candidate) => candidate.namespace === end.namespace && candidate.name === end.pod);
    return pod?.owner?.name ?? end.pod;
  }
  return end.service ?? (end.address === undefined || isOfNode(view, end.address) ? "" : end.address);
}

/** What comes in from outside is translated by the node that it comes in at: its address, there or towards its pods, says nothing of who called. */
function isOfNode(view: ClusterView, address: string): boolean {
  return view.nodes.some((node) => node.addresses.includes(address) || (node.podCidr !== undefined && firstAddress(node.podCidr) === address));
}

/** The address after that of the range itself, as the node has it towards its pods. */
const firstAddress = (range: string): string => (range.split("/")[0] ?? "").replace(/\d+$/, (last) => String(Number(last) + 1));

function groupOf(view: ClusterView, id: string, edges: readonly TrafficEdge[]): TrafficGroup | undefined {
  const [first] = edges;
  if (first === undefined) return undefined;
  const sum = (value: (edge: TrafficEdge) => number): number => edges.reduce((total, edge) => total + value(edge), 0);
  const refused = edges.flatMap((edge) => edge.refused ?? []);
  const policies = [...new Map(refused.flatMap((one) => one.policies).map((policy) => [`${policy.kind}/${policy.namespace}/${policy.name}`, policy])).values()];
  const slowest = (key: "median" | "high"): number | undefined => {
    const values = edges.flatMap((edge) => edge[key] ?? []);
    return values.length === 0 ? undefined : Math.max(...values);
  };
  return {
    id,
    from: nameOf(view, first.from),
    to: nameOf(view, first.to),
    sources: podsOf(view, edges.map((edge) => edge.from)),
    targets: podsOf(view, edges.map((edge) => edge.to)),
    rate: sum((edge) => edge.rate),
    requests: sum((edge) => edge.requests),
    errors: sum((edge) => edge.errors),
    refusals: sum((edge) => edge.refused?.count ?? 0),
    median: slowest("median"),
    high: slowest("high"),
    encryption: together(edges.map((edge) => edge.encryption)),
    fault: edges.find((edge) => edge.fault !== undefined)?.fault,
    policies,
    detail: refused[0]?.detail,
  };
}

/** Where no pod was reached, those that the service would have sent to. */
function podsOf(view: ClusterView, ends: readonly TrafficEnd[]): string[] {
  return [
    ...new Set(
      ends.flatMap((end) => {
        if (end.namespace === undefined) return [];
        if (end.pod !== undefined) return [podId(view.name, end.namespace, end.pod)];
        const service = view.services.find((candidate) => candidate.namespace === end.namespace && candidate.name === end.service);
        return (service?.endpoints ?? []).flatMap(({ pod }) => (pod === undefined ? [] : [podId(view.name, end.namespace ?? "", pod)]));
      }),
    ),
  ];
}

function together(states: readonly TrafficEdge["encryption"][]): TrafficEdge["encryption"] {
  const known = new Set(states.filter((state) => state !== "unknown"));
  const [only] = known;
  return known.size > 1 ? "mixed" : (only ?? "unknown");
}

import type { ClusterObjectKind } from "./clusterView.ts";

/** Ids of what is in a cluster, in the same form as those of the rest of the topology: a kind, and names that lead to it. */
export const clusterId = (cluster: string): string => `cluster/${cluster}`;
/** The box of a node; the machine that it is has an id of its own. */
export const clusterNodeBoxId = (cluster: string, node: string): string => `cluster-node/${cluster}/${node}`;
/** The part of a namespace that is on one node. */
export const namespaceBoxId = (cluster: string, node: string, namespace: string): string => `namespace/${cluster}/${node}/${namespace}`;
export const podId = (cluster: string, namespace: string, name: string): string => `pod/${cluster}/${namespace}/${name}`;
export const serviceId = (cluster: string, namespace: string, name: string): string => `service/${cluster}/${namespace}/${name}`;
export const ingressId = (cluster: string, namespace: string, name: string): string => `ingress/${cluster}/${namespace}/${name}`;
/** Not drawn, but told of: a deployment, and a policy of the mesh. */
export const deploymentId = (cluster: string, namespace: string, name: string): string => `deployment/${cluster}/${namespace}/${name}`;
export const policyId = (cluster: string, kind: ClusterObjectKind, namespace: string, name: string): string => `policy/${cluster}/${kind}/${namespace}/${name}`;
/** All traffic from one workload to another. */
export const trafficId = (cluster: string, from: string, to: string): string => `traffic/${cluster}/${from}>${to}`;

const kinds = ["cluster", "cluster-node", "namespace", "pod", "service", "ingress", "deployment", "policy", "traffic"] as const;

/** An id of something in a cluster, taken apart; undefined for every other element. `names` are what follows the cluster. */
export function parseClusterId(id: string): { readonly kind: (typeof kinds)[number]; readonly cluster: string; readonly names: readonly string[] } | undefined {
  const [first, cluster, ...names] = id.split("/");
  const kind = kinds.find((one) => one === first);
  return kind === undefined || cluster === undefined ? undefined : { kind, cluster, names };
}

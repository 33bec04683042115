import type { Allocation } from "./addresses.ts";
import type { CloudNode, Cluster, ClusterMember } from "./cloud.ts";
import { resourceId } from "./ids.ts";
import type { Network } from "./network.ts";
import { parsedPrefix, present } from "./parsed.ts";
import { resolverOf } from "./resolveNodes.ts";
import { securityGroupKey } from "./resolveRules.ts";

/** Interface of a cluster's node in the VPC; eth0 is that of the cluster's own network. */
export const clusterInterface = "vpc0";
/** TCP port of the API server. */
export const apiServerPort = 6443;
/** Where every node listens: kubelet, and the health of kube-proxy. */
const nodePorts = [10250, 10256];

/** Names as kind gives them to the nodes of a cluster: NAME-control-plane, NAME-worker, NAME-worker2… */
export const controlPlaneName = (cluster: string): string => `${cluster}-control-plane`;
const workerName = (cluster: string, index: number): string => `${cluster}-worker${index === 0 ? "" : index + 1}`;

type WrittenNode = Network["clusters"][string]["control_plane"];
export interface WrittenMember extends WrittenNode {
  readonly cluster: string;
  readonly name: string;
  readonly subnet: string;
  /** Where it stands in the file. */
  readonly path: readonly (string | number)[];
}

/** Every node of every cluster, the control plane first, in the order of the file. */
export function clusterMembers(network: Network): WrittenMember[] {
  return Object.entries(network.clusters).flatMap(([cluster, { subnet, control_plane, workers }]) => [
    { cluster, name: controlPlaneName(cluster), subnet, path: ["clusters", cluster, "control_plane"], ...control_plane },
    ...workers.map((worker, index) => ({ cluster, name: workerName(cluster, index), subnet, path: ["clusters", cluster, "workers", index], ...worker })),
  ]);
}

/** Clusters with everything looked up. */
export function resolveClusters(lab: string, network: Network, allocation: Allocation): Cluster[] {
  return Object.entries(network.clusters).map(([name, cluster]): Cluster => ({
    name,
    id: resourceId(lab, "clusters", name),
    version: cluster.version,
    vpc: present(network.subnets[cluster.subnet], `subnet ${cluster.subnet}`).vpc,
    subnet: cluster.subnet,
    podPrefix: parsedPrefix(cluster.kubernetes_network_config.pod_ipv4_cidr),
    servicePrefix: parsedPrefix(cluster.kubernetes_network_config.service_ipv4_cidr),
    loadBalancerPrefix: cluster.load_balancer_cidr_block === undefined ? undefined : parsedPrefix(cluster.load_balancer_cidr_block),
    images: [...new Set(cluster.images)],
    members: clusterMembers(network)
      .filter((member) => member.cluster === name)
      .map(({ name: node, elastic_ip }): ClusterMember => ({
        node,
        role: node === controlPlaneName(name) ? "control-plane" : "worker",
        elasticIp: elastic_ip,
        address: present(allocation.clusterNodes.get(node), `private address of ${node}`),
        publicAddress: allocation.publicByClusterNode.get(node),
      })),
  }));
}

/** The machines that clusters are made of, by kind and not by our engine. */
export function resolveClusterNodes(lab: string, network: Network, clusters: readonly Cluster[]): CloudNode[] {
  return clusters.flatMap((cluster) => {
    const groups = network.clusters[cluster.name]?.vpc_security_groups ?? [];
    const keys = [...new Set(groups.length > 0 ? groups : ["default"])].map((group) => securityGroupKey(cluster.vpc, group));
    return cluster.members.map(({ node, role, address, publicAddress }): CloudNode => ({
      name: node,
      id: resourceId(lab, "clusters", node),
      kind: "cluster-node",
      cluster: cluster.name,
      role: "server",
      image: "kubernetes-node",
      interfaces: [
        {
          id: resourceId(lab, "interfaces", `${node}/${clusterInterface}`),
          name: clusterInterface,
          attachment: { kind: "subnet", vpc: cluster.vpc, subnet: cluster.subnet },
          address,
          prefixLength: parsedPrefix(present(network.subnets[cluster.subnet], `subnet ${cluster.subnet}`).cidr_block).length,
          gateway: undefined,
          publicAddress,
          securityGroups: keys,
        },
      ],
      sourceDestCheck: true,
      // The addresses of LoadBalancer services lead to the control plane, from where kube-proxy brings a packet to its pod.
      ...(role === "control-plane" && cluster.loadBalancerPrefix ? { carries: cluster.loadBalancerPrefix } : {}),
      services: [],
      listens: role === "control-plane" ? [apiServerPort, ...nodePorts] : nodePorts,
      keyPair: undefined,
      holdsKeyPair: undefined,
      userData: "",
      capabilities: [],
      devices: [],
      files: [],
      resolver: resolverOf(network, cluster.vpc),
      terminal: true,
    }));
  });
}

import type { Cloud, Cluster } from "./cloud.ts";
import { formatAddress, formatPrefix } from "./ip.ts";
import { type Attribute, changes, comparable, type ComparableResource, inside, replaces } from "./resourceAttributes.ts";

/**
 * Clusters as the plan compares them. What kubeadm puts into certificates and what is given to nodes when they join cannot be changed
 * later, so another value means another cluster.
 */
export function clusterResources(cloud: Cloud): ComparableResource[] {
  const of = comparable(cloud);
  return cloud.clusters.map((cluster) => of("clusters", cluster, identityAttributes(cluster), groupsOf(cloud, cluster), cluster.images.flatMap((image) => changes("images", image)), workerAddresses(cluster)));
}

/** What makes a cluster that one and no other. */
export function identityAttributes(cluster: Cluster): Attribute[] {
  const [controlPlane, ...workers] = cluster.members;
  return [
    inside("subnet", "subnets", cluster.subnet),
    ...replaces("version", cluster.version),
    ...replaces("kubernetes_network_config.pod_ipv4_cidr", formatPrefix(cluster.podPrefix)),
    ...replaces("kubernetes_network_config.service_ipv4_cidr", formatPrefix(cluster.servicePrefix)),
    ...replaces("load_balancer_cidr_block", cluster.loadBalancerPrefix && formatPrefix(cluster.loadBalancerPrefix)),
    ...replaces("control_plane.private_ip", controlPlane && formatAddress(controlPlane.address)),
    // It stands in the certificate of the API server.
    ...replaces("control_plane.public_ip", controlPlane?.publicAddress && formatAddress(controlPlane.publicAddress)),
    ...workers.flatMap((worker, index) => replaces(`workers[${index}].private_ip`, formatAddress(worker.address))),
  ];
}

/** Public addresses of workers are the internet gateway's matter: no node knows its own. That of an elastic IP is that resource's change. */
const workerAddresses = ({ members }: Cluster): Attribute[] =>
  members.slice(1).flatMap((worker, index) => changes(`workers[${index}].public_ip`, worker.elasticIp === undefined ? worker.publicAddress && formatAddress(worker.publicAddress) : undefined));

function groupsOf(cloud: Cloud, cluster: Cluster): Attribute[] {
  const keys = cloud.nodes.find((node) => node.cluster === cluster.name)?.interfaces[0]?.securityGroups ?? [];
  return keys.flatMap((key) => changes("vpc_security_groups", key.split("/")[1]));
}

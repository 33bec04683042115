import type { Cloud } from "./cloud.ts";
import { clusterEndpoint } from "./clusterEndpoint.ts";
import { nameServersOf } from "./hostedZoneFiles.ts";
import { formatAddress, formatPrefix, type IpAddress } from "./ip.ts";

const reference = /\$\{([a-z_]+)\.([a-z0-9][a-z0-9_-]*)(?:\.([a-z_]+))?\}/g;

/** Attribute names that can be read of each kind of resource, in the vendor's words. */
export const readableAttributes: Readonly<Record<string, readonly string[]>> = {
  vpcs: ["id", "cidr_block"],
  subnets: ["id", "cidr_block", "availability_zone", "vpc", "route_table"],
  internet_gateways: ["id", "vpc"],
  nat_gateways: ["id", "public_ip", "private_ip", "subnet"],
  elastic_ips: ["id", "public_ip"],
  peering_connections: ["id"],
  route_tables: ["id", "vpc"],
  security_groups: ["id", "vpc"],
  network_acls: ["id", "vpc"],
  key_pairs: ["id", "public_key"],
  instances: ["id", "private_ip", "public_ip", "subnet"],
  clusters: ["id", "version", "private_ip", "public_ip", "endpoint", "load_balancer_cidr_block", "pod_ipv4_cidr", "service_ipv4_cidr"],
  target_groups: ["id", "vpc", "port"],
  load_balancers: ["id", "vpc", "dns_name", "public_ip", "private_ip"],
  listeners: ["id", "port"],
  listener_rules: ["id", "priority"],
  hosted_zones: ["id", "name", "name_servers"],
  hosts: ["id", "address", "public_ip"],
  machines: ["id", "address"],
};

/** References in a text: kind, name and attribute of every `${kind.name.attribute}`. */
export function referencesIn(text: string): { text: string; kind: string; name: string; attribute: string | undefined }[] {
  return [...text.matchAll(reference)].map((match) => ({ text: match[0], kind: match[1] ?? "", name: match[2] ?? "", attribute: match[3] }));
}

/**
 * Replaces `${kind.name.attribute}` (and `${outputs.name}`) by values of the cloud. A public address that is not there is the
 * empty string; an unknown reference stays as it is, so that its reader sees what was meant.
 */
export function interpolate(text: string, cloud: Cloud): string {
  return text.replace(reference, (whole, kind: string, name: string, attribute: string | undefined) => {
    if (kind === "outputs" && attribute === undefined) return own(cloud.outputs, name) ?? whole;
    return (attribute === undefined ? undefined : own(attributesOf(cloud, kind, name) ?? {}, attribute)) ?? whole;
  });
}

const own = (values: Readonly<Record<string, string>>, name: string): string | undefined => (Object.hasOwn(values, name) ? values[name] : undefined);
const text = (address: IpAddress | undefined): string => (address ? formatAddress(address) : "");

function attributesOf(cloud: Cloud, kind: string, name: string): Record<string, string> | undefined {
  const named = <Entry extends { name: string }>(entries: readonly Entry[]): Entry | undefined => entries.find((entry) => entry.name === name);
  switch (kind) {
    case "vpcs": {
      const vpc = named(cloud.vpcs);
      return vpc && { id: vpc.id, cidr_block: formatPrefix(vpc.prefix) };
    }
    case "subnets": {
      const subnet = named(cloud.subnets);
      return subnet && { id: subnet.id, cidr_block: formatPrefix(subnet.prefix), availability_zone: subnet.zone, vpc: subnet.vpc, route_table: subnet.routeTable };
    }
    case "nat_gateways": {
      const gateway = named(cloud.natGateways);
      return gateway && { id: gateway.id, public_ip: text(gateway.publicAddress), private_ip: text(gateway.privateAddress), subnet: gateway.subnet };
    }
    case "elastic_ips": {
      const elasticIp = named(cloud.elasticIps);
      return elasticIp && { id: elasticIp.id, public_ip: text(elasticIp.address) };
    }
    case "internet_gateways":
    case "route_tables":
    case "security_groups":
    case "network_acls": {
      const lists = { internet_gateways: cloud.internetGateways, route_tables: cloud.routeTables, security_groups: cloud.securityGroups, network_acls: cloud.networkAcls };
      const resource = named<{ name: string; id: string; vpc: string }>(lists[kind]);
      return resource && { id: resource.id, vpc: resource.vpc };
    }
    case "peering_connections": {
      const connection = named(cloud.peeringConnections);
      return connection && { id: connection.id };
    }
    case "key_pairs": {
      const keyPair = named(cloud.keyPairs);
      return keyPair && { id: keyPair.id, public_key: keyPair.publicKey ?? "" };
    }
    case "clusters": {
      const cluster = named(cloud.clusters);
      const controlPlane = cluster?.members[0];
      if (!cluster || !controlPlane) return undefined;
      return {
        id: cluster.id,
        version: cluster.version,
        private_ip: text(controlPlane.address),
        public_ip: text(controlPlane.publicAddress),
        endpoint: clusterEndpoint(cluster),
        load_balancer_cidr_block: cluster.loadBalancerPrefix ? formatPrefix(cluster.loadBalancerPrefix) : "",
        pod_ipv4_cidr: formatPrefix(cluster.podPrefix),
        service_ipv4_cidr: formatPrefix(cluster.servicePrefix),
      };
    }
    case "target_groups": {
      const group = named(cloud.targetGroups);
      return group && { id: group.id, vpc: group.vpc, port: String(group.port) };
    }
    case "load_balancers": {
      const balancer = named(cloud.loadBalancers);
      const first = balancer?.nodes[0];
      return balancer && { id: balancer.id, vpc: balancer.vpc, dns_name: balancer.dnsName, public_ip: text(first?.publicAddress), private_ip: text(first?.address) };
    }
    case "listeners": {
      const listener = named(cloud.listeners);
      return listener && { id: listener.id, port: String(listener.port) };
    }
    case "listener_rules": {
      const rule = named(cloud.listenerRules);
      return rule && { id: rule.id, priority: String(rule.priority) };
    }
    case "hosted_zones": {
      const zone = named(cloud.hostedZones);
      return zone && { id: zone.id, name: zone.domain, name_servers: nameServersOf(cloud, zone).join(" ") };
    }
    default:
      return nodeAttributes(cloud, kind, name);
  }
}

function nodeAttributes(cloud: Cloud, kind: string, name: string): Record<string, string> | undefined {
  const node = cloud.nodes.find((candidate) => candidate.name === name);
  const first = node?.interfaces[0];
  if (!node) return undefined;
  if (kind === "instances" && node.kind === "instance") {
    const subnet = first?.attachment.kind === "subnet" ? first.attachment.subnet : "";
    return { id: node.id, private_ip: text(first?.address), public_ip: text(first?.publicAddress), subnet };
  }
  if (kind === "hosts" && node.kind === "internet-host") return { id: node.id, address: text(first?.address), public_ip: text(first?.address) };
  if (kind === "machines" && node.kind === "machine") return { id: node.id, address: text(first?.address) };
  return undefined;
}

import { allocateAddresses } from "./addresses.ts";
import type { Balancing } from "./balancing.ts";
import type { Cloud, ElasticIp, NatGateway, RouteTable, Subnet } from "./cloud.ts";
import { RempartError } from "./errors.ts";
import { resourceId } from "./ids.ts";
import { interpolate } from "./interpolate.ts";
import { formatAddress } from "./ip.ts";
import type { Lab } from "./lab.ts";
import { type Network, type ResourceKind, resourceKinds } from "./network.ts";
import { parsedAddress, parsedPrefix, present } from "./parsed.ts";
import { resolveClusterNodes, resolveClusters } from "./resolveClusters.ts";
import { resolveHostedZones } from "./resolveHostedZones.ts";
import { resolveBalancerNodes, resolveBalancing } from "./resolveLoadBalancers.ts";
import { parseCableEnd, resolveInstances, resolveLabNodes } from "./resolveNodes.ts";
import { resolveNetworkAcls, resolveRouteTables, resolveSecurityGroups } from "./resolveRules.ts";
import { resolveVpcResolvers } from "./resolveVpcResolvers.ts";
import { networkFaults } from "./validateNetwork.ts";
import { hasPrivateZone, resolverAddress } from "./vpcResolver.ts";

/**
 * Resolves a lab and the student's network into the cloud that the compiler, the prediction and the topology read: references
 * looked up, defaults filled in, private and public addresses allocated. The same input gives the same cloud.
 *
 * @throws RempartError `input.invalid-lab` with every fault when the network does not hold together.
 */
export function resolveCloud(lab: Lab, network: Network): Cloud {
  const faults = networkFaults(lab, network);
  if (faults.length > 0) {
    throw new RempartError("input.invalid-lab", `The network of lab ${lab.id} has ${faults.length} fault${faults.length === 1 ? "" : "s"}: ${faults[0]?.message ?? ""}`, {
      kind: "input",
      kept: "What runs was left as it is.",
      next: "Correct network.yml; rempart validate lists every fault with its line.",
      faults,
    });
  }
  const allocation = allocateAddresses(lab, network);
  const named = (kind: ResourceKind, name: string) => ({ name, id: resourceId(lab.id, kind, name) });
  const routeTables = resolveRouteTables(lab.id, network);
  const links = lab.links.map((link) => ({ from: present(parseCableEnd(link.from), link.from), to: present(parseCableEnd(link.to), link.to) }));
  const balancing = resolveBalancing(lab.id, network, allocation);
  const clusters = resolveClusters(lab.id, network, allocation);
  const nodes = [...resolveInstances(lab, network, allocation), ...resolveClusterNodes(lab.id, network, clusters), ...resolveBalancerNodes(lab.id, network, balancing), ...resolveLabNodes(lab, links), ...resolveVpcResolvers(lab, network, allocation)];
  const cloud: Cloud = {
    lab: lab.id,
    internet: lab.internet ? parsedPrefix(lab.internet.cidr_block) : undefined,
    vpcs: Object.entries(network.vpcs).map(([name, vpc]) => {
      const prefix = parsedPrefix(vpc.cidr_block);
      return { ...named("vpcs", name), prefix, nameServers: vpc.domain_name_servers.map(parsedAddress), resolver: hasPrivateZone(network, name) ? resolverAddress(prefix) : undefined };
    }),
    subnets: resolveSubnets(lab.id, network, routeTables),
    internetGateways: Object.entries(network.internet_gateways).map(([name, gateway]) => ({ ...named("internet_gateways", name), vpc: gateway.vpc })),
    natGateways: Object.entries(network.nat_gateways).map(([name, gateway]): NatGateway => ({
      ...named("nat_gateways", name),
      vpc: present(network.subnets[gateway.subnet], `subnet ${gateway.subnet}`).vpc,
      subnet: gateway.subnet,
      privateAddress: present(allocation.natGateways.get(name), `private address of ${name}`),
      publicAddress: present(allocation.elasticIps.get(gateway.elastic_ip), `elastic IP ${gateway.elastic_ip}`),
    })),
    elasticIps: Object.keys(network.elastic_ips).map((name) => ({
      ...named("elastic_ips", name),
      address: present(allocation.elasticIps.get(name), `elastic IP ${name}`),
      association: associationOf(network, clusters, name),
    })),
    peeringConnections: Object.entries(network.peering_connections).map(([name, connection]) => ({
      ...named("peering_connections", name),
      vpc: connection.vpc,
      peerVpc: connection.peer_vpc,
    })),
    routeTables,
    securityGroups: resolveSecurityGroups(lab.id, network),
    networkAcls: resolveNetworkAcls(lab.id, network),
    keyPairs: Object.entries(network.key_pairs).map(([name, keyPair]) => ({ ...named("key_pairs", name), publicKey: keyPair.public_key?.trim() })),
    clusters,
    nodes,
    ...balancing,
    hostedZones: [],
    hostedZoneServers: Object.entries(lab.dns?.hosted_zone_name_servers ?? {}).map(([name, node]) => ({ name, node })),
    switches: lab.switches,
    links,
    names: { ...Object.fromEntries(nodes.flatMap(nodeNames)), ...balancerNames(balancing), ...lab.names },
    outputs: {},
    tags: tagsOf(network),
  };
  const withZones = { ...cloud, hostedZones: resolveHostedZones(lab.id, network, cloud) };
  return { ...withZones, outputs: Object.fromEntries(Object.entries(network.outputs).map(([name, value]) => [name, interpolate(value, withZones)])) };
}

function tagsOf(network: Network): Cloud["tags"] {
  return Object.fromEntries(resourceKinds.flatMap((kind) => Object.entries(network[kind]).flatMap(([name, { tags }]) => (Object.keys(tags).length > 0 ? [[`${kind}.${name}`, tags]] : []))));
}

function nodeNames(node: Cloud["nodes"][number]): [string, string][] {
  // A VPC's own resolver has an address that everybody knows, and no name.
  if (node.kind === "resolver") return [];
  const address = node.interfaces.find((candidate) => candidate.address)?.address;
  return address ? [[node.name, formatAddress(address)]] : [];
}

/** A balancer's DNS name means its public address everywhere, also inside its VPC; that of an internal one its private address. */
function balancerNames({ loadBalancers }: Balancing): Record<string, string> {
  return Object.fromEntries(loadBalancers.flatMap(({ dnsName, nodes: [first] }) => (first ? [[dnsName, formatAddress(first.publicAddress ?? first.address)]] : [])));
}

function associationOf(network: Network, clusters: Cloud["clusters"], elasticIp: string): ElasticIp["association"] {
  const member = clusters.flatMap(({ members }) => members).find((candidate) => candidate.elasticIp === elasticIp);
  if (member) return { kind: "cluster-node", name: member.node };
  const gateway = Object.entries(network.nat_gateways).find(([, candidate]) => candidate.elastic_ip === elasticIp)?.[0];
  if (gateway !== undefined) return { kind: "nat-gateway", name: gateway };
  const balancer = Object.entries(network.load_balancers).find(([, { subnet_mappings: mappings }]) => mappings.some((mapping) => mapping.elastic_ip === elasticIp))?.[0];
  if (balancer !== undefined) return { kind: "load-balancer", name: balancer };
  const instance = network.elastic_ips[elasticIp]?.instance;
  return instance === undefined ? undefined : { kind: "instance", name: instance };
}

function resolveSubnets(lab: string, network: Network, routeTables: readonly RouteTable[]): Subnet[] {
  return Object.entries(network.subnets).map(([name, subnet]) => {
    const associated = Object.entries(network.route_tables).find(([, table]) => table.subnets.includes(name))?.[0];
    const table = present(
      routeTables.find((candidate) => (associated === undefined ? candidate.vpc === subnet.vpc && candidate.isMain : candidate.name === associated)),
      `route table of ${name}`,
    );
    return {
      name,
      id: resourceId(lab, "subnets", name),
      vpc: subnet.vpc,
      prefix: parsedPrefix(subnet.cidr_block),
      zone: subnet.availability_zone,
      mapsPublicAddresses: subnet.map_public_ip_on_launch,
      routeTable: table.name,
      networkAcl: Object.entries(network.network_acls).find(([, acl]) => acl.subnets.includes(name))?.[0],
      isPublic: table.routes.some((route) => route.target.kind === "internet-gateway"),
    };
  });
}

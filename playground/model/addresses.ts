import { stableHash } from "./ids.ts";
import { type IpAddress, type IpPrefix, formatAddress, nthAddress, parseAddress, parsePrefix, prefixContains, prefixSize } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { parsedPrefix } from "./parsed.ts";
import { clusterMembers } from "./resolveClusters.ts";
import { balancerNodes } from "./resolveLoadBalancers.ts";
import { hasPrivateZone } from "./vpcResolver.ts";

/** Addresses at the start of every subnet that AWS keeps: network, router, resolver and one for later use. */
const reservedAtStart = 4n;

/** True for the first four addresses and the last one of a subnet, which no interface may have. */
export function isReservedInSubnet(subnet: IpPrefix, address: IpAddress): boolean {
  const index = address.value - subnet.address;
  return index < reservedAtStart || index === prefixSize(subnet) - 1n;
}

/** True for addresses of the lab's Internet that no machine may have: the network, the router (.1) and the broadcast address. */
export function isReservedOnInternet(internet: IpPrefix, address: IpAddress): boolean {
  const index = address.value - internet.address;
  return index < 2n || index === prefixSize(internet) - 1n;
}

interface Failed {
  readonly kind: "instances" | "nat_gateways" | "elastic_ips" | "load_balancers" | "clusters" | "vpcs";
  readonly name: string;
  readonly space: string;
}

export interface Allocation {
  /** Private address by instance name; an instance is absent when its subnet is full or unknown. */
  readonly instances: ReadonlyMap<string, IpAddress>;
  readonly natGateways: ReadonlyMap<string, IpAddress>;
  /** Private address by the name of a load balancer's node. */
  readonly balancerNodes: ReadonlyMap<string, IpAddress>;
  /** Private address by the name of a cluster's node. */
  readonly clusterNodes: ReadonlyMap<string, IpAddress>;
  readonly elasticIps: ReadonlyMap<string, IpAddress>;
  /** Public address by instance name: that of its elastic IP, else one of the lab's Internet if its subnet maps one on launch. */
  readonly publicByInstance: ReadonlyMap<string, IpAddress>;
  /** Public address by the name of an internet-facing load balancer's node: its elastic IP, else one of the lab's Internet. */
  readonly publicByBalancerNode: ReadonlyMap<string, IpAddress>;
  /** Public address by the name of a cluster's node: its elastic IP, else one of the lab's Internet if its subnet maps one on launch. */
  readonly publicByClusterNode: ReadonlyMap<string, IpAddress>;
  /** Address on the lab's Internet of the resolver of a VPC, by the VPC's name: of those with private zones in a lab that has DNS. */
  readonly resolvers: ReadonlyMap<string, IpAddress>;
  /** What found no address: kind and name. */
  readonly failed: readonly Failed[];
}

/**
 * Gives an address to everything that needs one. Declared addresses come first, then the others in the order of declaration.
 * Private: the first free address of the subnet, from .4 on. Public: in the top half of the lab's Internet, at a place derived
 * from the name, so that adding a machine does not move the addresses of the others.
 */
export function allocateAddresses(lab: Lab, network: Network): Allocation {
  const failed: Failed[] = [];
  const takenBySubnet = new Map<string, Set<bigint>>();
  const takenIn = (subnet: string): Set<bigint> => {
    const taken = takenBySubnet.get(subnet) ?? new Set<bigint>();
    takenBySubnet.set(subnet, taken);
    return taken;
  };
  const claimants = [
    ...Object.entries(network.nat_gateways).map(([name, { subnet, private_ip }]) => ({ kind: "nat_gateways" as const, name, subnet, private_ip })),
    ...Object.entries(network.instances).map(([name, { subnet, private_ip }]) => ({ kind: "instances" as const, name, subnet, private_ip })),
    // After these, so that a balancer or a cluster that comes moves no instance.
    ...balancerNodes(network).map(({ name, subnet, private_ipv4_address }) => ({ kind: "load_balancers" as const, name, subnet, private_ip: private_ipv4_address })),
    ...clusterMembers(network).map(({ name, subnet, private_ip }) => ({ kind: "clusters" as const, name, subnet, private_ip })),
  ];
  const addresses = { instances: new Map<string, IpAddress>(), nat_gateways: new Map<string, IpAddress>(), load_balancers: new Map<string, IpAddress>(), clusters: new Map<string, IpAddress>() };
  for (const { kind, name, subnet, private_ip } of claimants) {
    const declared = private_ip === undefined ? undefined : parseAddress(private_ip);
    if (!declared) continue;
    takenIn(subnet).add(declared.value);
    addresses[kind].set(name, declared);
  }
  const clusterOf = (node: string): string | undefined => clusterMembers(network).find((member) => member.name === node)?.cluster;
  for (const { kind, name, subnet } of claimants) {
    const cidr = network.subnets[subnet]?.cidr_block;
    if (addresses[kind].has(name) || cidr === undefined) continue;
    const address = firstFree(parsedPrefix(cidr), takenIn(subnet));
    if (!address) failed.push({ kind, name: kind === "clusters" ? (clusterOf(name) ?? name) : name, space: subnet });
    else {
      takenIn(subnet).add(address.value);
      addresses[kind].set(name, address);
    }
  }
  const publicAddresses = allocatePublic(lab, network, failed);
  return { instances: addresses.instances, natGateways: addresses.nat_gateways, balancerNodes: addresses.load_balancers, clusterNodes: addresses.clusters, ...publicAddresses, failed };
}

function firstFree(prefix: IpPrefix, taken: ReadonlySet<bigint>): IpAddress | undefined {
  const last = prefix.address + prefixSize(prefix) - 1n;
  for (let value = prefix.address + reservedAtStart; value < last; value++) {
    if (!taken.has(value)) return { family: prefix.family, value };
  }
  return undefined;
}

function allocatePublic(
  lab: Lab,
  network: Network,
  failed: Failed[],
): Pick<Allocation, "elasticIps" | "publicByInstance" | "publicByBalancerNode" | "publicByClusterNode" | "resolvers"> {
  const elasticIps = new Map<string, IpAddress>();
  const publicByInstance = new Map<string, IpAddress>();
  const publicByBalancerNode = new Map<string, IpAddress>();
  const publicByClusterNode = new Map<string, IpAddress>();
  const resolvers = new Map<string, IpAddress>();
  if (!lab.internet) return { elasticIps, publicByInstance, publicByBalancerNode, publicByClusterNode, resolvers };
  const internet = parsedPrefix(lab.internet.cidr_block);
  const taken = new Set<string>(Object.values(lab.internet.hosts).map((host) => host.address));
  for (const address of loadBalancerAddresses(network)) taken.add(address);
  for (const [name, elasticIp] of Object.entries(network.elastic_ips)) {
    const declared = elasticIp.public_ip === undefined ? undefined : parseAddress(elasticIp.public_ip);
    if (!declared) continue;
    taken.add(formatAddress(declared));
    elasticIps.set(name, declared);
  }
  const draw = (kind: "elastic_ips" | "instances" | "load_balancers" | "clusters" | "vpcs", name: string): IpAddress | undefined => {
    const address = drawPublic(internet, `${lab.id}/${kind}/${name}`, taken);
    if (!address) failed.push({ kind, name, space: "internet" });
    else taken.add(formatAddress(address));
    return address;
  };
  for (const name of Object.keys(network.elastic_ips)) {
    const address = elasticIps.get(name) ?? draw("elastic_ips", name);
    if (address) elasticIps.set(name, address);
  }
  for (const [name, elasticIp] of Object.entries(network.elastic_ips)) {
    const address = elasticIps.get(name);
    if (elasticIp.instance !== undefined && address) publicByInstance.set(elasticIp.instance, address);
  }
  for (const [name, instance] of Object.entries(network.instances)) {
    if (publicByInstance.has(name) || !network.subnets[instance.subnet]?.map_public_ip_on_launch) continue;
    const address = draw("instances", name);
    if (address) publicByInstance.set(name, address);
  }
  for (const { name, internal, elastic_ip } of balancerNodes(network)) {
    const address = internal ? undefined : elastic_ip === undefined ? draw("load_balancers", name) : elasticIps.get(elastic_ip);
    if (address) publicByBalancerNode.set(name, address);
  }
  for (const { name, subnet, elastic_ip } of clusterMembers(network)) {
    const maps = network.subnets[subnet]?.map_public_ip_on_launch === true;
    const address = elastic_ip === undefined ? (maps ? draw("clusters", name) : undefined) : elasticIps.get(elastic_ip);
    if (address) publicByClusterNode.set(name, address);
  }
  // Last, so that a private zone moves nobody's address.
  for (const vpc of Object.keys(network.vpcs)) {
    const address = lab.dns && hasPrivateZone(network, vpc) ? draw("vpcs", vpc) : undefined;
    if (address) resolvers.set(vpc, address);
  }
  return { elasticIps, publicByInstance, publicByBalancerNode, publicByClusterNode, resolvers };
}

/** Addresses that the services of clusters may get: nobody else can have them. */
function loadBalancerAddresses(network: Network): string[] {
  return Object.values(network.clusters).flatMap(({ load_balancer_cidr_block: block }) => {
    const prefix = block === undefined ? undefined : parsePrefix(block);
    // A block that is too large is a fault of its own, and nothing to count through.
    if (prefix?.family !== 4 || prefix.length < 24) return [];
    return Array.from({ length: Number(prefixSize(prefix)) }, (_, index) => formatAddress(nthAddress(prefix, BigInt(index))));
  });
}

/** A free address in the top half of the Internet range, searched from a place derived from the seed. */
function drawPublic(internet: IpPrefix, seed: string, taken: ReadonlySet<string>): IpAddress | undefined {
  const half = prefixSize(internet) / 2n;
  // The very last address is the broadcast address; in a tiny range the first two are reserved as well.
  const start = stableHash(seed) % (half || 1n);
  for (let step = 0n; step < half; step++) {
    const address = nthAddress(internet, half + ((start + step) % half));
    if (prefixContains(internet, address) && !isReservedOnInternet(internet, address) && !taken.has(formatAddress(address))) return address;
  }
  return undefined;
}

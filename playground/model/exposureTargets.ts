import type { Cloud, CloudNode, PortRange, SecurityGroupRuleResolved } from "./cloud.ts";
import { formatAddress, type IpAddress } from "./ip.ts";
import { portsOf } from "./portList.ts";
import { internetGatewayId, natGatewayId, nodeId } from "./topologyIds.ts";

/** An address that a scan asks, and where it is in the picture. */
export interface ScanTarget {
  readonly address: string;
  readonly holder: string;
  readonly element: string;
  /** The internet gateway at which a public address lives. */
  readonly gateway?: string;
}

/** A scan asks at most so many addresses: it should be over in a few seconds. */
export const mostAddresses = 32;
/** Rules and machines may name ports of their own; at most so many are asked beside the usual ones. */
const mostOwnPorts = 64;
/** A rule that opens more ports than this names a range, not services. */
const widestRule = 16;

/** TCP ports that every scan asks: the well-known ones, and those that the course's services use. */
export const usualTcpPorts = ["1-1024", "1080", "3000", "3128", "3306", "3389", "5432", "6379", "8000", "8080", "8443", "9000", "51820"] as const;
/** UDP ports that every scan asks: names, OpenVPN, WireGuard. Silence of UDP says nothing, so there are few. */
export const usualUdpPorts = ["53", "1194", "51820"] as const;

/**
 * What a scan from a machine asks, nearest to its own view first: from the Internet its hosts and all public addresses, then the
 * private addresses of instances that have no public one (nobody there has a way to them, which the scan shows); from elsewhere the private
 * addresses of the lab first.
 */
export function scanTargets(cloud: Cloud, from: CloudNode): ScanTarget[] {
  const own = new Set(from.interfaces.flatMap((one) => [one.address, one.publicAddress].flatMap((address) => (address ? [formatAddress(address)] : []))));
  const nodes = cloud.nodes.filter((node) => node.name !== from.name);
  const hosts = nodes.filter((node) => node.kind === "internet-host").flatMap((node) => addressesOf(node));
  const inside = nodes.filter((node) => node.kind !== "internet-host").flatMap((node) => addressesOf(node));
  const exits = cloud.natGateways.map((gateway) => target(gateway.privateAddress, gateway.name, natGatewayId(gateway.name)));
  const publics = [
    ...nodes.flatMap((node) => node.interfaces.flatMap((one) => (one.publicAddress ? [target(one.publicAddress, node.name, nodeId(node.name), gatewayOf(cloud, vpcOf(cloud, node)))] : []))),
    ...cloud.natGateways.map((gateway) => target(gateway.publicAddress, gateway.name, natGatewayId(gateway.name), gatewayOf(cloud, gateway.vpc))),
  ];
  const faces = new Set(publics.map((one) => one.element));
  const ordered = from.kind === "internet-host" ? [...publics, ...hosts, ...inside.filter((one) => !faces.has(one.element))] : [...inside, ...exits, ...publics, ...hosts];
  return ordered.filter((one, index) => !own.has(one.address) && ordered.findIndex((other) => other.address === one.address) === index);
}

const target = (address: IpAddress, holder: string, element: string, gateway?: string): ScanTarget => ({ address: formatAddress(address), holder, element, ...(gateway === undefined ? {} : { gateway }) });

function addressesOf(node: CloudNode): ScanTarget[] {
  return node.interfaces.flatMap((one) => (one.address?.family === 4 ? [target(one.address, node.name, nodeId(node.name))] : []));
}

function vpcOf(cloud: Cloud, node: CloudNode): string | undefined {
  return node.interfaces.flatMap(({ attachment }) => (attachment.kind === "subnet" ? [attachment.vpc] : []))[0] ?? cloud.vpcs[0]?.name;
}

function gatewayOf(cloud: Cloud, vpc: string | undefined): string | undefined {
  const gateway = cloud.internetGateways.find((candidate) => candidate.vpc === vpc);
  return gateway && internetGatewayId(gateway.name);
}

/** The ports that a scan of this cloud asks: the usual ones, those on which a machine says that it listens, and those that a rule of a security group names. */
export function scannedPorts(cloud: Cloud): { tcp: string[]; udp: string[] } {
  const rules = cloud.securityGroups.flatMap((group) => group.ingress);
  const listens = cloud.nodes.flatMap((node) => node.listens).map((port) => ({ from: port, to: port }));
  return { tcp: withOwn(usualTcpPorts, [...listens, ...rangesOf(rules, "tcp")]), udp: withOwn(usualUdpPorts, rangesOf(rules, "udp")) };
}

function rangesOf(rules: readonly SecurityGroupRuleResolved[], protocol: "tcp" | "udp"): PortRange[] {
  return rules.flatMap((rule) => (rule.protocol === protocol && rule.ports && rule.ports.to - rule.ports.from < widestRule ? [rule.ports] : []));
}

function withOwn(usual: readonly string[], own: readonly PortRange[]): string[] {
  const known = new Set(portsOf(usual.join(",")));
  const added = [...new Set(own.flatMap((range) => Array.from({ length: range.to - range.from + 1 }, (_, index) => range.from + index)))].filter((port) => !known.has(port));
  return [...usual, ...added.sort((one, other) => one - other).slice(0, mostOwnPorts).map(String)];
}

import type { Cloud, HostedRecords, HostedZone } from "./cloud.ts";
import { resourceId } from "./ids.ts";
import { interpolate } from "./interpolate.ts";
import { formatAddress, type IpAddress } from "./ip.ts";
import type { Network } from "./network.ts";
import type { HostedRecordSet } from "./records.ts";

/** Seconds: what the course's example has, and what an alias of Route 53 to a load balancer has. */
const usualTtl = 300;
const aliasTtl = 60;

/** The hosted zones with every value looked up in a cloud that has its machines already. */
export function resolveHostedZones(lab: string, network: Network, cloud: Cloud): HostedZone[] {
  return Object.entries(network.hosted_zones).map(([name, zone]) => ({
    name,
    id: resourceId(lab, "hosted_zones", name),
    domain: zone.name,
    vpcs: zone.vpcs,
    signs: zone.dnssec?.signing_status === "SIGNING",
    records: zone.records.map((set) => recordsOf(set, cloud, zone.vpcs === undefined)),
  }));
}

function recordsOf(set: HostedRecordSet, cloud: Cloud, isPublic: boolean): HostedRecords {
  const { name, type, alias } = set;
  if (alias === undefined) return { name, type, ttl: set.ttl ?? usualTtl, values: (set.records ?? []).map((value) => interpolate(value, cloud)), alias };
  return { name, type, ttl: aliasTtl, values: aliasAddresses(cloud, alias, isPublic).map(formatAddress), alias };
}

/**
 * The addresses of what an alias names: of an instance its one, of a load balancer that of each of its nodes. In a private zone an
 * internet-facing balancer still means its public ones, as its DNS name does in AWS.
 */
export function aliasAddresses(cloud: Pick<Cloud, "nodes" | "loadBalancers">, alias: string, isPublic: boolean): IpAddress[] {
  const balancer = cloud.loadBalancers.find((candidate) => candidate.name === alias);
  if (balancer) return balancer.nodes.map((node) => node.publicAddress ?? node.address);
  const first = cloud.nodes.find((node) => node.kind === "instance" && node.name === alias)?.interfaces[0];
  const address = isPublic ? first?.publicAddress : first?.address;
  return address ? [address] : [];
}

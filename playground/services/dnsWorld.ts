import type { Cloud } from "../model/cloud.ts";
import type { DnsServer } from "../model/dnsView.ts";
import { isWithin } from "../model/dnsFiles.ts";
import { formatAddress } from "../model/ip.ts";
import type { Lab } from "../model/lab.ts";
import { resolverName } from "../model/vpcResolver.ts";
import type { DnsWorld } from "./joinDnsQuestions.ts";

/** Whether there is anything to see of DNS in a lab: a machine that answers, or a resolver that machines ask. */
export function hasDns(lab: Pick<Lab, "dns">, cloud: Cloud | undefined): boolean {
  return lab.dns !== undefined || (cloud?.nodes.some((node) => dnsServices(node.services).length > 0 || node.resolver !== undefined) ?? false);
}

export const dnsServices = (services: readonly string[]): string[] => services.filter((service) => service === "dns" || service === "resolver");

/** The machines that answer questions, and what each is. */
export function dnsServers(cloud: Cloud): Omit<DnsServer, "hasLog">[] {
  const asked = new Set(cloud.nodes.flatMap((node) => (node.resolver === undefined ? [] : [formatAddress(node.resolver)])));
  return cloud.nodes.filter((node) => dnsServices(node.services).length > 0).map((node) => {
    const isResolver = (node.services as readonly string[]).includes("resolver") || node.role === "resolver" || addressesOf(node).some((address) => asked.has(address));
    return { node: node.name, kind: isResolver ? "resolver" : "name-server" };
  });
}

/** The lab as the join of its logs needs it. */
export function dnsWorld(lab: Pick<Lab, "dns">, cloud: Cloud): Pick<DnsWorld, "nodeOf" | "addressOf" | "isResolver" | "isAuthority"> {
  const nodes = new Map(cloud.nodes.flatMap((node) => addressesOf(node).map((address) => [address, node.name] as const)));
  for (const gateway of cloud.natGateways) nodes.set(formatAddress(gateway.publicAddress), gateway.name);
  const addresses = new Map(cloud.nodes.map((node) => [node.name, addressesOf(node)[0] ?? ""]));
  const resolvers = new Set(dnsServers(cloud).filter((server) => server.kind === "resolver").map((server) => server.node));
  const zones = new Map<string, string[]>();
  const serve = (node: string, zone: string): unknown => zones.set(node, [...(zones.get(node) ?? []), zone]);
  for (const [zone, { name_servers: servers }] of Object.entries(lab.dns?.zones ?? {})) for (const node of Object.values(servers)) serve(node, zone);
  for (const { domain, vpcs } of cloud.hostedZones) for (const node of vpcs === undefined ? cloud.hostedZoneServers.map((server) => server.node) : vpcs.map(resolverName)) serve(node, domain);
  return {
    nodeOf: (address) => nodes.get(address),
    addressOf: (node) => addresses.get(node) ?? "",
    isResolver: (node) => resolvers.has(node),
    isAuthority: (node, name) => zones.get(node)?.some((zone) => isWithin(name, zone)) ?? false,
  };
}

/** Of a machine: its own addresses first, then those that the Internet sees. */
export function addressesOf(node: Cloud["nodes"][number]): string[] {
  return [...node.interfaces.flatMap((entry) => (entry.address ? [formatAddress(entry.address)] : [])), ...node.interfaces.flatMap((entry) => (entry.publicAddress ? [formatAddress(entry.publicAddress)] : []))];
}

import { kubernetesVersions } from "./clusters.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import { formatPrefix, type IpPrefix, prefixContains, prefixCovers, prefixesOverlap } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { parsedAddress, parsedPrefix } from "./parsed.ts";
import { clusterMembers } from "./resolveClusters.ts";
import { addGroupFaults } from "./validateRules.ts";
import { reservedNames } from "./validateMachines.ts";
import { exists } from "./validateReferences.ts";

/** With `-control-plane` and what Rempart puts in front, a name of Docker and a host name of 63 characters must hold it. */
const longestName = 20;
/** Lengths of the ranges: what kubeadm takes, and a /24 of pods for each of four nodes. */
const rangeLengths = { service_ipv4_cidr: { from: 12, to: 24 }, pod_ipv4_cidr: { from: 8, to: 22 } } as const;
const blockLengths = { from: 24, to: 30 };

/** Clusters: names, references, ranges that nobody else has. `images`: names of the catalogue's images for clusters, when known. */
export function addClusterFaults(list: FaultList, lab: Lab, network: Network, images: readonly string[] | undefined): void {
  addNodeNameFaults(list, lab, network);
  const blocks = new Map<string, IpPrefix>();
  for (const [name, cluster] of Object.entries(network.clusters)) {
    const path = ["clusters", name];
    if (name.length > longestName) list.add("cluster.name-too-long", path, { name, limit: String(longestName) }, true);
    if (!kubernetesVersions.some((version) => version === cluster.version)) list.add("cluster.version", [...path, "version"], { value: cluster.version, available: kubernetesVersions.join(", ") });
    exists(list, network, "subnets", cluster.subnet, [...path, "subnet"]);
    const vpc = network.subnets[cluster.subnet]?.vpc;
    if (vpc !== undefined) cluster.vpc_security_groups.forEach((group, index) => addGroupFaults(list, network, [...path, "vpc_security_groups", index], vpc, group));
    addRangeFaults(list, lab, network, name);
    const block = addBlockFaults(list, lab, network, name, blocks);
    if (block) blocks.set(name, block);
    if (images) {
      cluster.images.forEach((image, index) => {
        if (!images.includes(image)) list.addUnknown("cluster.unknown-image", [...path, "images", index], image, images);
      });
    }
  }
}

/** Nodes are machines, whose names stand in every hosts file. */
function addNodeNameFaults(list: FaultList, lab: Lab, network: Network): void {
  const ofLab = new Set([...Object.keys(lab.internet?.hosts ?? {}), ...Object.keys(lab.machines), ...lab.switches, ...Object.keys(lab.names)]);
  const seen = new Map<string, string>();
  for (const { cluster, name } of clusterMembers(network)) {
    const path = ["clusters", cluster];
    const other = seen.get(name);
    if (reservedNames.has(name)) list.add("network.reserved-name", path, { name }, true);
    if (ofLab.has(name)) list.add("network.name-taken", path, { name }, true);
    else if (Object.hasOwn(network.instances, name) || Object.hasOwn(network.load_balancers, name) || (other !== undefined && other !== cluster)) list.add("cluster.node-name-taken", path, { name }, true);
    seen.set(name, cluster);
  }
}

function addRangeFaults(list: FaultList, lab: Lab, network: Network, name: string): void {
  const config = network.clusters[name]?.kubernetes_network_config;
  if (!config) return;
  const others: { readonly what: string; readonly prefix: IpPrefix }[] = [
    ...Object.entries(network.vpcs).map(([vpc, { cidr_block: cidr }]) => ({ what: vpc, prefix: parsedPrefix(cidr) })),
    ...(lab.internet && !lab.internet.cidr_block.includes(":") ? [{ what: "Internet", prefix: parsedPrefix(lab.internet.cidr_block) }] : []),
  ];
  for (const key of ["pod_ipv4_cidr", "service_ipv4_cidr"] as const) {
    const path = ["clusters", name, "kubernetes_network_config", key];
    const text = config[key];
    const prefix = parsedPrefix(text);
    const { from, to } = rangeLengths[key];
    if (prefix.family !== 4) list.add("network.ipv6", path, { value: text });
    else if (prefix.length < from || prefix.length > to) list.add("cluster.range-size", path, { value: text, from: String(from), to: String(to) });
    else {
      const other = others.find((candidate) => prefixesOverlap(candidate.prefix, prefix));
      if (other) list.add("cluster.range-overlap", path, { value: text, other: other.what, otherCidr: formatPrefix(other.prefix) });
    }
    others.push({ what: key, prefix });
  }
}

/** The block of LoadBalancer services, when it is sound. */
function addBlockFaults(list: FaultList, lab: Lab, network: Network, name: string, blocks: ReadonlyMap<string, IpPrefix>): IpPrefix | undefined {
  const cluster = network.clusters[name];
  const text = cluster?.load_balancer_cidr_block;
  if (!cluster || text === undefined) return undefined;
  const path = ["clusters", name, "load_balancer_cidr_block"];
  if (!lab.internet) {
    list.add("network.no-internet", path, {}, true);
    return undefined;
  }
  const prefix = parsedPrefix(text);
  const internet = parsedPrefix(lab.internet.cidr_block);
  const vpc = network.subnets[cluster.subnet]?.vpc;
  if (vpc !== undefined && !Object.values(network.internet_gateways).some((gateway) => gateway.vpc === vpc)) list.add("cluster.no-internet-gateway", path, { name, vpc });
  if (prefix.family !== 4) list.add("network.ipv6", path, { value: text });
  else if (prefix.length < blockLengths.from || prefix.length > blockLengths.to) list.add("cluster.range-size", path, { value: text, from: String(blockLengths.from), to: String(blockLengths.to) });
  else if (!prefixCovers(internet, prefix) || prefix.length === internet.length) list.add("cluster.block-outside", path, { value: text, internet: formatPrefix(internet) });
  else {
    const owner = addressOwner(lab, network, prefix) ?? [...blocks].find(([, other]) => prefixesOverlap(other, prefix))?.[0];
    if (owner === undefined) return prefix;
    list.add("cluster.block-taken", path, { value: text, other: owner });
  }
  return undefined;
}

/** Who has an address of the prefix on the lab's Internet; its router has the first. */
function addressOwner(lab: Lab, network: Network, prefix: IpPrefix): string | undefined {
  const hosts = Object.entries(lab.internet?.hosts ?? {}).map(([host, { address }]) => [host, address] as const);
  const elastic = Object.entries(network.elastic_ips).flatMap(([elasticIp, { public_ip: address }]) => (address === undefined ? [] : [[elasticIp, address] as const]));
  return [...hosts, ...elastic].find(([, address]) => prefixContains(prefix, parsedAddress(address)))?.[0];
}

/** Elastic IPs of nodes; `associated`: those that somebody has, by name. */
export function addClusterAddressFaults(list: FaultList, network: Network, associated: Map<string, string>): void {
  for (const { name, path, elastic_ip: elasticIp } of clusterMembers(network)) {
    if (elasticIp === undefined) continue;
    const at: FaultPath = [...path, "elastic_ip"];
    const other = associated.get(elasticIp);
    if (!Object.hasOwn(network.elastic_ips, elasticIp)) list.addUnknown("network.absent", at, elasticIp, Object.keys(network.elastic_ips), { kind: "elastic_ips" });
    else if (other !== undefined) list.add("network.elastic-ip-taken", at, { name: elasticIp, other });
    else associated.set(elasticIp, name);
  }
}

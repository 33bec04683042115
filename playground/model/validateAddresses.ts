import { allocateAddresses, isReservedInSubnet, isReservedOnInternet } from "./addresses.ts";
import type { FaultList } from "./faults.ts";
import { formatAddress, formatPrefix, type IpPrefix, prefixContains, prefixCovers, prefixesOverlap } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { parsedAddress, parsedPrefix } from "./parsed.ts";
import { clusterMembers } from "./resolveClusters.ts";
import { balancerNodeName } from "./resolveLoadBalancers.ts";
import { addClusterAddressFaults } from "./validateClusters.ts";

/** Ranges that no VPC may take: this host, loopback, link local, multicast and above. */
const reservedRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(parsedPrefix);

/** Blocks of VPCs and subnets: size, place, overlap. */
export function addPrefixFaults(list: FaultList, lab: Lab, network: Network): void {
  const internet = lab.internet ? parsedPrefix(lab.internet.cidr_block) : undefined;
  for (const [name, vpc] of Object.entries(network.vpcs)) {
    const prefix = parsedPrefix(vpc.cidr_block);
    const path = ["vpcs", name, "cidr_block"];
    if (!checkSize(list, path, prefix)) continue;
    const reserved = reservedRanges.find((range) => prefixesOverlap(range, prefix));
    if (reserved) list.add("network.reserved-range", path, { value: vpc.cidr_block, range: formatPrefix(reserved) });
    if (internet && prefixesOverlap(internet, prefix)) list.add("network.overlaps-internet", path, { value: vpc.cidr_block, internet: formatPrefix(internet) });
  }
  const subnets = Object.entries(network.subnets);
  subnets.forEach(([name, subnet], index) => {
    const prefix = parsedPrefix(subnet.cidr_block);
    const path = ["subnets", name, "cidr_block"];
    const vpc = network.vpcs[subnet.vpc];
    if (!checkSize(list, path, prefix) || !vpc) return;
    if (!prefixCovers(parsedPrefix(vpc.cidr_block), prefix)) {
      list.add("network.subnet-outside-vpc", path, { value: subnet.cidr_block, vpc: subnet.vpc, vpcCidr: vpc.cidr_block });
    }
    for (const [other, earlier] of subnets.slice(0, index)) {
      if (earlier.vpc === subnet.vpc && prefixesOverlap(parsedPrefix(earlier.cidr_block), prefix)) {
        list.add("network.subnets-overlap", path, { value: subnet.cidr_block, other, otherCidr: earlier.cidr_block });
      }
    }
  });
}

function checkSize(list: FaultList, path: string[], prefix: IpPrefix): boolean {
  if (prefix.family !== 4) return false;
  if (prefix.length >= 16 && prefix.length <= 28) return true;
  list.add("network.prefix-size", path, { value: formatPrefix(prefix) });
  return false;
}

/** IPv6 blocks anywhere: the model knows them, the running network does not yet. */
export function addFamilyFaults(list: FaultList, network: Network): void {
  const check = (path: (string | number)[], text: string): void => {
    if (text.includes(":")) list.add("network.ipv6", path, { value: text });
  };
  for (const [name, vpc] of Object.entries(network.vpcs)) check(["vpcs", name, "cidr_block"], vpc.cidr_block);
  for (const [name, subnet] of Object.entries(network.subnets)) check(["subnets", name, "cidr_block"], subnet.cidr_block);
  for (const [name, table] of Object.entries(network.route_tables)) {
    table.routes.forEach((route, index) => check(["route_tables", name, "routes", index, "destination"], route.destination));
  }
  for (const direction of ["ingress", "egress"] as const) {
    for (const [name, group] of Object.entries(network.security_groups)) {
      group[direction].forEach((rule, index) => rule.cidr_blocks.forEach((cidr, position) => check(["security_groups", name, direction, index, "cidr_blocks", position], cidr)));
    }
    for (const [name, acl] of Object.entries(network.network_acls)) {
      acl[direction].forEach((rule, index) => check(["network_acls", name, direction, index, "cidr_block"], rule.cidr_block));
    }
  }
}

/** Private addresses of NAT gateways, instances, load balancers and nodes of clusters: inside their subnet, not reserved, not taken. */
export function addPrivateAddressFaults(list: FaultList, network: Network): void {
  const taken = new Map<string, string>();
  const wishes = [
    ...(["nat_gateways", "instances"] as const).flatMap((kind) => Object.entries(network[kind]).map(([name, { subnet, private_ip: text }]) => ({ name, subnet, text, path: [kind, name, "private_ip"] }))),
    ...Object.entries(network.load_balancers).flatMap(([name, { subnet_mappings: mappings }]) =>
      mappings.map(({ subnet, private_ipv4_address: text }, index) => ({ name: balancerNodeName(name, index), subnet, text, path: ["load_balancers", name, "subnet_mappings", index, "private_ipv4_address"] })),
    ),
    ...clusterMembers(network).map(({ name, subnet, private_ip: text, path }) => ({ name, subnet, text, path: [...path, "private_ip"] })),
  ];
  for (const { name, subnet, text, path } of wishes) {
    const declared = network.subnets[subnet];
    if (text === undefined || !declared) continue;
    const address = parsedAddress(text);
    const prefix = parsedPrefix(declared.cidr_block);
    const key = `${subnet} ${formatAddress(address)}`;
    const other = taken.get(key);
    if (!prefixContains(prefix, address)) list.add("network.private-ip-outside", path, { value: text, subnet, cidr: declared.cidr_block });
    else if (isReservedInSubnet(prefix, address)) list.add("network.private-ip-reserved", path, { value: text, subnet });
    else if (other !== undefined) list.add("network.private-ip-taken", path, { value: text, other });
    else taken.set(key, name);
  }
}

/** Elastic IPs: on the lab's Internet, not taken, associated once. */
export function addPublicAddressFaults(list: FaultList, lab: Lab, network: Network): void {
  const internet = lab.internet ? parsedPrefix(lab.internet.cidr_block) : undefined;
  const taken = new Map<string, string>(Object.entries(lab.internet?.hosts ?? {}).map(([name, host]) => [host.address, name]));
  const byInstance = new Map<string, string>();
  for (const [name, elasticIp] of Object.entries(network.elastic_ips)) {
    if (!internet) {
      list.add("network.no-internet", ["elastic_ips", name], {}, true);
      continue;
    }
    if (elasticIp.public_ip !== undefined) {
      const path = ["elastic_ips", name, "public_ip"];
      const address = parsedAddress(elasticIp.public_ip);
      const other = taken.get(formatAddress(address));
      if (!prefixContains(internet, address)) list.add("network.public-ip-outside", path, { value: elasticIp.public_ip, internet: formatPrefix(internet) });
      else if (isReservedOnInternet(internet, address)) list.add("network.public-ip-reserved", path, { value: elasticIp.public_ip, internet: formatPrefix(internet) });
      else if (other !== undefined) list.add("network.public-ip-taken", path, { value: elasticIp.public_ip, other });
      else taken.set(formatAddress(address), name);
    }
    if (elasticIp.instance === undefined) continue;
    const second = byInstance.get(elasticIp.instance);
    if (second === undefined) byInstance.set(elasticIp.instance, name);
    else list.add("network.second-elastic-ip", ["elastic_ips", name, "instance"], { name: elasticIp.instance, other: second });
  }
  const associated = new Map<string, string>(Object.entries(network.elastic_ips).flatMap(([name, { instance }]) => (instance === undefined ? [] : [[name, instance]])));
  for (const [name, gateway] of Object.entries(network.nat_gateways)) {
    const other = associated.get(gateway.elastic_ip);
    if (other !== undefined) list.add("network.elastic-ip-taken", ["nat_gateways", name, "elastic_ip"], { name: gateway.elastic_ip, other });
    else associated.set(gateway.elastic_ip, name);
  }
  addBalancerAddressFaults(list, lab, network, associated);
  addClusterAddressFaults(list, network, associated);
}

/** Public addresses of load balancers; `associated`: elastic IPs that somebody has. */
function addBalancerAddressFaults(list: FaultList, lab: Lab, network: Network, associated: Map<string, string>): void {
  for (const [name, balancer] of Object.entries(network.load_balancers)) {
    if (!balancer.internal && !lab.internet) list.add("network.no-internet", ["load_balancers", name], {}, true);
    balancer.subnet_mappings.forEach(({ elastic_ip: elasticIp }, index) => {
      if (elasticIp === undefined) return;
      const path = ["load_balancers", name, "subnet_mappings", index, "elastic_ip"];
      const other = associated.get(elasticIp);
      if (balancer.internal) list.add("balancer.internal-elastic-ip", path, { name });
      else if (!Object.hasOwn(network.elastic_ips, elasticIp)) list.addUnknown("network.absent", path, elasticIp, Object.keys(network.elastic_ips), { kind: "elastic_ips" });
      else if (other !== undefined) list.add("network.elastic-ip-taken", path, { name: elasticIp, other });
      else associated.set(elasticIp, name);
    });
  }
}

/** Subnets or an Internet with no address left. Only to be asked when nothing else is wrong. */
export function addExhaustionFaults(list: FaultList, lab: Lab, network: Network): void {
  for (const { kind, name, space } of allocateAddresses(lab, network).failed) list.add("network.no-free-address", [kind, name], { name, space }, true);
}

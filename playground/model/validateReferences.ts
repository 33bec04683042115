import type { FaultList, FaultPath } from "./faults.ts";
import { readableAttributes, referencesIn } from "./interpolate.ts";
import { formatPrefix, parsePrefix, prefixesOverlap } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Network, ResourceKind } from "./network.ts";
import { parsedPrefix } from "./parsed.ts";
import { routeTargets } from "./resolveRules.ts";

/** True when the name is there; otherwise adds a fault that lists what is. */
export function exists(list: FaultList, network: Network, kind: ResourceKind, name: string, path: FaultPath): boolean {
  if (Object.hasOwn(network[kind], name)) return true;
  list.addUnknown("network.absent", path, name, Object.keys(network[kind]), { kind });
  return false;
}

/** References in a text, as `${instances.web.public_ip}`: kind, name and attribute must be there. */
export function addTextReferenceFaults(list: FaultList, path: FaultPath, text: string, lab: Lab, network: Network): void {
  const names: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(Object.entries(network).map(([kind, resources]) => [kind, Object.keys(resources)])),
    hosts: Object.keys(lab.internet?.hosts ?? {}),
    machines: Object.keys(lab.machines),
  };
  for (const reference of referencesIn(text)) {
    const attributes = Object.hasOwn(readableAttributes, reference.kind) ? readableAttributes[reference.kind] : undefined;
    const known = names[reference.kind] ?? [];
    if (!attributes) list.addUnknown("network.unknown-attribute", path, reference.kind, Object.keys(readableAttributes), { reference: reference.text });
    else if (!known.includes(reference.name)) list.addUnknown("network.absent", path, reference.name, known, { kind: reference.kind });
    else if (reference.attribute === undefined || !attributes.includes(reference.attribute)) {
      list.addUnknown("network.unknown-attribute", path, reference.attribute ?? "", attributes, { reference: reference.text });
    }
  }
}

/** References from one resource to another, except routes and security groups. */
export function addReferenceFaults(list: FaultList, network: Network): void {
  for (const kind of ["subnets", "internet_gateways", "route_tables", "security_groups", "network_acls"] as const) {
    for (const [name, { vpc }] of Object.entries(network[kind])) exists(list, network, "vpcs", vpc, [kind, name, "vpc"]);
  }
  for (const [name, gateway] of Object.entries(network.nat_gateways)) {
    exists(list, network, "subnets", gateway.subnet, ["nat_gateways", name, "subnet"]);
    exists(list, network, "elastic_ips", gateway.elastic_ip, ["nat_gateways", name, "elastic_ip"]);
  }
  for (const [name, { instance }] of Object.entries(network.elastic_ips)) {
    if (instance !== undefined) exists(list, network, "instances", instance, ["elastic_ips", name, "instance"]);
  }
  for (const [name, instance] of Object.entries(network.instances)) {
    exists(list, network, "subnets", instance.subnet, ["instances", name, "subnet"]);
    if (instance.key_pair !== undefined) exists(list, network, "key_pairs", instance.key_pair, ["instances", name, "key_pair"]);
  }
  const gatewayByVpc = new Map<string, string>();
  for (const [name, { vpc }] of Object.entries(network.internet_gateways)) {
    const other = gatewayByVpc.get(vpc);
    if (other === undefined) gatewayByVpc.set(vpc, name);
    else list.add("network.second-internet-gateway", ["internet_gateways", name, "vpc"], { vpc, other });
  }
  addPeeringFaults(list, network);
  addAssociationFaults(list, network);
}

function addPeeringFaults(list: FaultList, network: Network): void {
  const pairs = new Map<string, string>();
  for (const [name, { vpc, peer_vpc: peer }] of Object.entries(network.peering_connections)) {
    const path = ["peering_connections", name, "peer_vpc"];
    const bothExist = [exists(list, network, "vpcs", vpc, ["peering_connections", name, "vpc"]), exists(list, network, "vpcs", peer, path)].every(Boolean);
    if (!bothExist) continue;
    const cidr = network.vpcs[vpc]?.cidr_block ?? "";
    const peerCidr = network.vpcs[peer]?.cidr_block ?? "";
    const pair = [vpc, peer].sort().join(" ");
    const other = pairs.get(pair);
    if (vpc === peer) list.add("network.peering-self", path);
    else if (prefixesOverlap(parsedPrefix(cidr), parsedPrefix(peerCidr))) list.add("network.peering-overlap", path, { vpc, peer, cidr, peerCidr });
    else if (other !== undefined) list.add("network.peering-twice", path, { vpc, peer, other });
    else pairs.set(pair, name);
  }
}

function addAssociationFaults(list: FaultList, network: Network): void {
  const mainByVpc = new Map<string, string>();
  for (const [name, table] of Object.entries(network.route_tables)) {
    const other = mainByVpc.get(table.vpc);
    if (table.main && other !== undefined) list.add("network.second-main-table", ["route_tables", name, "main"], { vpc: table.vpc, other });
    else if (table.main) mainByVpc.set(table.vpc, name);
  }
  for (const [kind, code] of [["route_tables", "network.subnet-in-two-tables"], ["network_acls", "network.subnet-in-two-acls"]] as const) {
    const owners = new Map<string, string>();
    for (const [name, resource] of Object.entries(network[kind])) {
      resource.subnets.forEach((subnet: string, index: number) => {
        const path = [kind, name, "subnets", index];
        if (!exists(list, network, "subnets", subnet, path)) return;
        const vpc = network.subnets[subnet]?.vpc ?? "";
        const other = owners.get(subnet);
        if (vpc !== resource.vpc) list.add("network.subnet-other-vpc", path, { name: subnet, vpc: resource.vpc, other: vpc });
        else if (other !== undefined) list.add(code, path, { name: subnet, other });
        else owners.set(subnet, name);
      });
    }
  }
}

/** Routes: destination used once, target there and in the table's VPC, `local` left alone. */
export function addRouteFaults(list: FaultList, network: Network): void {
  for (const [name, table] of Object.entries(network.route_tables)) {
    const vpcPrefix = parsePrefix(network.vpcs[table.vpc]?.cidr_block ?? "");
    const seen = new Set<string>();
    table.routes.forEach((route, index) => {
      const path = ["route_tables", name, "routes", index];
      const destination = formatPrefix(parsedPrefix(route.destination));
      if (vpcPrefix && destination === formatPrefix(vpcPrefix)) list.add("network.local-route", [...path, "destination"], { value: route.destination, vpc: table.vpc });
      else if (route.target === "local") list.add("network.local-target", [...path, "target"], { cidr: vpcPrefix ? formatPrefix(vpcPrefix) : "" });
      if (seen.has(destination)) list.add("network.duplicate-route", [...path, "destination"], { value: route.destination });
      seen.add(destination);
      addTargetFaults(list, network, [...path, "target"], table.vpc, route.target);
    });
  }
}

function addTargetFaults(list: FaultList, network: Network, path: FaultPath, vpc: string, text: string): void {
  const targets = routeTargets(network, text);
  const [target] = targets;
  if (!target) {
    const available = [network.internet_gateways, network.nat_gateways, network.peering_connections, network.instances].flatMap((kind) => Object.keys(kind));
    list.addUnknown("network.route-target-absent", path, text, [...available, "blackhole"]);
    return;
  }
  if (targets.length > 1) list.add("network.route-target-ambiguous", path, { name: text });
  if (targets.length > 1 || !("name" in target)) return;
  const vpcs = vpcsOfTarget(network, target);
  const known = vpcs.filter((candidate) => candidate !== undefined);
  if (known.length > 0 && !known.includes(vpc)) list.add("network.route-target-other-vpc", path, { name: target.name, vpc, other: known.join(", ") });
}

function vpcsOfTarget(network: Network, target: { readonly kind: string; readonly name: string }): (string | undefined)[] {
  const vpcOfSubnet = (subnet: string | undefined): string | undefined => (subnet === undefined ? undefined : network.subnets[subnet]?.vpc);
  switch (target.kind) {
    case "internet-gateway":
      return [network.internet_gateways[target.name]?.vpc];
    case "nat-gateway":
      return [vpcOfSubnet(network.nat_gateways[target.name]?.subnet)];
    case "instance":
      return [vpcOfSubnet(network.instances[target.name]?.subnet)];
    default:
      return [network.peering_connections[target.name]?.vpc, network.peering_connections[target.name]?.peer_vpc];
  }
}

import { type Lab, labSchema } from "./lab.ts";
import { type Network, networkSchema } from "./network.ts";
import type { z } from "zod";

type NetworkInput = z.input<typeof networkSchema>;
type RouteInput = { destination: string; target: string };
type AclRuleInput = NonNullable<NonNullable<NetworkInput["network_acls"]>[string]["ingress"]>[number];
type GroupRuleInput = NonNullable<NonNullable<NetworkInput["security_groups"]>[string]["ingress"]>[number];

/** Numbers drawn from a seed (mulberry32): the same seed always draws the same network. */
class Draw {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below 1. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** From `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.fraction() * (high - low + 1));
  }

  pick<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.between(0, values.length - 1)] ?? values[0];
  }
}

/**
 * A small network drawn at random, and the lab around it, for tests that compare prediction and running system: one or two
 * VPCs, two to five instances, gateways, peering, rules and odd routes. Always valid; the same for the same seed.
 */
export function randomNetwork(seed: number): { lab: Lab; network: Network } {
  const draw = new Draw(seed);
  const hosts = Object.fromEntries(
    Array.from({ length: draw.between(1, 2) }, (_, index) => [`host-${index + 1}`, { address: `203.0.113.${50 + 16 * index}`, role: index === 0 ? ("laptop" as const) : ("stranger" as const), services: drawServices(draw) }]),
  );
  const lab = labSchema.parse({
    id: `random-${seed >>> 0}`,
    title: { fr: `Réseau tiré au sort ${seed}`, en: `Random network ${seed}` },
    summary: { fr: "Tiré au sort.", en: "Drawn at random." },
    group: "private-networks",
    minutes: 1,
    memory_mb: 64,
    internet: { hosts },
  });
  const network: DraftNetwork = {
    vpcs: {}, subnets: {}, route_tables: {}, security_groups: {}, network_acls: {}, instances: {}, elastic_ips: {}, nat_gateways: {}, internet_gateways: {}, peering_connections: {}, hosted_zones: {},
    load_balancers: {}, target_groups: {}, listeners: {},
  };
  const vpcCount = draw.between(1, 2);
  const subnetsByVpc: [string, ...string[]][] = [];
  for (let vpcIndex = 0; vpcIndex < vpcCount; vpcIndex++) {
    const vpc = `vpc-${vpcIndex + 1}`;
    network.vpcs[vpc] = { cidr_block: `10.${vpcIndex}.0.0/16` };
    if (draw.chance(0.85)) network.internet_gateways[`igw-${vpcIndex + 1}`] = { vpc };
    const names = Array.from({ length: draw.between(1, 3) }, (_, index) => `net-${vpcIndex + 1}-${index + 1}`);
    names.forEach((name, index) => {
      network.subnets[name] = { vpc, cidr_block: `10.${vpcIndex}.${16 * index}.0/24`, map_public_ip_on_launch: draw.chance(0.25) };
    });
    subnetsByVpc.push([names[0] ?? "", ...names.slice(1)]);
  }
  const instances = drawInstances(draw, network, subnetsByVpc);
  subnetsByVpc.forEach((subnets, vpcIndex) => {
    if (!draw.chance(0.6)) return;
    network.elastic_ips[`eip-nat-${vpcIndex + 1}`] = draw.chance(0.5) ? { public_ip: `203.0.113.${30 + vpcIndex}` } : {};
    network.nat_gateways[`nat-${vpcIndex + 1}`] = { subnet: draw.pick(subnets), elastic_ip: `eip-nat-${vpcIndex + 1}` };
  });
  if (draw.chance(0.2)) network.elastic_ips["eip-spare"] = {};
  if (vpcCount === 2 && draw.chance(0.75)) network.peering_connections["peer"] = { vpc: "vpc-1", peer_vpc: "vpc-2" };
  subnetsByVpc.forEach((subnets, vpcIndex) => drawRouteTables(draw, network, subnets, vpcIndex, instances));
  drawNetworkAcls(draw, network);
  drawPrivateZone(draw, network);
  if (draw.chance(0.4)) drawLoadBalancer(draw, network, subnetsByVpc, instances);
  return { lab, network: networkSchema.parse(network) };
}

function drawServices(draw: Draw): ("app" | "whoami")[] {
  return draw.pick<("app" | "whoami")[]>([["app"], ["whoami"], ["app", "whoami"], []]);
}

type DraftNetwork = Required<Pick<NetworkInput, "vpcs" | "subnets" | "route_tables" | "security_groups" | "network_acls" | "instances" | "elastic_ips" | "nat_gateways" | "internet_gateways" | "peering_connections" | "hosted_zones" | "load_balancers" | "target_groups" | "listeners">>;
interface DrawnInstance {
  readonly name: string;
  readonly vpcIndex: number;
}

function drawInstances(draw: Draw, network: DraftNetwork, subnetsByVpc: readonly [string, ...string[]][]): DrawnInstance[] {
  const groupsByVpc = subnetsByVpc.map((_, vpcIndex) => drawSecurityGroups(draw, network, vpcIndex));
  return Array.from({ length: draw.between(2, 5) }, (_, index) => {
    const name = `node-${index + 1}`;
    const vpcIndex = draw.between(0, subnetsByVpc.length - 1);
    const groups = groupsByVpc[vpcIndex] ?? [];
    network.instances[name] = {
      subnet: draw.pick(subnetsByVpc[vpcIndex] ?? [""]),
      services: drawServices(draw),
      source_dest_check: !draw.chance(0.1),
      vpc_security_groups: groups.filter(() => draw.chance(0.5)),
    };
    if (draw.chance(0.45)) network.elastic_ips[`eip-${index + 1}`] = { instance: name, ...(draw.chance(0.5) ? { public_ip: `203.0.113.${10 + index}` } : {}) };
    return { name, vpcIndex };
  });
}

function drawSecurityGroups(draw: Draw, network: DraftNetwork, vpcIndex: number): string[] {
  const names = Array.from({ length: draw.between(1, 3) }, (_, index) => `sg-${vpcIndex + 1}-${index + 1}`);
  const rule = (): GroupRuleInput => {
    const peer = draw.chance(0.35) ? { security_groups: [draw.pick([names[0] ?? "", ...names.slice(1), "default"])] } : { cidr_blocks: [draw.pick(["0.0.0.0/0", "10.0.0.0/16", "10.1.0.0/16", "10.0.16.0/24", "203.0.113.0/24"])] };
    const what = draw.pick<GroupRuleInput>([{ protocol: "tcp", port: 8080 }, { protocol: "tcp", port: 80 }, { protocol: "tcp", from_port: 1, to_port: 9000 }, { protocol: "icmp" }, { protocol: "udp" }, { protocol: "all" }]);
    return { ...what, ...peer };
  };
  for (const name of names) {
    network.security_groups[name] = {
      vpc: `vpc-${vpcIndex + 1}`,
      ingress: Array.from({ length: draw.between(1, 3) }, rule),
      ...(draw.chance(0.25) ? { egress: Array.from({ length: draw.between(0, 2) }, rule) } : {}),
    };
  }
  return names;
}

function drawRouteTables(draw: Draw, network: DraftNetwork, subnets: readonly string[], vpcIndex: number, instances: readonly DrawnInstance[]): void {
  const number = vpcIndex + 1;
  const tables = Array.from({ length: draw.between(1, 2) }, (_, index) => `table-${number}-${index + 1}`);
  const associated = new Map<string, string[]>(tables.map((name) => [name, []]));
  for (const subnet of subnets) if (draw.chance(0.8)) associated.get(draw.pick([tables[0] ?? "", ...tables.slice(1)]))?.push(subnet);
  const gateway = network.internet_gateways[`igw-${number}`] ? [`igw-${number}`] : [];
  const nat = network.nat_gateways[`nat-${number}`] ? [`nat-${number}`] : [];
  const peer = network.peering_connections["peer"] ? ["peer"] : [];
  const own = instances.filter((instance) => instance.vpcIndex === vpcIndex).map((instance) => instance.name);
  const anywhere = [...gateway, ...nat, ...peer, ...own, "blackhole"];
  tables.forEach((name, index) => {
    const routes: RouteInput[] = [];
    const add = (destination: string, targets: readonly string[]): void => {
      const [first, ...others] = targets;
      if (first !== undefined && !routes.some((route) => route.destination === destination)) routes.push({ destination, target: draw.pick([first, ...others]) });
    };
    if (draw.chance(0.85)) add("0.0.0.0/0", draw.chance(0.65) && gateway.length > 0 ? gateway : [...nat, ...gateway, "blackhole"]);
    if (draw.chance(0.8)) add(`10.${1 - vpcIndex}.0.0/16`, peer);
    if (draw.chance(0.2)) add("203.0.113.50/32", [...nat, ...gateway, "blackhole"]);
    if (draw.chance(0.2)) add("203.0.113.0/25", anywhere);
    // More specific than the local route: inside the VPC.
    if (draw.chance(0.2)) add(`10.${vpcIndex}.${16 * draw.between(0, 2)}.0/${draw.pick([24, 28])}`, anywhere);
    network.route_tables[name] = { vpc: `vpc-${number}`, main: index === 0 && draw.chance(0.5), subnets: associated.get(name) ?? [], routes };
  });
}

/** For one VPC or both: whom routes, rules and peers keep away from everything else may still ask its own resolver. */
function drawPrivateZone(draw: Draw, network: DraftNetwork): void {
  const vpcs = Object.keys(network.vpcs).filter(() => draw.chance(0.4));
  if (vpcs.length > 0) network.hosted_zones["inside"] = { name: "shop.internal", vpcs, records: [{ name: "node", type: "A", alias: "node-1" }] };
}

function drawNetworkAcls(draw: Draw, network: DraftNetwork): void {
  const rules = (): AclRuleInput[] => {
    const drawn = Array.from({ length: draw.between(0, 2) }, (_, index): AclRuleInput => ({
      rule_number: 10 * (index + 1),
      action: draw.chance(0.4) ? "allow" : "deny",
      ...draw.pick<Pick<AclRuleInput, "protocol" | "port">>([{ protocol: "tcp", port: 80 }, { protocol: "tcp", port: 8080 }, { protocol: "udp" }, { protocol: "icmp" }]),
      cidr_block: draw.pick(["0.0.0.0/0", "10.0.0.0/16", "10.1.0.0/16", "203.0.113.0/24", "203.0.113.50/32"]),
    }));
    if (draw.chance(0.5)) drawn.push({ rule_number: 100, action: "allow", protocol: "all" });
    else {
      drawn.push({ rule_number: 100, action: "allow", protocol: "tcp", from_port: 1024, to_port: 65535 }, { rule_number: 110, action: "allow", protocol: "icmp" });
      if (draw.chance(0.5)) drawn.push({ rule_number: 120, action: "allow", protocol: "tcp", port: 80 });
    }
    return drawn;
  };
  for (const [name, { vpc }] of Object.entries(network.subnets)) {
    if (draw.chance(0.25)) network.network_acls[`acl-${name}`] = { vpc, subnets: [name], ingress: rules(), egress: rules() };
  }
}

/** A balancer with one or two listeners, internal where its VPC has no way to the Internet. */
function drawLoadBalancer(draw: Draw, network: DraftNetwork, subnetsByVpc: readonly [string, ...string[]][], instances: readonly DrawnInstance[]): void {
  const vpcIndex = draw.between(0, subnetsByVpc.length - 1);
  const vpc = `vpc-${vpcIndex + 1}`;
  const groups = Object.entries(network.security_groups).flatMap(([name, group]) => (group.vpc === vpc && draw.chance(0.5) ? [name] : []));
  const isReachable = network.internet_gateways[`igw-${vpcIndex + 1}`] !== undefined;
  network.target_groups["apps"] = { vpc, port: 8080, targets: instances.flatMap((instance) => (instance.vpcIndex === vpcIndex ? [instance.name] : [])) };
  network.load_balancers["balancer"] = { internal: !isReachable || draw.chance(0.3), security_groups: groups, subnets: [draw.pick(subnetsByVpc[vpcIndex] ?? [""])] };
  for (const port of draw.chance(0.5) ? [80] : [80, 8080]) network.listeners[`on-${port}`] = { load_balancer: "balancer", port, default_action: { type: "forward", target_group: "apps" } };
}

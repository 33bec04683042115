import type { Cloud, NetworkAclRuleResolved, SecurityGroupRuleResolved } from "../model/cloud.ts";
import { formatAddress, formatPrefix } from "../model/ip.ts";
import { chain, protocolMatch, quoted, ruleset, setOf } from "./nftables.ts";
import type { RouterPlan, RouterPort } from "./wiringPlan.ts";

/**
 * The ruleset of one VPC router: source/destination check, network ACLs, security groups, peering limits and the
 * internet gateway's 1:1 translation, outside the instances, where nobody in them can change it.
 * Rules after the AWS VPC user guide: "Security groups", "Network ACLs", "Internet gateways", "VPC peering limitations".
 */
export function routerRuleset(cloud: Cloud, plan: RouterPlan): string {
  const groupSets = distinctGroupSets(plan);
  return ruleset([
    chain("source_check", "type filter hook prerouting priority raw; policy accept;", sourceCheck(plan)),
    chain("translate_in", "type nat hook prerouting priority dstnat; policy accept;", translateIn(plan)),
    chain("translate_out", "type nat hook postrouting priority srcnat; policy accept;", translateOut(plan)),
    // The implicit router answers nothing itself: in AWS, too, .1 cannot be pinged.
    chain("to_router", "type filter hook input priority filter; policy drop;", []),
    ...networkAclChains(cloud, plan),
    ...groupSets.flatMap((set, index) => [
      chain(`group_out_${index}`, undefined, [...set.keys.flatMap((key) => groupRules(cloud, key, "egress")), "drop"]),
      chain(`group_in_${index}`, undefined, [...set.keys.flatMap((key) => groupRules(cloud, key, "ingress")), "drop"]),
    ]),
    chain("forward", "type filter hook forward priority filter; policy drop;", [
      ...resolverTraffic(plan),
      ...destinationCheck(plan),
      ...gatewayLimits(plan),
      ...networkAclJumps(plan),
      "ct state established,related accept",
      "ct state invalid drop",
      ...groupSets.map((set, index) => `iifname ${setOf(quoted(set.ports))} jump group_out_${index}`),
      ...groupSets.map((set, index) => `oifname ${setOf(quoted(set.ports))} jump group_in_${index}`),
      ...exits(plan),
    ]),
  ]);
}

const portAndAddress = (port: RouterPort): string => `"${port.port}" . ${port.address}`;

const sourceCheck = (plan: RouterPlan): string[] => addressCheck(plan, "iifname", "saddr");
const destinationCheck = (plan: RouterPlan): string[] => addressCheck(plan, "oifname", "daddr");

/** Each port has its own address, and one to which a public range is led that range as well. */
function addressCheck(plan: RouterPlan, side: "iifname" | "oifname", field: "saddr" | "daddr"): string[] {
  const checked = plan.ports.filter((port) => port.sourceDestCheck);
  const alone = checked.filter((port) => port.carries === undefined);
  return [
    ...(alone.length === 0 ? [] : [`${side} ${setOf(quoted(alone.map((port) => port.port)))} ${side} . ip ${field} != ${setOf(alone.map(portAndAddress))} drop`]),
    ...checked.flatMap(({ port, address, carries }) => (carries === undefined ? [] : [`${side} "${port}" ip ${field} != ${setOf([address, carries])} drop`])),
  ];
}

const publicPorts = (plan: RouterPlan): RouterPort[] => plan.ports.filter((port) => port.publicAddress !== undefined);

function translateIn(plan: RouterPlan): string[] {
  const ports = publicPorts(plan);
  if (!plan.internet || ports.length === 0) return [];
  return [`iifname "${plan.internet.port}" dnat to ip daddr map ${setOf(ports.map((port) => `${port.publicAddress} : ${port.address}`))}`];
}

function translateOut(plan: RouterPlan): string[] {
  const ports = publicPorts(plan);
  if (!plan.internet || ports.length === 0) return [];
  return [`oifname "${plan.internet.port}" snat to ip saddr map ${setOf(ports.map((port) => `${port.address} : ${port.publicAddress}`))}`];
}

function gatewayLimits(plan: RouterPlan): string[] {
  const lines: string[] = [];
  if (plan.internet) {
    const gateway = plan.internet.port;
    const addresses = [...publicPorts(plan).map((port) => port.address), ...plan.ports.flatMap(({ carries }) => carries ?? [])];
    // No public address, no way through the internet gateway.
    lines.push(addresses.length > 0 ? `oifname "${gateway}" ip saddr != ${setOf(addresses)} drop` : `oifname "${gateway}" drop`);
    // Answers to what came in from the Internet go back the same way or not at all.
    lines.push(`iifname "${gateway}" ct state new ct mark set 1`);
    lines.push(`ct direction reply ct mark 1 oifname != "${gateway}" drop`);
  }
  for (const peer of plan.peers) {
    const own = formatPrefix(plan.vpc.prefix);
    const far = formatPrefix(peer.peer.prefix);
    // Peering is not transitive: only the two VPCs' own addresses cross it.
    lines.push(`iifname "${peer.port}" ip saddr != ${far} drop`, `iifname "${peer.port}" ip daddr != ${own} drop`);
    lines.push(`oifname "${peer.port}" ip saddr != ${own} drop`);
  }
  return lines;
}

/**
 * To and from the VPC's own resolver: neither network ACLs nor security groups filter it (VPC user guide, "Control subnet traffic with network
 * access control lists" and "Control traffic to your AWS resources using security groups"), and instances of the VPC alone can ask it, no peer
 * (VPC peering guide, "VPC peering limitations").
 */
function resolverTraffic(plan: RouterPlan): string[] {
  const { resolver } = plan;
  if (!resolver) return [];
  const ports = plan.ports.filter((port) => port.kind === "instance").map((port) => port.port);
  const asked = `iifname ${setOf(quoted(ports))} oifname "${resolver.port}" ip saddr ${formatPrefix(plan.vpc.prefix)}`;
  return [
    ...(ports.length === 0 ? [] : [`${asked} udp dport 53 accept`, `${asked} tcp dport 53 accept`]),
    `oifname "${resolver.port}" drop`,
    `iifname "${resolver.port}" ct state established,related accept`,
    // It answers, and asks nobody in the VPC.
    `iifname "${resolver.port}" drop`,
  ];
}

function networkAclJumps(plan: RouterPlan): string[] {
  return plan.subnets.flatMap((subnet, index): string[] => {
    const ports = quoted(plan.ports.filter((port) => port.subnet === subnet.name).map((port) => port.port));
    if (!subnet.networkAcl || ports.length === 0) return [];
    const inside = setOf(ports);
    return [`iifname ${inside} oifname != ${inside} jump acl_out_${index}`, `iifname != ${inside} oifname ${inside} jump acl_in_${index}`];
  });
}

function networkAclChains(cloud: Cloud, plan: RouterPlan): string[] {
  return plan.subnets.flatMap((subnet, index): string[] => {
    const acl = cloud.networkAcls.find((candidate) => candidate.name === subnet.networkAcl && candidate.vpc === plan.vpc.name);
    if (!acl) return [];
    return [
      chain(`acl_out_${index}`, undefined, [...acl.egress.map((rule) => aclRule(rule, "daddr")), "drop"]),
      chain(`acl_in_${index}`, undefined, [...acl.ingress.map((rule) => aclRule(rule, "saddr")), "drop"]),
    ];
  });
}

function aclRule(rule: NetworkAclRuleResolved, side: "saddr" | "daddr"): string {
  const peer = rule.prefix.length === 0 ? "" : `ip ${side} ${formatPrefix(rule.prefix)}`;
  return words(peer, protocolMatch(rule.protocol, rule.ports), rule.action === "allow" ? "return" : "drop");
}

function groupRules(cloud: Cloud, key: string, direction: "ingress" | "egress"): string[] {
  const group = cloud.securityGroups.find((candidate) => candidate.key === key);
  return (group?.[direction] ?? []).flatMap((rule) => groupRule(cloud, rule, direction === "ingress" ? "saddr" : "daddr"));
}

function groupRule(cloud: Cloud, rule: SecurityGroupRuleResolved, side: "saddr" | "daddr"): string[] {
  const match = protocolMatch(rule.protocol, rule.ports);
  if (rule.prefixes.some((prefix) => prefix.length === 0)) return [words(match, "return")];
  const peers = [...rule.prefixes.map(formatPrefix), ...rule.groups.flatMap((key) => groupMembers(cloud, key))];
  // One rule per peer: overlapping prefixes in one anonymous set would be refused by nft.
  return [...new Set(peers)].sort().map((peer) => words(`ip ${side} ${peer}`, match, "return"));
}

function groupMembers(cloud: Cloud, key: string): string[] {
  return cloud.nodes
    .flatMap((node) => node.interfaces)
    .filter((networkInterface) => networkInterface.securityGroups.includes(key))
    .flatMap((networkInterface) => (networkInterface.address ? [formatAddress(networkInterface.address)] : []));
}

function distinctGroupSets(plan: RouterPlan): { keys: readonly string[]; ports: string[] }[] {
  const sets = new Map<string, { keys: readonly string[]; ports: string[] }>();
  for (const port of plan.ports) {
    if (port.kind !== "instance") continue;
    const keys = [...port.securityGroups].sort();
    const set = sets.get(keys.join()) ?? { keys, ports: [] };
    set.ports.push(port.port);
    sets.set(keys.join(), set);
  }
  return [...sets.values()];
}

function exits(plan: RouterPlan): string[] {
  const ports = [...plan.ports, ...plan.peers, ...(plan.internet ? [plan.internet] : [])].map((port) => port.port);
  return ports.length > 0 ? [`oifname ${setOf(quoted(ports))} accept`] : [];
}

const words = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

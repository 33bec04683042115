import type { NetworkAclRuleResolved, PortRange, SecurityGroup, SecurityGroupRuleResolved } from "./cloud.ts";
import { type IpAddress, prefixContains } from "./ip.ts";
import type { Protocol } from "./network.ts";
import { type Packet, sameAddress } from "./pathWorld.ts";

type Direction = "ingress" | "egress";

/** How a rule's ports meet those that the packet may have: "some" when it depends on which ephemeral port was drawn. */
function portOverlap(rule: PortRange | undefined, packet: PortRange | undefined): "all" | "some" | "none" {
  if (!rule) return "all";
  if (!packet || rule.to < packet.from || packet.to < rule.from) return "none";
  return rule.from <= packet.from && packet.to <= rule.to ? "all" : "some";
}

const protocolMatches = (rule: Protocol, packet: Packet): boolean => rule === "all" || rule === packet.protocol;

/**
 * The first rule of the groups that lets the packet pass, or undefined when none does. The peer is the packet's other end:
 * its source for ingress, its destination for egress.
 */
export function matchSecurityGroups(
  groups: readonly SecurityGroup[],
  direction: Direction,
  packet: Packet,
  members: (key: string) => readonly IpAddress[],
): { readonly group: SecurityGroup; readonly rule: SecurityGroupRuleResolved } | undefined {
  const peer = direction === "ingress" ? packet.source : packet.destination;
  for (const group of groups) {
    for (const rule of group[direction]) {
      if (!protocolMatches(rule.protocol, packet) || portOverlap(rule.ports, packet.ports) !== "all") continue;
      const peerMatches = rule.prefixes.some((prefix) => prefixContains(prefix, peer)) || rule.groups.some((key) => members(key).some((member) => sameAddress(member, peer)));
      if (peerMatches) return { group, rule };
    }
  }
  return undefined;
}

export interface AclDecision {
  readonly outcome: "allow" | "deny" | "depends";
  /** The rule that decided; undefined for the rule `*`, which denies what no other rule matches. */
  readonly rule: NetworkAclRuleResolved | undefined;
}

/**
 * The first matching rule of a network ACL decides. "depends": rules split the ephemeral ports, so that the fate of a reply
 * hangs on the port that the client drew.
 */
export function matchNetworkAcl(rules: readonly NetworkAclRuleResolved[], direction: Direction, packet: Packet): AclDecision {
  const peer = direction === "ingress" ? packet.source : packet.destination;
  const partial: NetworkAclRuleResolved[] = [];
  let decision: AclDecision = { outcome: "deny", rule: undefined };
  for (const rule of rules) {
    if (!protocolMatches(rule.protocol, packet) || !prefixContains(rule.prefix, peer)) continue;
    const overlap = portOverlap(rule.ports, packet.ports);
    if (overlap === "none") continue;
    if (overlap === "all") {
      decision = { outcome: rule.action, rule };
      break;
    }
    partial.push(rule);
  }
  const disagreeing = partial.find((rule) => rule.action !== decision.outcome);
  return disagreeing ? { outcome: "depends", rule: disagreeing } : decision;
}

import type { Subnet } from "./cloud.ts";
import type { HopDetails, PathHops, WalkEnd } from "./pathHops.ts";
import { matchNetworkAcl, matchSecurityGroups } from "./pathRules.ts";
import type { Packet, PathWorld, VpcPort } from "./pathWorld.ts";
import { formatNetworkAclRule, formatSecurityGroupRule } from "./resourceAttributes.ts";
import { nodeId, subnetId } from "./topologyIds.ts";

/** What judges a packet on its way without sending it anywhere: network ACLs at the borders of subnets, security groups at interfaces. */
export class PathFilters {
  private readonly world: PathWorld;
  private readonly hops: PathHops;

  constructor(world: PathWorld, hops: PathHops) {
    this.world = world;
    this.hops = hops;
  }

  /** Network ACLs at the border of two subnets (undefined: outside the VPC); returns the end if one stops the packet. */
  crossBoundary(from: Subnet | undefined, to: Subnet | undefined, packet: Packet): WalkEnd | undefined {
    if (from?.name === to?.name) return undefined;
    return (from && this.judgeAcl(from, "egress", packet)) ?? (to && this.judgeAcl(to, "ingress", packet));
  }

  private judgeAcl(subnet: Subnet, direction: "ingress" | "egress", packet: Packet): WalkEnd | undefined {
    const acl = this.world.networkAcl(subnet);
    if (!acl) return undefined;
    const { outcome, rule } = matchNetworkAcl(acl[direction], direction, packet);
    const details: HopDetails = {
      decidedBy: rule ? formatNetworkAclRule(rule, direction) : "* deny all",
      values: { acl: acl.name, subnet: subnet.name, rule: rule ? String(rule.number) : "*" },
      elements: [subnetId(subnet.name)],
    };
    if (outcome === "deny") return this.hops.drop("network-acl", acl.name, direction === "ingress" ? "acl-denies-in" : "acl-denies-out", packet, details);
    this.hops.write("network-acl", acl.name, "pass", outcome === "depends" ? "acl-depends-on-port" : direction === "ingress" ? "acl-allows-in" : "acl-allows-out", packet, details);
    return outcome === "depends" ? { kind: "unknown" } : undefined;
  }

  /** The security groups at an instance's interface: of a reply nothing is asked, for they remember its request. */
  passesSecurityGroups(port: VpcPort, direction: "ingress" | "egress", packet: Packet): boolean {
    const groups = this.world.securityGroups(port);
    const names = groups.map((group) => group.name).join(", ");
    const elements = [nodeId(port.name)];
    if (this.hops.direction === "return") {
      this.hops.write("security-group", names, "pass", "security-group-state", packet, { values: { node: port.name }, elements });
      return true;
    }
    const match = matchSecurityGroups(groups, direction, packet, (key) => this.world.members(key));
    if (!match) {
      const ports = packet.ports ? ` ${packet.ports.from}` : "";
      const reason = direction === "ingress" ? "security-group-denies-in" : "security-group-denies-out";
      this.hops.write("security-group", names, "drop", reason, packet, { values: { node: port.name, groups: names, what: `${packet.protocol}${ports}` }, elements });
      return false;
    }
    this.hops.write("security-group", match.group.name, "pass", direction === "ingress" ? "security-group-allows-in" : "security-group-allows-out", packet, {
      decidedBy: formatSecurityGroupRule(match.rule, direction),
      values: { node: port.name, group: match.group.name, rule: formatSecurityGroupRule(match.rule, direction) },
      elements,
    });
    return true;
  }
}

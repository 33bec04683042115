import type { FaultList, FaultPath } from "./faults.ts";
import type { Network, Protocol } from "./network.ts";

interface RuleWithPorts {
  readonly protocol: Protocol;
  readonly port?: number | undefined;
  readonly from_port?: number | undefined;
  readonly to_port?: number | undefined;
}

function addPortFaults(list: FaultList, path: FaultPath, rule: RuleWithPorts): void {
  const { port, from_port: from, to_port: to, protocol } = rule;
  const hasRange = from !== undefined || to !== undefined;
  if (port === undefined && !hasRange) return;
  const key = port !== undefined ? "port" : from !== undefined ? "from_port" : "to_port";
  if (protocol === "icmp" || protocol === "all") list.add("network.ports-without-protocol", [...path, key], { protocol });
  else if (port !== undefined && hasRange) list.add("network.ports-twice", [...path, key]);
  else if (port === undefined && (from === undefined || to === undefined)) list.add("network.ports-incomplete", [...path, key]);
  else if (from !== undefined && to !== undefined && from > to) list.add("network.ports-reversed", [...path, key], { from: String(from), to: String(to) });
}

/** A reference to a security group, which must be of the VPC. `default` is the VPC's own. */
export function addGroupFaults(list: FaultList, network: Network, path: FaultPath, vpc: string, name: string): void {
  if (name === "default") return;
  const group = network.security_groups[name];
  if (!Object.hasOwn(network.security_groups, name) || !group) {
    list.addUnknown("network.absent", path, name, [...Object.keys(network.security_groups), "default"], { kind: "security_groups" });
  } else if (group.vpc !== vpc) list.add("network.group-other-vpc", path, { name, vpc, other: group.vpc });
}

/** Rules of security groups and network ACLs, and the groups of instances. */
export function addRuleFaults(list: FaultList, network: Network): void {
  for (const direction of ["ingress", "egress"] as const) {
    for (const [name, group] of Object.entries(network.security_groups)) {
      group[direction].forEach((rule, index) => {
        const path = ["security_groups", name, direction, index];
        addPortFaults(list, path, rule);
        if (rule.cidr_blocks.length + rule.security_groups.length === 0) list.add("network.rule-without-peer", path);
        rule.security_groups.forEach((other, position) => addGroupFaults(list, network, [...path, "security_groups", position], group.vpc, other));
      });
    }
    for (const [name, acl] of Object.entries(network.network_acls)) {
      const numbers = new Set<number>();
      acl[direction].forEach((rule, index) => {
        const path = ["network_acls", name, direction, index];
        addPortFaults(list, path, rule);
        if (numbers.has(rule.rule_number)) list.add("network.duplicate-rule-number", [...path, "rule_number"], { value: String(rule.rule_number) });
        numbers.add(rule.rule_number);
      });
    }
  }
  for (const [name, instance] of Object.entries(network.instances)) {
    const vpc = network.subnets[instance.subnet]?.vpc;
    if (vpc === undefined) continue;
    instance.vpc_security_groups.forEach((group, index) => addGroupFaults(list, network, ["instances", name, "vpc_security_groups", index], vpc, group));
  }
}

import type { NetworkAcl, NetworkAclRuleResolved, PortRange, Route, RouteTable, RouteTarget, SecurityGroup, SecurityGroupRuleResolved } from "./cloud.ts";
import { resourceId } from "./ids.ts";
import { parsedPrefix, present } from "./parsed.ts";
import type { Network, NetworkAclRule, SecurityGroupRule } from "./network.ts";

const everywhere = parsedPrefix("0.0.0.0/0");

/** Name of the implicit main route table of a VPC. */
export function mainTableName(vpc: string): string {
  return `${vpc}-main`;
}

/** Key of a security group: unique over the lab, also for the default groups. */
export function securityGroupKey(vpc: string, name: string): string {
  return `${vpc}/${name}`;
}

/** Kinds of resource that a route may name, with the kind of target that they become. */
const targetKinds = [
  ["internet_gateways", "internet-gateway"],
  ["nat_gateways", "nat-gateway"],
  ["peering_connections", "peering-connection"],
  ["instances", "instance"],
] as const;

/** Everything that the text of a route's target may mean: none, one, or (when two kinds share the name) several. */
export function routeTargets(network: Network, target: string): RouteTarget[] {
  if (target === "local" || target === "blackhole") return [{ kind: target }];
  const [qualifier, qualified] = target.split(".");
  return targetKinds.flatMap(([kind, targetKind]) => {
    const name = qualifier === kind ? qualified : target;
    return name !== undefined && Object.hasOwn(network[kind], name) ? [{ kind: targetKind, name }] : [];
  });
}

/** The route tables as written, each with its `local` route first, and an implicit main table for every VPC without one. */
export function resolveRouteTables(lab: string, network: Network): RouteTable[] {
  const localRoute = (vpc: string): Route => ({ prefix: parsedPrefix(present(network.vpcs[vpc], `VPC ${vpc}`).cidr_block), target: { kind: "local" } });
  const written = Object.entries(network.route_tables).map(([name, table]): RouteTable => ({
    name,
    id: resourceId(lab, "route_tables", name),
    vpc: table.vpc,
    isMain: table.main,
    routes: [
      localRoute(table.vpc),
      ...table.routes.map((route) => ({ prefix: parsedPrefix(route.destination), target: present(routeTargets(network, route.target)[0], `route target ${route.target}`) })),
    ],
  }));
  const implicit = Object.keys(network.vpcs)
    .filter((vpc) => !written.some((table) => table.vpc === vpc && table.isMain))
    .map((vpc): RouteTable => {
      const name = mainTableName(vpc);
      return { name, id: resourceId(lab, "route_tables", name), vpc, isMain: true, routes: [localRoute(vpc)] };
    });
  return [...written, ...implicit];
}

/** Ports of a rule: `port` is short for a range of one; undefined means every port. */
export function rulePorts(rule: { port?: number | undefined; from_port?: number | undefined; to_port?: number | undefined }): PortRange | undefined {
  const from = rule.port ?? rule.from_port ?? rule.to_port;
  return from === undefined ? undefined : { from, to: rule.port ?? rule.to_port ?? from };
}

function resolveSecurityGroupRule(vpc: string, rule: SecurityGroupRule): SecurityGroupRuleResolved {
  return {
    protocol: rule.protocol,
    ports: rulePorts(rule),
    prefixes: rule.cidr_blocks.map(parsedPrefix),
    groups: rule.security_groups.map((name) => securityGroupKey(vpc, name)),
    description: rule.description,
  };
}

/** The security groups as written, and the default group of every VPC: everything from its own members in, everything out. */
export function resolveSecurityGroups(lab: string, network: Network): SecurityGroup[] {
  const defaults = Object.keys(network.vpcs).map((vpc): SecurityGroup => {
    const key = securityGroupKey(vpc, "default");
    return {
      name: "default",
      key,
      id: resourceId(lab, "security_groups", key),
      vpc,
      ingress: [{ protocol: "all", ports: undefined, prefixes: [], groups: [key], description: undefined }],
      egress: [{ protocol: "all", ports: undefined, prefixes: [everywhere], groups: [], description: undefined }],
    };
  });
  const written = Object.entries(network.security_groups).map(([name, group]): SecurityGroup => ({
    name,
    key: securityGroupKey(group.vpc, name),
    id: resourceId(lab, "security_groups", name),
    vpc: group.vpc,
    ingress: group.ingress.map((rule) => resolveSecurityGroupRule(group.vpc, rule)),
    egress: group.egress.map((rule) => resolveSecurityGroupRule(group.vpc, rule)),
  }));
  return [...written, ...defaults];
}

function resolveAclRules(rules: readonly NetworkAclRule[]): NetworkAclRuleResolved[] {
  return rules
    .map((rule) => ({ number: rule.rule_number, action: rule.action, protocol: rule.protocol, ports: rulePorts(rule), prefix: parsedPrefix(rule.cidr_block) }))
    .sort((a, b) => a.number - b.number);
}

/** The network ACLs as written, their rules in the order in which they are tried. */
export function resolveNetworkAcls(lab: string, network: Network): NetworkAcl[] {
  return Object.entries(network.network_acls).map(([name, acl]) => ({
    name,
    id: resourceId(lab, "network_acls", name),
    vpc: acl.vpc,
    ingress: resolveAclRules(acl.ingress),
    egress: resolveAclRules(acl.egress),
  }));
}

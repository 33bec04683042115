import type { FaultList, FaultPath } from "./faults.ts";
import type { Network } from "./network.ts";
import { mappingsOf } from "./resolveLoadBalancers.ts";
import { addActionFaults, addConditionFaults, groupsInAction } from "./validateListenerRules.ts";
import { addGroupFaults } from "./validateRules.ts";
import { exists } from "./validateReferences.ts";

/** The longest name that AWS takes for a load balancer or a target group (CreateLoadBalancer, CreateTargetGroup). */
const longestName = 32;
/** Quotas of an Application Load Balancer: listeners, and rules without the default ones. */
const mostListeners = 50;
const mostRules = 100;

/** Load balancers, target groups, listeners and rules: what they refer to, and what AWS refuses. */
export function addLoadBalancerFaults(list: FaultList, network: Network): void {
  for (const [name, balancer] of Object.entries(network.load_balancers)) {
    addNameLength(list, ["load_balancers", name], name);
    // "internal-" is how the DNS name of an internal load balancer begins (CreateLoadBalancer, parameter Name).
    if (name.startsWith("internal-")) list.add("balancer.internal-name", ["load_balancers", name], { name }, true);
    addSubnetFaults(list, network, name, balancer);
  }
  for (const [name, group] of Object.entries(network.target_groups)) addTargetGroupFaults(list, network, name, group);
  addListenerFaults(list, network);
  addRulesFaults(list, network);
  addSharedGroupFaults(list, network);
}

function addNameLength(list: FaultList, path: FaultPath, name: string): void {
  if (name.length > longestName) list.add("balancer.name-too-long", path, { name, limit: String(longestName) }, true);
}

function addSubnetFaults(list: FaultList, network: Network, name: string, balancer: Network["load_balancers"][string]): void {
  const path = ["load_balancers", name];
  if (balancer.subnets.length > 0 && balancer.subnet_mappings.length > 0) list.add("balancer.subnets-twice", [...path, "subnets"]);
  const mappings = mappingsOf(balancer);
  if (mappings.length === 0) list.add("balancer.no-subnet", path, { name }, true);
  const key = balancer.subnet_mappings.length > 0 ? "subnet_mappings" : "subnets";
  const zones = new Map<string, string>();
  let vpc: string | undefined;
  mappings.forEach(({ subnet }, index) => {
    const at = key === "subnets" ? [...path, key, index] : [...path, key, index, "subnet"];
    if (!exists(list, network, "subnets", subnet, at)) return;
    const written = network.subnets[subnet];
    if (!written) return;
    vpc ??= written.vpc;
    const other = zones.get(written.availability_zone);
    if (written.vpc !== vpc) list.add("network.subnet-other-vpc", at, { name: subnet, vpc, other: written.vpc });
    else if (other !== undefined) list.add("balancer.zone-twice", at, { name: subnet, other, zone: written.availability_zone });
    else zones.set(written.availability_zone, subnet);
  });
  if (vpc === undefined) return;
  const home = vpc;
  balancer.security_groups.forEach((group, index) => addGroupFaults(list, network, [...path, "security_groups", index], home, group));
  if (!balancer.internal && !Object.values(network.internet_gateways).some((gateway) => gateway.vpc === home)) list.add("balancer.no-internet-gateway", [...path, "internal"], { name, vpc: home });
}

function addTargetGroupFaults(list: FaultList, network: Network, name: string, group: Network["target_groups"][string]): void {
  const path = ["target_groups", name];
  addNameLength(list, path, name);
  exists(list, network, "vpcs", group.vpc, [...path, "vpc"]);
  const { timeout, interval, matcher } = group.health_check;
  if (timeout >= interval) list.add("balancer.timeout-not-below-interval", [...path, "health_check", "timeout"], { timeout: String(timeout), interval: String(interval) });
  if (!isMatcher(String(matcher))) list.add("balancer.matcher", [...path, "health_check", "matcher"], { value: String(matcher) });
  const seen = new Set<string>();
  group.targets.forEach((target, index) => {
    const { instance, port = group.port } = typeof target === "string" ? { instance: target } : target;
    const at = typeof target === "string" ? [...path, "targets", index] : [...path, "targets", index, "instance"];
    if (!exists(list, network, "instances", instance, at)) return;
    const vpc = network.subnets[network.instances[instance]?.subnet ?? ""]?.vpc;
    const key = `${instance}:${port}`;
    if (vpc !== undefined && vpc !== group.vpc) list.add("balancer.target-other-vpc", at, { name: instance, vpc: group.vpc, other: vpc });
    else if (seen.has(key)) list.add("balancer.target-twice", at, { name: instance, port: String(port) });
    seen.add(key);
  });
}

/** Success codes of an Application Load Balancer are from 200 to 499: one, several, or a range (Matcher of CreateTargetGroup). */
function isMatcher(text: string): boolean {
  return text.replaceAll(" ", "").split(",").every((part) => {
    const match = /^(\d{3})(?:-(\d{3}))?$/.exec(part);
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    return match !== null && from >= 200 && to <= 499 && from <= to;
  });
}

function addListenerFaults(list: FaultList, network: Network): void {
  const ports = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [name, listener] of Object.entries(network.listeners)) {
    const path = ["listeners", name];
    exists(list, network, "load_balancers", listener.load_balancer, [...path, "load_balancer"]);
    const key = `${listener.load_balancer} ${listener.port}`;
    const other = ports.get(key);
    if (other !== undefined) list.add("balancer.port-twice", [...path, "port"], { name: listener.load_balancer, port: String(listener.port), other });
    ports.set(key, name);
    const count = (counts.get(listener.load_balancer) ?? 0) + 1;
    counts.set(listener.load_balancer, count);
    if (count === mostListeners + 1) list.add("balancer.too-many", path, { name: listener.load_balancer, limit: String(mostListeners), what: "listeners" }, true);
    addActionFaults(list, network, [...path, "default_action"], listener.default_action, listener.load_balancer);
  }
}

function addRulesFaults(list: FaultList, network: Network): void {
  const priorities = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [name, rule] of Object.entries(network.listener_rules)) {
    const path = ["listener_rules", name];
    const balancer = exists(list, network, "listeners", rule.listener, [...path, "listener"]) ? network.listeners[rule.listener]?.load_balancer : undefined;
    const key = `${rule.listener} ${rule.priority}`;
    const other = priorities.get(key);
    if (other !== undefined) list.add("balancer.priority-twice", [...path, "priority"], { priority: String(rule.priority), listener: rule.listener, other });
    priorities.set(key, name);
    addConditionFaults(list, [...path, "conditions"], rule.conditions);
    addActionFaults(list, network, [...path, "action"], rule.action, balancer);
    if (balancer === undefined) continue;
    const count = (counts.get(balancer) ?? 0) + 1;
    counts.set(balancer, count);
    if (count === mostRules + 1) list.add("balancer.too-many", path, { name: balancer, limit: String(mostRules), what: "rules" }, true);
  }
}

/** "Each target group can be associated with one load balancer" (Application Load Balancer user guide, "Quotas"). */
function addSharedGroupFaults(list: FaultList, network: Network): void {
  const owners = new Map<string, string>();
  const claim = (path: FaultPath, balancer: string | undefined, groups: readonly string[]): void => {
    for (const group of groups) {
      const other = owners.get(group);
      if (balancer === undefined || !Object.hasOwn(network.load_balancers, balancer)) continue;
      if (other !== undefined && other !== balancer) list.add("balancer.group-of-two", path, { name: group, other });
      else owners.set(group, balancer);
    }
  };
  for (const [name, { load_balancer, default_action }] of Object.entries(network.listeners)) claim(["listeners", name, "default_action"], load_balancer, groupsInAction(default_action));
  for (const [name, { listener, action }] of Object.entries(network.listener_rules)) claim(["listener_rules", name, "action"], network.listeners[listener]?.load_balancer, groupsInAction(action));
}

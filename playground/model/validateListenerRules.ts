import type { FaultList, FaultPath } from "./faults.ts";
import type { Action, Condition } from "./loadBalancers.ts";
import type { Network } from "./network.ts";
import { mappingsOf } from "./resolveLoadBalancers.ts";
import { exists } from "./validateReferences.ts";

/** Quotas of AWS: values over all conditions of a rule, and how many of them may have wildcards. */
const mostValues = 5;
const mostWildcards = 6;

/** Names of the target groups in an action as written. */
export function groupsInAction(action: Action): string[] {
  if (action.type !== "forward") return [];
  return [...(action.target_group === undefined ? [] : [action.target_group]), ...(action.forward?.target_groups.map((entry) => entry.target_group) ?? [])];
}

/** An action: what its type needs and nothing else, target groups in the balancer's VPC, a redirect that changes something. */
export function addActionFaults(list: FaultList, network: Network, path: FaultPath, action: Action, balancer: string | undefined): void {
  const { type, target_group, forward, redirect, fixed_response } = action;
  const parts = { forward: [target_group, forward].filter((part) => part !== undefined).length, redirect: redirect ? 1 : 0, "fixed-response": fixed_response ? 1 : 0 };
  const isComplete = Object.entries(parts).every(([key, count]) => count === (key === type ? 1 : 0));
  if (!isComplete) list.add("balancer.action-parts", path, { type, needs: { forward: "target_group", redirect: "redirect", "fixed-response": "fixed_response" }[type] });
  if (type === "forward") {
    const vpc = balancer === undefined ? undefined : vpcOfBalancer(network, balancer);
    const check = (name: string, at: FaultPath): void => {
      if (!exists(list, network, "target_groups", name, at)) return;
      const other = network.target_groups[name]?.vpc ?? "";
      if (vpc !== undefined && other !== vpc) list.add("balancer.group-other-vpc", at, { name, vpc, other });
    };
    if (target_group !== undefined) check(target_group, [...path, "target_group"]);
    const seen = new Set<string>();
    forward?.target_groups.forEach((entry, index) => {
      const at = [...path, "forward", "target_groups", index, "target_group"];
      check(entry.target_group, at);
      if (seen.has(entry.target_group)) list.add("balancer.group-twice", at, { name: entry.target_group });
      seen.add(entry.target_group);
    });
  }
  // A redirect that leads where the request came from goes round for ever (RedirectActionConfig of the API).
  if (redirect && [redirect.protocol === "#{protocol}", redirect.host === "#{host}", redirect.port === "#{port}", redirect.path === "/#{path}"].every(Boolean)) list.add("balancer.redirect-loop", [...path, "redirect"]);
  if (redirect && /^\d+$/.test(String(redirect.port)) && !isPort(Number(redirect.port))) list.add("balancer.redirect-port", [...path, "redirect", "port"], { value: String(redirect.port) });
  if (fixed_response && !/^[245]\d\d$/.test(String(fixed_response.status_code))) list.add("balancer.fixed-status", [...path, "fixed_response", "status_code"], { value: String(fixed_response.status_code) });
}

const isPort = (value: number): boolean => value >= 1 && value <= 65535;

/** Conditions: one thing each, of most kinds at most one in a rule, patterns that AWS takes, no more values than its quotas. */
export function addConditionFaults(list: FaultList, path: FaultPath, conditions: readonly Condition[]): void {
  const seen = new Set<string>();
  let values = 0;
  let wildcards = 0;
  conditions.forEach((condition, index) => {
    const keys = Object.keys(condition).filter((key) => condition[key as keyof Condition] !== undefined);
    const [key] = keys;
    if (keys.length !== 1) list.add("balancer.condition-parts", [...path, index]);
    // "http-header" may stand several times, the others once (user guide, "Condition types for listener rules").
    else if (key !== undefined && key !== "http_header" && seen.has(key)) list.add("balancer.condition-twice", [...path, index], { condition: key });
    for (const present of keys) seen.add(present);
    const { host_header = [], path_pattern = [], http_request_method = [], source_ip = [], http_header } = condition;
    const patterns = [...host_header, ...path_pattern, ...(http_header?.values ?? [])];
    values += patterns.length + http_request_method.length + source_ip.length;
    wildcards += patterns.filter((pattern) => /[*?]/.test(pattern)).length;
    host_header.forEach((pattern, position) => {
      if (!/^[A-Za-z0-9.*?-]+$/.test(pattern) || !pattern.includes(".")) list.add("balancer.host-pattern", [...path, index, "host_header", position], { value: pattern });
    });
    path_pattern.forEach((pattern, position) => {
      if (pattern.includes("#") || /\?.*=/.test(pattern)) list.add("balancer.path-with-query", [...path, index, "path_pattern", position], { value: pattern });
      else if (!/^[/*?]/.test(pattern) || !/^[A-Za-z0-9_.$/~"'@:+&*?-]+$/.test(pattern)) list.add("balancer.path-pattern", [...path, index, "path_pattern", position], { value: pattern });
    });
  });
  if (values > mostValues) list.add("balancer.too-many-values", path, { limit: String(mostValues), count: String(values) });
  if (wildcards > mostWildcards) list.add("balancer.too-many-wildcards", path, { limit: String(mostWildcards), count: String(wildcards) });
}

/** The VPC of a load balancer as written: that of its first subnet. */
function vpcOfBalancer(network: Network, name: string): string | undefined {
  const balancer = Object.hasOwn(network.load_balancers, name) ? network.load_balancers[name] : undefined;
  const first = balancer && mappingsOf(balancer)[0];
  return first && network.subnets[first.subnet]?.vpc;
}

import { type ListenerAction, targetName } from "./balancing.ts";
import type { Cloud } from "./cloud.ts";
import { stableHash } from "./ids.ts";
import { formatAddress } from "./ip.ts";
import type { Condition } from "./loadBalancers.ts";
import { changes, comparable, type ComparableResource, inside, replaces } from "./resourceAttributes.ts";

/** An action in one line: `forward to apps`, `forward to blue (9), green (1)`, `redirect 301 to …`, `fixed response 404`. */
export function formatAction(action: ListenerAction): string {
  switch (action.type) {
    case "forward": {
      const several = action.targetGroups.length > 1;
      return `forward to ${action.targetGroups.map(({ name, weight }) => (several ? `${name} (${weight})` : name)).join(", ")}`;
    }
    case "redirect":
      return `redirect ${action.status} to ${action.protocol}://${action.host}:${action.port}${action.path}${action.query === "" ? "" : `?${action.query}`}`;
    case "fixed-response":
      return `fixed response ${action.status}`;
  }
}

/** A condition in one line: `host_header wiki.example.com or www.example.com`. */
export function formatCondition({ http_header, ...lists }: Condition): string {
  const [entry] = Object.entries(lists).flatMap(([key, values]) => (values ? [`${key} ${values.join(" or ")}`] : []));
  return entry ?? `http_header ${http_header?.http_header_name ?? ""}: ${http_header?.values.join(" or ") ?? ""}`;
}

/** The text of a fixed response is long: the line says that it changed. */
const actionText = (action: ListenerAction): string => (action.type === "fixed-response" ? `${formatAction(action)} ${action.contentType} ${new TextEncoder().encode(action.body).length} B, ${stableHash(action.body).toString(16).slice(0, 8)}` : formatAction(action));

/** Target groups, load balancers, listeners and rules as the plan compares them. What forces a replacement does so in the AWS provider, too. */
export function balancingResources(cloud: Cloud): ComparableResource[] {
  const of = comparable(cloud);
  return [
    ...cloud.targetGroups.map((group) => {
      const { path, port, interval, timeout, healthyThreshold, unhealthyThreshold, matcher } = group.healthCheck;
      return of(
        "target_groups",
        group,
        inside("vpc", "vpcs", group.vpc),
        replaces("port", String(group.port)),
        changes("deregistration_delay", String(group.deregistrationDelay)),
        changes("health_check.path", path),
        changes("health_check.port", port === undefined ? "traffic-port" : String(port)),
        changes("health_check.interval", String(interval)),
        changes("health_check.timeout", String(timeout)),
        changes("health_check.healthy_threshold", String(healthyThreshold)),
        changes("health_check.unhealthy_threshold", String(unhealthyThreshold)),
        changes("health_check.matcher", matcher),
        group.targets.flatMap((target) => changes("targets", targetName(target))),
      );
    }),
    ...cloud.loadBalancers.map((balancer) => {
      const [first, ...others] = balancer.nodes;
      const groups = cloud.nodes.find((node) => node.name === first?.node)?.interfaces[0]?.securityGroups ?? [];
      return of(
        "load_balancers",
        balancer,
        replaces("internal", String(balancer.isInternal)),
        first ? [inside("subnet", "subnets", first.subnet), ...replaces("private_ip", formatAddress(first.address)), ...changes("public_ip", first.elasticIp === undefined ? first.publicAddress && formatAddress(first.publicAddress) : undefined)] : [],
        others.flatMap((node) => changes(`subnets[${node.subnet}]`, formatAddress(node.address))),
        groups.flatMap((key) => changes("security_groups", key.split("/")[1])),
        changes("idle_timeout", String(balancer.idleTimeout)),
      );
    }),
    ...cloud.listeners.map((listener) =>
      of("listeners", listener, inside("load_balancer", "load_balancers", listener.loadBalancer), changes("port", String(listener.port)), changes("protocol", listener.protocol), changes("default_action", actionText(listener.defaultAction))),
    ),
    ...cloud.listenerRules.map((rule) =>
      of("listener_rules", rule, inside("listener", "listeners", rule.listener), changes("priority", String(rule.priority)), rule.conditions.flatMap((condition) => changes("conditions", formatCondition(condition))), changes("action", actionText(rule.action))),
    ),
  ];
}

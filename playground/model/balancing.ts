import type { Resource } from "./cloud.ts";
import type { IpAddress } from "./ip.ts";
import type { Condition } from "./loadBalancers.ts";

/** An application load balancer, resolved. In each of its subnets it has a node, a machine that Rempart makes. */
export interface LoadBalancer extends Resource {
  readonly vpc: string;
  readonly isInternal: boolean;
  /** What AWS gives to each balancer, and what a record's alias stands for. */
  readonly dnsName: string;
  readonly idleTimeout: number;
  readonly nodes: readonly BalancerNode[];
}
export interface BalancerNode {
  /** Name of the machine. */
  readonly node: string;
  readonly subnet: string;
  readonly address: IpAddress;
  readonly publicAddress: IpAddress | undefined;
  readonly elasticIp: string | undefined;
}
export interface TargetGroup extends Resource {
  readonly vpc: string;
  readonly port: number;
  /** Seconds. */
  readonly deregistrationDelay: number;
  readonly healthCheck: HealthCheck;
  readonly targets: readonly Target[];
}
/** Times in seconds. */
export interface HealthCheck {
  readonly path: string;
  /** Undefined: the port that the target serves on. */
  readonly port: number | undefined;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly matcher: string;
}
export interface Target {
  readonly instance: string;
  readonly address: IpAddress;
  readonly port: number;
}
export interface Listener extends Resource {
  readonly loadBalancer: string;
  readonly port: number;
  readonly protocol: "HTTP";
  readonly defaultAction: ListenerAction;
}
export interface ListenerRule extends Resource {
  readonly listener: string;
  readonly priority: number;
  readonly conditions: readonly Condition[];
  readonly action: ListenerAction;
}
export type ListenerAction =
  | { readonly type: "forward"; readonly targetGroups: readonly { readonly name: string; readonly weight: number }[] }
  | { readonly type: "redirect"; readonly protocol: string; readonly host: string; readonly port: string; readonly path: string; readonly query: string; readonly status: 301 | 302 }
  | { readonly type: "fixed-response"; readonly contentType: string; readonly body: string; readonly status: number };

/** The part of a cloud that balances load. */
export interface Balancing {
  readonly loadBalancers: readonly LoadBalancer[];
  readonly targetGroups: readonly TargetGroup[];
  readonly listeners: readonly Listener[];
  /** Of each listener in the order of priority. */
  readonly listenerRules: readonly ListenerRule[];
}

/** Names of the target groups to which an action may send a request. */
export const groupsOf = (action: ListenerAction): string[] => (action.type === "forward" ? action.targetGroups.map(({ name }) => name) : []);

/** Name of a target: an instance may serve on several ports. */
export const targetName = (target: Pick<Target, "instance" | "port">): string => `${target.instance}:${target.port}`;

/** A balancer's listeners, each with its rules. */
export function listenersOf(cloud: Balancing, balancer: string): { readonly listener: Listener; readonly rules: readonly ListenerRule[] }[] {
  return cloud.listeners.filter((listener) => listener.loadBalancer === balancer).map((listener) => ({ listener, rules: cloud.listenerRules.filter((rule) => rule.listener === listener.name) }));
}

/** The target groups that a balancer sends to, in the order of the file. */
export function targetGroupsOf(cloud: Balancing, balancer: string): TargetGroup[] {
  const used = new Set(listenersOf(cloud, balancer).flatMap(({ listener, rules }) => [listener.defaultAction, ...rules.map((rule) => rule.action)].flatMap(groupsOf)));
  return cloud.targetGroups.filter((group) => used.has(group.name));
}

import type { Allocation } from "./addresses.ts";
import type { Balancing, ListenerAction, LoadBalancer, TargetGroup } from "./balancing.ts";
import { balancerProgram, balancerProgramPath } from "./balancerProgram.ts";
import type { CloudNode } from "./cloud.ts";
import { resourceId, stableHash } from "./ids.ts";
import type { Action } from "./loadBalancers.ts";
import type { Network } from "./network.ts";
import { parsedPrefix, present } from "./parsed.ts";
import { securityGroupKey } from "./resolveRules.ts";

type WrittenBalancer = Network["load_balancers"][string];

/** Where a balancer has its nodes: its mappings, or its subnets without any wish. */
export function mappingsOf(balancer: WrittenBalancer): WrittenBalancer["subnet_mappings"] {
  return balancer.subnet_mappings.length > 0 ? balancer.subnet_mappings : balancer.subnets.map((subnet) => ({ subnet }));
}

/** Name of the machine that is a balancer's node in its subnet number `index`, from 0. */
export const balancerNodeName = (balancer: string, index: number): string => (index === 0 ? balancer : `${balancer}-${index + 1}`);

/** Every node of every balancer, in the order of the file. */
export function balancerNodes(network: Network) {
  return Object.entries(network.load_balancers).flatMap(([balancer, written]) => mappingsOf(written).map((mapping, index) => ({ balancer, name: balancerNodeName(balancer, index), internal: written.internal, ...mapping })));
}

/** Load balancers, target groups, listeners and rules with everything looked up. */
export function resolveBalancing(lab: string, network: Network, allocation: Allocation): Balancing {
  return {
    loadBalancers: Object.entries(network.load_balancers).map(([name, balancer]): LoadBalancer => ({
      name,
      id: resourceId(lab, "load_balancers", name),
      vpc: vpcOf(network, balancer),
      isInternal: balancer.internal,
      // As in AWS: the name, and digits that nobody else has.
      dnsName: `${balancer.internal ? "internal-" : ""}${name}-${String(stableHash(`${lab}/${name}`) % 1_000_000_000n).padStart(9, "0")}.elb.internal`,
      idleTimeout: balancer.idle_timeout,
      nodes: mappingsOf(balancer).map(({ subnet, elastic_ip }, index) => {
        const node = balancerNodeName(name, index);
        return { node, subnet, elasticIp: elastic_ip, address: present(allocation.balancerNodes.get(node), `private address of ${node}`), publicAddress: allocation.publicByBalancerNode.get(node) };
      }),
    })),
    targetGroups: Object.entries(network.target_groups).map(([name, group]): TargetGroup => ({
      name,
      id: resourceId(lab, "target_groups", name),
      vpc: group.vpc,
      port: group.port,
      deregistrationDelay: group.deregistration_delay,
      healthCheck: healthCheckOf(group.health_check),
      targets: group.targets.map((target) => {
        const { instance, port } = typeof target === "string" ? { instance: target, port: undefined } : target;
        return { instance, port: port ?? group.port, address: present(allocation.instances.get(instance), `private address of ${instance}`) };
      }),
    })),
    listeners: Object.entries(network.listeners).map(([name, { load_balancer, port, protocol, default_action }]) => ({
      name, id: resourceId(lab, "listeners", name), loadBalancer: load_balancer, port, protocol, defaultAction: actionOf(default_action),
    })),
    listenerRules: Object.entries(network.listener_rules)
      .map(([name, { listener, priority, conditions, action }]) => ({ name, id: resourceId(lab, "listener_rules", name), listener, priority, conditions, action: actionOf(action) }))
      .sort((a, b) => (a.listener === b.listener ? a.priority - b.priority : a.listener < b.listener ? -1 : 1)),
  };
}

/** The machines that balancers are made of. Nobody has a terminal in them, as in AWS. */
export function resolveBalancerNodes(lab: string, network: Network, balancing: Balancing): CloudNode[] {
  return balancing.loadBalancers.flatMap((balancer) => {
    const groups = network.load_balancers[balancer.name]?.security_groups ?? [];
    const keys = [...new Set(groups.length > 0 ? groups : ["default"])].map((group) => securityGroupKey(balancer.vpc, group));
    return balancer.nodes.map(({ node, subnet, address, publicAddress }): CloudNode => ({
      name: node,
      id: resourceId(lab, "load_balancers", node),
      kind: "load-balancer",
      role: "load-balancer",
      image: "instance",
      interfaces: [
        {
          id: resourceId(lab, "interfaces", `${node}/eth0`),
          name: "eth0",
          attachment: { kind: "subnet", vpc: balancer.vpc, subnet },
          address,
          prefixLength: parsedPrefix(present(network.subnets[subnet], `subnet ${subnet}`).cidr_block).length,
          gateway: undefined,
          publicAddress,
          securityGroups: keys,
        },
      ],
      sourceDestCheck: true,
      services: [],
      listens: [...new Set(balancing.listeners.filter((listener) => listener.loadBalancer === balancer.name).map(({ port }) => port))].sort((a, b) => a - b),
      keyPair: undefined,
      holdsKeyPair: undefined,
      userData: "",
      capabilities: [],
      devices: [],
      files: [{ path: balancerProgramPath, content: balancerProgram, mode: "755" }],
      resolver: undefined,
      terminal: false,
    }));
  });
}

function vpcOf(network: Network, balancer: WrittenBalancer): string {
  const [first] = mappingsOf(balancer);
  return present(first && network.subnets[first.subnet], "subnet of the balancer").vpc;
}

function healthCheckOf({ path, port, interval, timeout, healthy_threshold, unhealthy_threshold, matcher }: Network["target_groups"][string]["health_check"]): TargetGroup["healthCheck"] {
  return { path, port: port === "traffic-port" ? undefined : port, interval, timeout, healthyThreshold: healthy_threshold, unhealthyThreshold: unhealthy_threshold, matcher: String(matcher).replaceAll(" ", "") };
}

/** An action that the validation has found complete. */
function actionOf({ type, target_group, forward, redirect, fixed_response }: Action): ListenerAction {
  switch (type) {
    case "forward":
      return { type, targetGroups: forward?.target_groups.map(({ target_group: name, weight }) => ({ name, weight })) ?? [{ name: present(target_group, "target_group"), weight: 1 }] };
    case "redirect": {
      const { protocol, host, port, path, query, status_code } = present(redirect, "redirect");
      return { type, protocol, host, port: String(port), path, query, status: status_code === "HTTP_301" ? 301 : 302 };
    }
    case "fixed-response": {
      const { content_type, message_body, status_code } = present(fixed_response, "fixed_response");
      return { type, contentType: content_type, body: message_body, status: Number(status_code) };
    }
  }
}

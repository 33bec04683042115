import type { Cloud, CloudNode, Route } from "../model/cloud.ts";
import { addressBits, formatAddress, formatPrefix, nthAddress, type IpAddress } from "../model/ip.ts";
import { namesSeenFrom } from "../model/namesSeenFrom.ts";
import type { FabricProgram, LinkEnd, LinkProgram, NamespaceProgram, NodeProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";
import { internetProgram } from "./internetProgram.ts";
import { firstRouteTable, internetNamespace, linkId, localTable, natNamespace, portName, resolverTable, switchBridge, switchNamespace, vpcNamespace } from "./names.ts";
import { chain, ruleset } from "./nftables.ts";
import { hostRoute, routerSysctls } from "./routerParts.ts";
import { routerRuleset } from "./routerRuleset.ts";
import { natPortName, planRouters, type RouterPlan } from "./wiringPlan.ts";

/**
 * Compiles a cloud into the program of its wiring. Pure: the same cloud gives the same program, byte for byte, so that two
 * programs can be compared and only the difference applied.
 *
 * Every machine is alone on a cable to its router, which answers ARP for everything else in the subnet (proxy ARP), so that
 * also neighbours in one subnet meet only through the router's filter, as in AWS.
 */
export function compileFabric(cloud: Cloud): FabricProgram {
  const plans = planRouters(cloud);
  return {
    namespaces: [
      ...(cloud.internet ? [internetProgram(cloud, cloud.internet, plans)] : []),
      ...plans.map((plan) => routerProgram(cloud, plan)),
      ...cloud.natGateways.map((gateway) => natProgram(gateway.name, formatAddress(gateway.privateAddress))),
      ...cloud.switches.map(switchProgram),
    ],
    links: [...plans.flatMap((plan) => routerLinks(cloud, plan)), ...cloud.nodes.flatMap((node) => nodeLinks(cloud, node)), ...cableLinks(cloud)],
    nodes: cloud.nodes.map((node) => nodeProgram(cloud, node)),
  };
}

function routerProgram(cloud: Cloud, plan: RouterPlan): NamespaceProgram {
  const tables = cloud.routeTables.filter((table) => table.vpc === plan.vpc.name);
  const tableNumber = (name: string): number => firstRouteTable + tables.findIndex((table) => table.name === name);
  const { resolver } = plan;
  const rules: RuleProgram[] = [
    // Before every route table, as in AWS: no route, be it the most specific, leads a question to the VPC's resolver astray.
    ...(resolver ? plan.ports.filter((port) => port.kind === "instance").map((port): RuleProgram => ({ priority: 900, input: port.port, table: resolverTable })) : []),
    ...plan.ports.flatMap((port): RuleProgram[] => {
      const subnet = plan.subnets.find((candidate) => candidate.name === port.subnet);
      return subnet ? [{ priority: 1000, input: port.port, table: tableNumber(subnet.routeTable) }] : [];
    }),
    { priority: 2000, input: undefined, table: localTable },
  ];
  const routes: RouteProgram[] = [
    ...(resolver ? [hostRoute(resolverTable, resolver.address, resolver.port)] : []),
    ...plan.ports.map((port) => hostRoute(localTable, port.address, port.port)),
    ...plan.ports.flatMap(({ port, address, carries }): RouteProgram[] => (carries === undefined ? [] : [{ table: localTable, destination: carries, kind: "unicast", device: port, via: address }])),
    { table: localTable, destination: formatPrefix(plan.vpc.prefix), kind: "unicast", device: "lo", via: undefined },
    { table: localTable, destination: "default", kind: "blackhole", device: undefined, via: undefined },
    ...tables.flatMap((table) => {
      const number = tableNumber(table.name);
      const hasDefault = table.routes.some((route) => route.prefix.length === 0);
      return [
        ...table.routes.map((route) => routeProgram(plan, number, route)),
        // A missing route is a silent drop, as in AWS, not an ICMP "unreachable".
        ...(hasDefault ? [] : [{ table: number, destination: "default", kind: "blackhole" as const, device: undefined, via: undefined }]),
      ];
    }),
  ];
  return {
    name: vpcNamespace(plan.vpc.name),
    kind: "router",
    sysctls: routerSysctls,
    localAddresses: plan.subnets.map((subnet) => `${formatAddress(nthAddress(subnet.prefix, 1))}/${addressBits(subnet.prefix.family)}`),
    rules,
    routes,
    ruleset: routerRuleset(cloud, plan),
  };
}

/** `local` is a throw: the look-up leaves the subnet's table and ends in the table of the VPC's own interfaces. */
function routeProgram(plan: RouterPlan, table: number, route: Route): RouteProgram {
  const destination = route.prefix.length === 0 ? "default" : formatPrefix(route.prefix);
  const through = (device: string, via: string): RouteProgram => ({ table, destination, kind: "unicast", device, via });
  const { target } = route;
  switch (target.kind) {
    case "local":
      return { table, destination, kind: "throw", device: undefined, via: undefined };
    case "internet-gateway":
      return plan.internet ? through(plan.internet.port, plan.internet.internetAddress) : blackhole(table, destination);
    case "peering-connection": {
      const peer = plan.peers.find((candidate) => candidate.name === target.name);
      return peer ? through(peer.port, peer.peerAddress) : blackhole(table, destination);
    }
    case "nat-gateway":
    case "instance": {
      const port = plan.ports.find((candidate) => candidate.owner === target.name && candidate.kind === target.kind);
      return port ? through(port.port, port.address) : blackhole(table, destination);
    }
    case "blackhole":
      return blackhole(table, destination);
  }
}

const blackhole = (table: number, destination: string): RouteProgram => ({ table, destination, kind: "blackhole", device: undefined, via: undefined });

/** A NAT gateway is a machine of its own in its subnet, so its subnet's route table and ACL apply to what it sends. */
function natProgram(name: string, address: string): NamespaceProgram {
  return {
    name: natNamespace(name),
    kind: "nat",
    sysctls: { ...routerSysctls, "net.ipv4.conf.all.proxy_arp": "0" },
    localAddresses: [],
    rules: [],
    routes: [],
    ruleset: ruleset([
      chain("translate", "type nat hook postrouting priority srcnat; policy accept;", [`oifname "eth0" snat to ${address}`]),
      // What is addressed to the gateway itself was not asked for by anybody inside.
      chain("unsolicited", "type filter hook input priority filter; policy drop;", []),
      chain("forward", "type filter hook forward priority filter; policy accept;", ["ct state invalid drop"]),
    ]),
  };
}

function switchProgram(name: string): NamespaceProgram {
  return { name: switchNamespace(name), kind: "switch", sysctls: {}, localAddresses: [], rules: [], routes: [], ruleset: "" };
}

function routerLinks(cloud: Cloud, plan: RouterPlan): LinkProgram[] {
  const namespace = vpcNamespace(plan.vpc.name);
  const end = (name: string, interfaceName: string, addresses: readonly string[]): LinkEnd => ({ kind: "namespace", namespace: name, interface: interfaceName, bridge: undefined, addresses, defaultVia: undefined });
  const links: LinkProgram[] = [];
  if (plan.internet) {
    links.push({
      id: `igw-${plan.vpc.name}`,
      a: end(internetNamespace, plan.internet.internetPort, [`${plan.internet.internetAddress}/30`]),
      b: end(namespace, plan.internet.port, [`${plan.internet.routerAddress}/30`]),
    });
  }
  for (const peering of cloud.peeringConnections.filter((candidate) => candidate.vpc === plan.vpc.name)) {
    const peer = plan.peers.find((candidate) => candidate.name === peering.name);
    if (!peer) continue;
    links.push({
      id: `pcx-${peering.name}`,
      a: end(namespace, peer.port, [`${peer.ownAddress}/30`]),
      b: end(vpcNamespace(peer.peer.name), peer.port, [`${peer.peerAddress}/30`]),
    });
  }
  for (const gateway of cloud.natGateways.filter((candidate) => candidate.vpc === plan.vpc.name)) {
    const subnet = plan.subnets.find((candidate) => candidate.name === gateway.subnet);
    if (!subnet) continue;
    links.push({
      id: `nat-${gateway.name}`,
      a: end(namespace, natPortName(gateway), []),
      b: { ...end(natNamespace(gateway.name), "eth0", [`${formatAddress(gateway.privateAddress)}/${subnet.prefix.length}`]), defaultVia: formatAddress(nthAddress(subnet.prefix, 1)) },
    });
  }
  return links;
}

function nodeLinks(cloud: Cloud, node: CloudNode): LinkProgram[] {
  return node.interfaces.flatMap((networkInterface): LinkProgram[] => {
    const { attachment, address, prefixLength } = networkInterface;
    const gateway = networkInterface.gateway ?? gatewayOf(cloud, attachment);
    const inside: LinkEnd = {
      kind: "node",
      node: node.name,
      interface: networkInterface.name,
      addresses: address ? [`${formatAddress(address)}/${prefixLength ?? addressBits(address.family)}`] : [],
      defaultVia: gateway && formatAddress(gateway),
      ...(node.kind === "cluster-node" ? { isGuest: true as const } : {}),
    };
    const outside = (namespace: string, bridge?: string): LinkEnd => ({ kind: "namespace", namespace, interface: portName(networkInterface), bridge, addresses: [], defaultVia: undefined });
    const link = (a: LinkEnd): LinkProgram[] => [{ id: linkId(node.name, networkInterface.name), a, b: inside }];
    switch (attachment.kind) {
      case "subnet":
      case "vpc":
        return link(outside(vpcNamespace(attachment.vpc)));
      case "internet":
        return link(outside(internetNamespace));
      case "switch":
        return link(outside(switchNamespace(attachment.name), switchBridge));
      case "cable":
        return [];
    }
  });
}

/** The .1 of a subnet or of the Internet; nobody's in a switch, where the lab or the student names it. */
function gatewayOf(cloud: Cloud, attachment: CloudNode["interfaces"][number]["attachment"]): IpAddress | undefined {
  const prefix = attachment.kind === "internet" ? cloud.internet : attachment.kind === "subnet" ? cloud.subnets.find((subnet) => subnet.name === attachment.subnet)?.prefix : undefined;
  return prefix && nthAddress(prefix, 1);
}

function cableLinks(cloud: Cloud): LinkProgram[] {
  return cloud.links.map((cable, index): LinkProgram => {
    const end = (side: { readonly node: string; readonly interface: string }): LinkEnd => {
      const entry = cloud.nodes.find((node) => node.name === side.node)?.interfaces.find((candidate) => candidate.name === side.interface);
      const addresses = entry?.address ? [`${formatAddress(entry.address)}/${entry.prefixLength ?? addressBits(entry.address.family)}`] : [];
      return { kind: "node", node: side.node, interface: side.interface, addresses, defaultVia: entry?.gateway && formatAddress(entry.gateway) };
    };
    return { id: `cable-${index}`, a: end(cable.from), b: end(cable.to) };
  });
}

function nodeProgram(cloud: Cloud, node: CloudNode): NodeProgram {
  // Its names are those of the cluster's own network: see cluster/nodeSetup.ts.
  if (node.kind === "cluster-node") return { node: node.name, hosts: undefined, resolver: undefined, ownsNetworkSettings: false };
  const seen = namesSeenFrom(cloud, node);
  // Where addresses are given by hand a machine still knows its own name, as Debian has it: sudo asks for it.
  const own = Object.hasOwn(seen, node.name) ? [] : [`127.0.1.1\t${node.name}`];
  const names = Object.entries(seen).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, address]) => `${address}\t${name}`);
  return {
    node: node.name,
    hosts: ["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost", ...own, ...names, ""].join("\n"),
    // Nothing listens there: a name that the lab does not know fails at once and asks nobody.
    resolver: node.resolver ? `nameserver ${formatAddress(node.resolver)}\noptions timeout:3 attempts:1\n` : "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n",
    ownsNetworkSettings: node.capabilities.includes("NET_ADMIN"),
  };
}

import type { Cloud, CloudNode, NetworkInterface } from "../model/cloud.ts";
import { addressBits, formatAddress, formatPrefix, type IpPrefix, nthAddress } from "../model/ip.ts";
import type { NamespaceProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";
import { firstRouteTable, internetNamespace, portName } from "./names.ts";
import { chain, quoted, ruleset, setOf } from "./nftables.ts";
import { hostRoute, routerSysctls } from "./routerParts.ts";
import type { RouterPlan } from "./wiringPlan.ts";

interface HostPort {
  readonly node: CloudNode;
  readonly entry: NetworkInterface;
  readonly port: string;
  readonly address: string;
}

/** The lab's Internet: a cable to each host and to each internet gateway, and a host route to each public address. */
export function internetProgram(cloud: Cloud, internet: IpPrefix, plans: readonly RouterPlan[]): NamespaceProgram {
  const hosts = cloud.nodes.flatMap((node) =>
    node.interfaces.filter((entry) => entry.attachment.kind === "internet").map((entry): HostPort => ({ node, entry, port: portName(entry), address: entry.address ? formatAddress(entry.address) : "" })),
  );
  const carrying = carriage(hosts);
  const routes: RouteProgram[] = [
    // Addresses that nobody has: answered in ARP and then dropped, so that they are silent.
    { table: 254, destination: formatPrefix(internet), kind: "unicast", device: "lo", via: undefined },
    { table: 254, destination: "default", kind: "blackhole", device: undefined, via: undefined },
    ...hosts.flatMap(({ node, port, address }): RouteProgram[] => {
      if (address === "") return [];
      const carrier = hosts.find((host) => host.node.name === node.carrier);
      return [carrier ? { table: 254, destination: `${address}/32`, kind: "unicast", device: carrier.port, via: carrier.address } : hostRoute(254, address, port)];
    }),
    ...plans.flatMap((plan) =>
      plan.ports.flatMap((port): RouteProgram[] =>
        plan.internet && port.publicAddress
          ? [{ table: 254, destination: `${port.publicAddress}/32`, kind: "unicast", device: plan.internet.internetPort, via: plan.internet.routerAddress }]
          : [],
      ),
    ),
    ...plans.flatMap((plan) =>
      plan.ports.flatMap(({ carries }): RouteProgram[] => (plan.internet && carries !== undefined ? [{ table: 254, destination: carries, kind: "unicast", device: plan.internet.internetPort, via: plan.internet.routerAddress }] : [])),
    ),
    ...carrying.routes,
  ];
  const pairs = hosts.filter(({ node, address }) => node.sourceDestCheck && address !== "");
  const ports = [...hosts.map(({ port }) => port), ...plans.flatMap((plan) => (plan.internet ? [plan.internet.internetPort] : []))];
  return {
    name: internetNamespace,
    kind: "internet",
    sysctls: routerSysctls,
    localAddresses: [`${formatAddress(nthAddress(internet, 1))}/${addressBits(internet.family)}`],
    rules: carrying.rules,
    routes,
    ruleset: ruleset([
      chain("source_check", "type filter hook prerouting priority raw; policy accept;", pairs.length === 0 ? [] : [
        `iifname ${setOf(quoted(pairs.map((pair) => pair.port)))} iifname . ip saddr != ${setOf(pairs.map((pair) => `"${pair.port}" . ${pair.address}`))} drop`,
      ]),
      chain("to_router", "type filter hook input priority filter; policy drop;", []),
      chain("forward", "type filter hook forward priority filter; policy drop;", [...unaskedOfResolvers(hosts), ...(ports.length === 0 ? [] : [`oifname ${setOf(quoted(ports))} accept`])]),
    ]),
  };
}

/** A VPC's resolver asks servers on the Internet, and nobody there can ask it. */
function unaskedOfResolvers(hosts: readonly HostPort[]): string[] {
  const ports = hosts.filter(({ node }) => node.kind === "resolver").map(({ port }) => port);
  return ports.length === 0 ? [] : [`oifname ${setOf(quoted(ports))} ct state != { established, related } drop`];
}

/**
 * What passes through a carrier: all that a host with one sends goes to the carrier first (a table with nothing but that way), and what is for it
 * goes there as well (the main table), until it comes from the carrier, who knows the host's cable.
 */
function carriage(hosts: readonly HostPort[]): { rules: RuleProgram[]; routes: RouteProgram[] } {
  const carriers = hosts.filter(({ node }) => hosts.some((host) => host.node.carrier === node.name));
  const parts = carriers.map((carrier, index) => {
    const [toCarrier, fromCarrier] = [firstRouteTable + 2 * index, firstRouteTable + 2 * index + 1];
    const carried = hosts.filter((host) => host.node.carrier === carrier.node.name);
    return {
      rules: [...carried.map((host): RuleProgram => ({ priority: 1000, input: host.port, table: toCarrier })), { priority: 1000, input: carrier.port, table: fromCarrier }],
      routes: [
        { table: toCarrier, destination: "default", kind: "unicast", device: carrier.port, via: carrier.address } as const,
        ...carried.map((host) => hostRoute(fromCarrier, host.address, host.port)),
      ],
    };
  });
  return { rules: parts.flatMap((part) => part.rules), routes: parts.flatMap((part) => part.routes) };
}

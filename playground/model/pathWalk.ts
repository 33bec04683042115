import { isReservedInSubnet } from "./addresses.ts";
import type { CloudNode, Route, RouteTarget, Subnet } from "./cloud.ts";
import { formatAddress, formatPrefix, longestPrefixMatch, prefixContains } from "./ip.ts";
import { present } from "./parsed.ts";
import { PathFilters } from "./pathFilters.ts";
import type { HopDetails, PathHops, WalkEnd } from "./pathHops.ts";
import { type Packet, type PathWorld, sameAddress, type VpcPort } from "./pathWorld.ts";
import type { ReasonCode } from "./reasonText.ts";
import { formatTarget } from "./resourceAttributes.ts";
import { edgeId, internetGatewayId, internetId, natGatewayId, nodeId, peeringConnectionId, routeEdgeId, subnetId, vpcId } from "./topologyIds.ts";

/** What a NAT gateway remembers of a flow, and gives back to its reply. */
export interface NatState {
  readonly gateway: string;
  readonly original: Packet;
}

/** More hops than this are a loop between NAT gateways. */
const mostTranslations = 8;
const dnsPort = 53;

/**
 * Walks one packet from interface to interface and writes a hop for every decision. A request (`forward`) is judged by the
 * security groups at both ends and leaves states behind; its reply (`return`) is judged by what is stateless, and needs them.
 */
export class PathWalk {
  private readonly world: PathWorld;
  private readonly hops: PathHops;
  private readonly filters: PathFilters;
  private readonly natStates: NatState[];
  private translations = 0;

  constructor(world: PathWorld, hops: PathHops, natStates: NatState[]) {
    this.world = world;
    this.hops = hops;
    this.filters = new PathFilters(world, hops);
    this.natStates = natStates;
  }

  /** A packet that an instance or a NAT gateway hands to its VPC's router. */
  fromPort(port: VpcPort, packet: Packet): WalkEnd {
    const resolver = port.kind === "instance" ? this.world.resolverByAddress(port.subnet.vpc, packet.destination) : undefined;
    if (resolver) return this.toResolver(port, resolver, packet);
    if (port.kind === "instance" && !this.filters.passesSecurityGroups(port, "egress", packet)) return { kind: "dropped" };
    const table = this.world.routeTable(port.subnet);
    const elements = [subnetId(port.subnet.name)];
    const route = longestPrefixMatch(table.routes, packet.destination);
    if (!route) return this.hops.drop("route-table", table.name, "no-route", packet, { values: { subnet: port.subnet.name, table: table.name }, elements });
    const destination = formatPrefix(route.prefix);
    const details: HopDetails = {
      decidedBy: `${destination} -> ${formatTarget(route.target)}`,
      values: { subnet: port.subnet.name, table: table.name, route: destination, target: formatTarget(route.target) },
      elements: [...elements, ...(route.target.kind === "local" || route.target.kind === "blackhole" ? [] : [routeEdgeId(port.subnet.name, destination)])],
    };
    if (route.target.kind === "blackhole") return this.hops.drop("route-table", table.name, "route-blackhole", packet, details);
    this.hops.write("route-table", table.name, "pass", this.reasonOf(route, port), packet, details);
    return this.toTarget(port, route.target, packet);
  }

  /**
   * A question to the VPC's own resolver: no route table, network ACL or security group has a say (VPC user guide, "Control subnet traffic with
   * network access control lists", "Control traffic to your AWS resources using security groups").
   */
  private toResolver(port: VpcPort, resolver: CloudNode, packet: Packet): WalkEnd {
    const { vpc } = port.subnet;
    const details: HopDetails = { values: { vpc, node: resolver.name }, elements: [vpcId(vpc), nodeId(resolver.name)] };
    if (packet.protocol === "icmp" || packet.ports?.from !== dnsPort || packet.ports.to !== dnsPort) return this.hops.drop("resolver", resolver.name, "resolver-dns-alone", packet, details);
    this.hops.write("resolver", resolver.name, "pass", "to-resolver", packet, details);
    return { kind: "arrived", at: resolver, packet };
  }

  /** The answer of a VPC's own resolver, to whoever of the VPC asked. */
  fromResolver(resolver: CloudNode, packet: Packet): WalkEnd {
    const vpc = resolver.interfaces.flatMap(({ attachment }) => (attachment.kind === "vpc" ? [attachment.vpc] : []))[0] ?? "";
    const port = this.world.portByAddress(vpc, packet.destination);
    const details: HopDetails = { values: { vpc, node: resolver.name }, elements: [vpcId(vpc), nodeId(resolver.name)] };
    if (!port) return this.hops.drop("resolver", resolver.name, "address-unused", packet, details);
    this.hops.write("resolver", resolver.name, "pass", "from-resolver", packet, details);
    return { kind: "arrived", at: port, packet };
  }

  private reasonOf(route: Route, port: VpcPort): ReasonCode {
    if (route.target.kind === "local") return "route-local";
    const local = this.world.vpc(port.subnet.vpc).prefix;
    return route.prefix.length > local.length && prefixContains(local, { family: route.prefix.family, value: route.prefix.address }) ? "route-more-specific" : "route";
  }

  private toTarget(port: VpcPort, target: RouteTarget, packet: Packet): WalkEnd {
    switch (target.kind) {
      case "local":
        return this.toLocal(port.subnet.vpc, port.subnet, packet);
      case "instance":
        return this.throughInstance(present(this.world.instancePort(target.name), target.name), port, packet);
      case "nat-gateway":
        return this.throughNat(present(this.world.gatewayPort(target.name), target.name), port, packet);
      case "peering-connection":
        return this.throughPeering(target.name, port, packet);
      case "internet-gateway":
        return this.throughInternetGateway(target.name, port, packet);
      default:
        return { kind: "dropped" };
    }
  }

  /** Delivers to the interface of the VPC that has the address; the router itself answers nothing. */
  private toLocal(vpc: string, from: Subnet | undefined, packet: Packet): WalkEnd {
    const target = this.world.portByAddress(vpc, packet.destination);
    if (target) return this.arrive(target, from, packet);
    const subnet = this.world.subnetOfAddress(vpc, packet.destination);
    // Its own instances asked it before any route: who comes by another way is of another VPC (VPC peering guide, "VPC peering limitations").
    const resolver = this.world.resolverByAddress(vpc, packet.destination);
    if (resolver) return this.hops.drop("resolver", resolver.name, "resolver-of-others", packet, { values: { vpc, node: resolver.name }, elements: [nodeId(resolver.name)] });
    const reason = subnet && isReservedInSubnet(subnet.prefix, packet.destination) ? "address-reserved" : "address-unused";
    return this.hops.drop("route-table", subnet?.name ?? vpc, reason, packet, { values: { vpc, subnet: subnet?.name ?? "" }, elements: [subnet ? subnetId(subnet.name) : vpcId(vpc)] });
  }

  private throughInstance(via: VpcPort, port: VpcPort, packet: Packet): WalkEnd {
    if (sameAddress(via.address, packet.destination)) return this.arrive(via, port.subnet, packet);
    if (via.kind === "instance" && via.node.sourceDestCheck) {
      return this.hops.drop("source-check", via.name, "destination-check", packet, { values: { instance: via.name }, elements: [nodeId(via.name)] });
    }
    const crossed = this.filters.crossBoundary(port.subnet, via.subnet, packet);
    if (crossed) return crossed;
    if (!this.filters.passesSecurityGroups(via, "ingress", packet)) return { kind: "dropped" };
    if (via.kind === "instance" && via.node.isStopped) return this.hops.drop("node", via.name, "machine-stopped", packet, { values: { node: via.name }, elements: [nodeId(via.name)] });
    this.hops.write("node", via.name, "pass", "forwarded-by-instance", packet, { values: { instance: via.name }, elements: [nodeId(via.name)] });
    return { kind: "unknown" };
  }

  private throughNat(nat: VpcPort, port: VpcPort, packet: Packet): WalkEnd {
    const details: HopDetails = { values: { gateway: nat.name }, elements: [natGatewayId(nat.name)] };
    if (sameAddress(nat.address, packet.destination)) return this.arrive(nat, port.subnet, packet);
    if (port.kind === "nat-gateway" && port.name === nat.name) return this.hops.drop("nat-gateway", nat.name, "nat-loop", packet, details);
    const crossed = this.filters.crossBoundary(port.subnet, nat.subnet, packet);
    if (crossed) return crossed;
    // The gateway saw no request of this flow: a reply without its request is not translated.
    if (this.hops.direction === "return") return this.hops.drop("nat-gateway", nat.name, "nat-without-state", packet, details);
    if (++this.translations > mostTranslations) return this.hops.drop("nat-gateway", nat.name, "nat-loop", packet, details);
    this.natStates.push({ gateway: nat.name, original: packet });
    const translated = { ...packet, source: nat.address };
    this.hops.write("nat-gateway", nat.name, "translate", "nat-translated", translated, {
      values: { gateway: nat.name, before: formatAddress(packet.source), after: formatAddress(nat.address) },
      elements: [natGatewayId(nat.name)],
    });
    return this.fromPort(nat, translated);
  }

  private throughPeering(name: string, port: VpcPort, packet: Packet): WalkEnd {
    const connection = present(this.world.cloud.peeringConnections.find((candidate) => candidate.name === name), name);
    const here = port.subnet.vpc;
    const there = connection.vpc === here ? connection.peerVpc : connection.vpc;
    const id = peeringConnectionId(name);
    const elements = [id, edgeId(vpcId(connection.vpc), id), edgeId(id, vpcId(connection.peerVpc))];
    const crossed = this.filters.crossBoundary(port.subnet, undefined, packet);
    if (crossed) return crossed;
    if (!prefixContains(this.world.vpc(there).prefix, packet.destination) || !prefixContains(this.world.vpc(here).prefix, packet.source)) {
      return this.hops.drop("peering-connection", name, "peering-not-transitive", packet, { values: { peering: name, vpc: there, cidr: formatPrefix(this.world.vpc(there).prefix) }, elements });
    }
    this.hops.write("peering-connection", name, "pass", "peering", packet, { values: { peering: name, from: here, to: there }, elements });
    return this.toLocal(there, undefined, packet);
  }

  private throughInternetGateway(name: string, port: VpcPort, packet: Packet): WalkEnd {
    const elements = [internetGatewayId(name), edgeId(internetId, internetGatewayId(name))];
    const crossed = this.filters.crossBoundary(port.subnet, undefined, packet);
    if (crossed) return crossed;
    if (port.kind === "instance" && port.node.carries && prefixContains(port.node.carries, packet.source)) {
      this.hops.write("internet-gateway", name, "pass", "block-untranslated", packet, { values: { gateway: name, block: formatPrefix(port.node.carries) }, elements });
      return this.onInternet(packet);
    }
    if (!port.publicAddress || !sameAddress(packet.source, port.address)) {
      return this.hops.drop("internet-gateway", name, "no-public-address", packet, { values: { gateway: name, node: port.name }, elements });
    }
    const translated = { ...packet, source: port.publicAddress };
    this.hops.write("internet-gateway", name, "translate", "source-translated", translated, {
      values: { gateway: name, before: formatAddress(packet.source), after: formatAddress(port.publicAddress) },
      elements,
    });
    return this.onInternet(translated);
  }

  /** A packet on the lab's Internet: to a host, or to a public address behind the internet gateway of a VPC. */
  onInternet(packet: Packet): WalkEnd {
    const elements = [internetId];
    const internet = this.world.cloud.internet;
    if (!internet || !prefixContains(internet, packet.destination)) return this.hops.drop("internet", "internet", "not-on-internet", packet, { elements });
    const host = this.world.hostByAddress(packet.destination);
    const sender = this.world.hostByAddress(packet.source);
    const carrier = sender?.carrier ?? host?.carrier;
    if (carrier !== undefined && carrier !== host?.name && carrier !== sender?.name) this.hops.write("node", carrier, "pass", "carried", packet, { values: { carrier }, elements: [internetId, nodeId(carrier)] });
    if (host) {
      this.hops.write("internet", "internet", "pass", "internet", packet, { values: { node: host.name }, elements });
      return { kind: "arrived", at: host, packet };
    }
    const resolver = this.world.cloud.nodes.find((node) => node.kind === "resolver" && node.interfaces.some((entry) => sameAddress(entry.address, packet.destination)));
    if (resolver) return this.hops.drop("internet", "internet", "resolver-address", packet, { elements: [internetId, nodeId(resolver.name)] });
    const carrying = this.world.portByCarriedAddress(packet.destination);
    if (carrying) return this.intoBlock(carrying, packet);
    const port = this.world.portByPublicAddress(packet.destination);
    if (!port) return this.hops.drop("internet", "internet", "internet-unused", packet, { elements });
    const gateway = this.world.internetGateway(port.subnet.vpc);
    if (!gateway) return this.hops.drop("internet", "internet", "no-internet-gateway", packet, { values: { vpc: port.subnet.vpc, node: port.name }, elements });
    const translated = { ...packet, destination: port.address };
    this.hops.write("internet-gateway", gateway.name, "translate", "destination-translated", translated, {
      values: { gateway: gateway.name, before: formatAddress(packet.destination), after: formatAddress(port.address) },
      elements: [internetId, edgeId(internetId, internetGatewayId(gateway.name)), internetGatewayId(gateway.name)],
    });
    return this.arrive(port, undefined, translated);
  }

  /** The addresses of a cluster's services lead to one of its nodes as they are: the node itself gives the packet to a pod. */
  private intoBlock(port: VpcPort & { readonly kind: "instance" }, packet: Packet): WalkEnd {
    const elements = [internetId];
    const gateway = this.world.internetGateway(port.subnet.vpc);
    if (!gateway) return this.hops.drop("internet", "internet", "no-internet-gateway", packet, { values: { vpc: port.subnet.vpc, node: port.name }, elements });
    this.hops.write("internet-gateway", gateway.name, "pass", "block-to-node", packet, {
      values: { gateway: gateway.name, node: port.name, cluster: port.node.cluster ?? "" },
      elements: [...elements, edgeId(internetId, internetGatewayId(gateway.name)), internetGatewayId(gateway.name)],
    });
    return this.arrive(port, undefined, packet);
  }

  /** A packet at the door of an interface: network ACLs of the subnets that it crosses, then the security groups. */
  private arrive(port: VpcPort, from: Subnet | undefined, packet: Packet): WalkEnd {
    const crossed = this.filters.crossBoundary(from, port.subnet, packet);
    if (crossed) return crossed;
    if (port.kind === "nat-gateway") return this.arriveAtNat(port, packet);
    return this.filters.passesSecurityGroups(port, "ingress", packet) ? { kind: "arrived", at: port, packet } : { kind: "dropped" };
  }

  private arriveAtNat(nat: VpcPort, packet: Packet): WalkEnd {
    const elements = [natGatewayId(nat.name)];
    const state = this.natStates.at(-1);
    if (this.hops.direction === "forward" || !state || state.gateway !== nat.name || !sameAddress(packet.source, state.original.destination)) {
      return this.hops.drop("nat-gateway", nat.name, "nat-inbound", packet, { values: { gateway: nat.name }, elements });
    }
    this.natStates.pop();
    const restored = { ...packet, destination: state.original.source };
    this.hops.write("nat-gateway", nat.name, "translate", "nat-restored", restored, {
      values: { gateway: nat.name, before: formatAddress(packet.destination), after: formatAddress(restored.destination) },
      elements,
    });
    return this.fromPort(nat, restored);
  }
}

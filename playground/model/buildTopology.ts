import { targetGroupsOf } from "./balancing.ts";
import type { Cloud, CloudNode, HostedZone, RouteTarget } from "./cloud.ts";
import { formatAddress, formatPrefix } from "./ip.ts";
import type { Topology, TopologyBox, TopologyEdge, TopologyNode, TopologyZone } from "./topology.ts";
import { edgeId, internetGatewayId, internetId, natGatewayId, nodeId, peeringConnectionId, routeEdgeId, subnetId, switchId, targetEdgeId, vpcId } from "./topologyIds.ts";

/** The picture of a cloud as data: nested boxes, nodes in them and edges between them, in the order of the file. */
export function buildTopology(cloud: Cloud): Topology {
  return { boxes: boxesOf(cloud), nodes: [...cloud.nodes.map(nodeOf), ...gatewaysOf(cloud)], edges: edgesOf(cloud), ...(cloud.hostedZones.length > 0 ? { zones: cloud.hostedZones.map(zoneOf) } : {}) };
}

function zoneOf(zone: HostedZone): TopologyZone {
  return {
    name: zone.name,
    resourceId: zone.id,
    domain: zone.domain,
    ...(zone.vpcs === undefined ? {} : { vpcs: zone.vpcs.map(vpcId) }),
    records: zone.records.flatMap(({ name, type, ttl, values, alias }) => values.map((value) => ({ name, type, ttl, value, ...(alias === undefined ? {} : { alias }) }))),
  };
}

function boxesOf(cloud: Cloud): TopologyBox[] {
  return [
    ...(cloud.internet ? [{ id: internetId, kind: "internet" as const, name: "Internet", cidr: formatPrefix(cloud.internet) }] : []),
    ...cloud.vpcs.map((vpc): TopologyBox => ({ id: vpcId(vpc.name), kind: "vpc", name: vpc.name, cidr: formatPrefix(vpc.prefix), resourceId: vpc.id })),
    ...cloud.subnets.map((subnet): TopologyBox => ({
      id: subnetId(subnet.name),
      kind: "subnet",
      name: subnet.name,
      cidr: formatPrefix(subnet.prefix),
      parent: vpcId(subnet.vpc),
      isPublic: subnet.isPublic,
      zone: subnet.zone,
      resourceId: subnet.id,
      routeTable: subnet.routeTable,
      ...(subnet.networkAcl === undefined ? {} : { networkAcl: subnet.networkAcl }),
    })),
    ...cloud.switches.map((name): TopologyBox => ({ id: switchId(name), kind: "switch", name })),
  ];
}

function nodeOf(node: CloudNode): TopologyNode {
  const first = node.interfaces[0];
  const parents = { subnet: (name: string) => subnetId(name), internet: () => internetId } as const;
  const attachment = first?.attachment;
  const parent = attachment?.kind === "subnet" ? parents.subnet(attachment.subnet) : attachment?.kind === "internet" ? parents.internet() : attachment?.kind === "vpc" ? vpcId(attachment.vpc) : undefined;
  return {
    id: nodeId(node.name),
    kind: node.kind,
    role: node.role,
    name: node.name,
    ...(first?.address ? { address: formatAddress(first.address) } : {}),
    ...(first?.publicAddress ? { publicAddress: formatAddress(first.publicAddress) } : {}),
    ...(parent === undefined ? {} : { parent }),
    resourceId: node.id,
    terminal: node.terminal,
    ...(node.cluster === undefined ? {} : { cluster: node.cluster }),
    securityGroups: [...(first?.securityGroups ?? [])],
    services: [...node.services],
  };
}

function gatewaysOf(cloud: Cloud): TopologyNode[] {
  const common = { terminal: false, securityGroups: [], services: [] };
  return [
    ...cloud.internetGateways.map((gateway): TopologyNode => ({
      id: internetGatewayId(gateway.name),
      kind: "internet-gateway",
      role: "internet-gateway",
      name: gateway.name,
      parent: vpcId(gateway.vpc),
      resourceId: gateway.id,
      ...common,
    })),
    ...cloud.natGateways.map((gateway): TopologyNode => ({
      id: natGatewayId(gateway.name),
      kind: "nat-gateway",
      role: "nat-gateway",
      name: gateway.name,
      address: formatAddress(gateway.privateAddress),
      publicAddress: formatAddress(gateway.publicAddress),
      parent: subnetId(gateway.subnet),
      resourceId: gateway.id,
      ...common,
    })),
    ...cloud.peeringConnections.map((connection): TopologyNode => ({
      id: peeringConnectionId(connection.name),
      kind: "peering-connection",
      role: "peering-connection",
      name: connection.name,
      resourceId: connection.id,
      ...common,
    })),
  ];
}

/** Id of the element at which a route ends; undefined for `local` and `blackhole`. */
export function targetElement(target: RouteTarget): string | undefined {
  switch (target.kind) {
    case "internet-gateway":
      return internetGatewayId(target.name);
    case "nat-gateway":
      return natGatewayId(target.name);
    case "peering-connection":
      return peeringConnectionId(target.name);
    case "instance":
      return nodeId(target.name);
    default:
      return undefined;
  }
}

function edgesOf(cloud: Cloud): TopologyEdge[] {
  const edge = (kind: TopologyEdge["kind"], from: string, to: string, label?: string): TopologyEdge => ({ id: edgeId(from, to), kind, from, to, ...(label === undefined ? {} : { label }) });
  const attachments = cloud.nodes.flatMap((node) =>
    node.interfaces.flatMap(({ attachment, name, address, prefixLength }) =>
      attachment.kind === "switch"
        ? [{ ...edge("attachment", nodeId(node.name), switchId(attachment.name), address ? `${formatAddress(address)}/${prefixLength ?? ""}` : name), id: edgeId(`${nodeId(node.name)}:${name}`, switchId(attachment.name)) }]
        : [],
    ),
  );
  return [
    ...(cloud.internet ? cloud.internetGateways.map((gateway) => edge("attachment", internetId, internetGatewayId(gateway.name))) : []),
    ...cloud.peeringConnections.flatMap((connection) => [
      edge("peering", vpcId(connection.vpc), peeringConnectionId(connection.name)),
      edge("peering", peeringConnectionId(connection.name), vpcId(connection.peerVpc)),
    ]),
    ...cloud.links.map((cable): TopologyEdge => ({
      id: edgeId(`${nodeId(cable.from.node)}:${cable.from.interface}`, `${nodeId(cable.to.node)}:${cable.to.interface}`),
      kind: "cable",
      from: nodeId(cable.from.node),
      to: nodeId(cable.to.node),
      label: `${cable.from.interface} – ${cable.to.interface}`,
    })),
    ...attachments,
    ...routeEdges(cloud),
    ...targetEdges(cloud),
  ];
}

/** One edge from each node of a balancer to each instance that a target group of it names. */
function targetEdges(cloud: Cloud): TopologyEdge[] {
  return cloud.loadBalancers.flatMap((balancer) => {
    const instances = new Map<string, string[]>();
    for (const group of targetGroupsOf(cloud, balancer.name)) {
      for (const { instance, port } of group.targets) instances.set(instance, [...(instances.get(instance) ?? []), `${group.name} :${port}`]);
    }
    return balancer.nodes.flatMap(({ node }) => [...instances].map(([instance, labels]): TopologyEdge => ({ id: targetEdgeId(node, instance), kind: "target", from: nodeId(node), to: nodeId(instance), label: labels.join(", ") })));
  });
}

/** One edge for every route of a subnet that leads to a gateway or an instance; the picture may hide them. */
function routeEdges(cloud: Cloud): TopologyEdge[] {
  return cloud.subnets.flatMap((subnet) => {
    const table = cloud.routeTables.find((candidate) => candidate.name === subnet.routeTable);
    return (table?.routes ?? []).flatMap((route): TopologyEdge[] => {
      const to = targetElement(route.target);
      const destination = formatPrefix(route.prefix);
      return to === undefined ? [] : [{ id: routeEdgeId(subnet.name, destination), kind: "route", from: subnetId(subnet.name), to, label: destination }];
    });
  });
}

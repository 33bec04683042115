import type { Topology, TopologyNode } from "../model/topology.ts";
import { peeringsOf } from "./gatewayLayout.ts";
import type { Layout, Point } from "./layoutTypes.ts";
import { connectStations, stationOf } from "./pathStations.ts";

/** The node that has an address, private or public; its own before one that only carries it. */
export function nodeAt(topology: Topology, address: string): TopologyNode | undefined {
  if (address === "") return undefined;
  return topology.nodes.find((node) => node.address === address) ?? topology.nodes.find((node) => node.publicAddress === address);
}

/**
 * The line on which a packet between two addresses is drawn: from one node to the other, through the gateway or the peering
 * connection that joins where they are. Undefined where one of the two is not in the picture, or both are the same.
 */
export function packetRoute(topology: Topology, layout: Layout, source: string, destination: string): readonly Point[] | undefined {
  const [from, to] = [nodeAt(topology, source), nodeAt(topology, destination)];
  if (from === undefined || to === undefined || from.id === to.id) return undefined;
  const [here, there] = [vpcOf(topology, from), vpcOf(topology, to)];
  const ids = [from.id, ...between(topology, from, here, to, there), to.id];
  const stations = ids.flatMap((id) => stationOf(topology, layout, id) ?? []);
  if (stations.length < 2 || stations.length !== ids.length) return undefined;
  const points = stations.slice(1).flatMap((station, index) => connectStations(layout, stations[index] ?? station, station));
  return points.length < 2 ? undefined : points;
}

/** Ids of what a packet passes on the way, as far as the picture tells. */
function between(topology: Topology, from: TopologyNode, here: string | undefined, to: TopologyNode, there: string | undefined): string[] {
  if (here === there) return [];
  if (here !== undefined && there !== undefined) {
    const peering = peeringsOf(topology).find((one) => (one.from === here && one.to === there) || (one.from === there && one.to === here));
    return peering === undefined ? [] : [peering.id];
  }
  const vpc = here ?? there;
  const gateway = topology.nodes.find((node) => node.kind === "internet-gateway" && node.parent === vpc)?.id;
  const inside = here === undefined ? to : from;
  // What has no public address leaves by the NAT gateway of its VPC.
  const nat = inside.publicAddress !== undefined || inside.kind === "nat-gateway" ? undefined : topology.nodes.find((node) => node.kind === "nat-gateway" && vpcOf(topology, node) === vpc)?.id;
  const way = [nat, gateway].filter((id) => id !== undefined);
  return here === undefined ? way.reverse() : way;
}

function vpcOf(topology: Topology, node: TopologyNode): string | undefined {
  let box = topology.boxes.find((candidate) => candidate.id === node.parent);
  while (box !== undefined && box.kind !== "vpc") {
    const { parent } = box;
    box = topology.boxes.find((candidate) => candidate.id === parent);
  }
  return box?.id;
}

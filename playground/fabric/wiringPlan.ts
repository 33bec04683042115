import type { Cloud, NatGateway, NetworkInterface, Subnet, Vpc } from "../model/cloud.ts";
import { formatAddress, formatPrefix } from "../model/ip.ts";
import { linkAddresses, portName, shortName } from "./names.ts";

/**
 * What the router of one VPC must know about its neighbours, worked out once and read by the routes and by the filter:
 * which port belongs to whom, and where the links to the Internet and to peers are.
 */
export interface RouterPlan {
  readonly vpc: Vpc;
  readonly subnets: readonly Subnet[];
  readonly ports: readonly RouterPort[];
  /** Undefined when the VPC has no internet gateway. */
  readonly internet: { readonly port: string; readonly routerAddress: string; readonly internetAddress: string; readonly internetPort: string } | undefined;
  readonly peers: readonly PeerLink[];
  /** Undefined where the VPC has no private zones, and so no resolver of its own. */
  readonly resolver: { readonly port: string; readonly address: string } | undefined;
}
/** One elastic network interface as its VPC router sees it. */
export interface RouterPort {
  readonly port: string;
  readonly owner: string;
  readonly kind: "instance" | "nat-gateway";
  readonly subnet: string;
  readonly address: string;
  readonly publicAddress: string | undefined;
  readonly sourceDestCheck: boolean;
  /** Public range that is led to the port untranslated. */
  readonly carries?: string;
  readonly securityGroups: readonly string[];
}
export interface PeerLink {
  readonly name: string;
  readonly port: string;
  readonly ownAddress: string;
  readonly peerAddress: string;
  readonly peer: Vpc;
}

/** Plans every VPC router of the cloud, in the cloud's order. */
export function planRouters(cloud: Cloud): RouterPlan[] {
  return cloud.vpcs.map((vpc, index) => {
    const hasGateway = cloud.internet !== undefined && cloud.internetGateways.some((gateway) => gateway.vpc === vpc.name);
    const link = linkAddresses(index);
    return {
      vpc,
      subnets: cloud.subnets.filter((subnet) => subnet.vpc === vpc.name),
      ports: [...instancePorts(cloud, vpc), ...natPorts(cloud, vpc)],
      internet: hasGateway
        ? { port: "igw", routerAddress: link.far, internetAddress: link.near, internetPort: shortName("v", vpc.id) }
        : undefined,
      peers: peerLinks(cloud, vpc),
      resolver: resolverLink(cloud, vpc),
    };
  });
}

function instancePorts(cloud: Cloud, vpc: Vpc): RouterPort[] {
  return cloud.nodes.flatMap((node) =>
    node.interfaces.flatMap((networkInterface): RouterPort[] => {
      const { attachment, address } = networkInterface;
      if (attachment.kind !== "subnet" || attachment.vpc !== vpc.name || !address) return [];
      return [
        {
          port: portName(networkInterface),
          owner: node.name,
          kind: "instance",
          subnet: attachment.subnet,
          address: formatAddress(address),
          publicAddress: publicAddressOf(networkInterface),
          sourceDestCheck: node.sourceDestCheck,
          ...(node.carries ? { carries: formatPrefix(node.carries) } : {}),
          securityGroups: networkInterface.securityGroups,
        },
      ];
    }),
  );
}

function publicAddressOf(networkInterface: NetworkInterface): string | undefined {
  return networkInterface.publicAddress && formatAddress(networkInterface.publicAddress);
}

function natPorts(cloud: Cloud, vpc: Vpc): RouterPort[] {
  return cloud.natGateways
    .filter((gateway) => gateway.vpc === vpc.name)
    .map((gateway) => ({
      port: natPortName(gateway),
      owner: gateway.name,
      kind: "nat-gateway" as const,
      subnet: gateway.subnet,
      address: formatAddress(gateway.privateAddress),
      publicAddress: formatAddress(gateway.publicAddress),
      // A NAT gateway carries other machines' packets by trade.
      sourceDestCheck: false,
      securityGroups: [],
    }));
}

function resolverLink(cloud: Cloud, vpc: Vpc): RouterPlan["resolver"] {
  const entry = cloud.nodes.flatMap((node) => node.interfaces).find(({ attachment }) => attachment.kind === "vpc" && attachment.vpc === vpc.name);
  return entry?.address && { port: portName(entry), address: formatAddress(entry.address) };
}

/** The router's port towards a NAT gateway. */
export function natPortName(gateway: Pick<NatGateway, "id">): string {
  return shortName("n", gateway.id);
}

function peerLinks(cloud: Cloud, vpc: Vpc): PeerLink[] {
  return cloud.peeringConnections.flatMap((peering, index): PeerLink[] => {
    const isRequester = peering.vpc === vpc.name;
    if (!isRequester && peering.peerVpc !== vpc.name) return [];
    const peer = cloud.vpcs.find((candidate) => candidate.name === (isRequester ? peering.peerVpc : peering.vpc));
    if (!peer) return [];
    const { near, far } = linkAddresses(cloud.vpcs.length + index);
    return [
      {
        name: peering.name,
        port: shortName("p", peering.id),
        ownAddress: isRequester ? near : far,
        peerAddress: isRequester ? far : near,
        peer,
      },
    ];
  });
}

import type { Cloud, CloudNode, InternetGateway, NatGateway, NetworkAcl, PortRange, RouteTable, SecurityGroup, Subnet, Vpc } from "./cloud.ts";
import { type IpAddress, prefixContains } from "./ip.ts";
import { present } from "./parsed.ts";

/** A packet as the path sees it. */
export interface Packet {
  readonly protocol: "tcp" | "udp" | "icmp";
  readonly source: IpAddress;
  readonly destination: IpAddress;
  /** Destination ports that it may have: one for a request, the range of ephemeral ports for its reply, none for ICMP. */
  readonly ports: PortRange | undefined;
}

/** An interface in a VPC: that of an instance, or of a NAT gateway. */
export type VpcPort = {
  readonly name: string;
  readonly subnet: Subnet;
  readonly address: IpAddress;
  readonly publicAddress: IpAddress | undefined;
} & ({ readonly kind: "instance"; readonly node: CloudNode } | { readonly kind: "nat-gateway"; readonly gateway: NatGateway });

/** Ports from which Linux opens connections (net.ipv4.ip_local_port_range): where replies go to. */
export const ephemeralPorts: PortRange = { from: 32768, to: 60999 };

export const sameAddress = (a: IpAddress | undefined, b: IpAddress | undefined): boolean => a !== undefined && b !== undefined && a.family === b.family && a.value === b.value;

/** Look-ups in a cloud that the path needs at every hop. */
export class PathWorld {
  readonly cloud: Cloud;
  readonly ports: readonly VpcPort[];

  constructor(cloud: Cloud) {
    this.cloud = cloud;
    this.ports = [...cloud.nodes.flatMap((node) => this.portsOfNode(node)), ...cloud.natGateways.map((gateway) => this.portOfGateway(gateway))];
  }

  private portsOfNode(node: CloudNode): VpcPort[] {
    return node.interfaces.flatMap(({ attachment, address, publicAddress }): VpcPort[] =>
      attachment.kind === "subnet" && address ? [{ kind: "instance", name: node.name, node, subnet: this.subnet(attachment.subnet), address, publicAddress }] : [],
    );
  }

  private portOfGateway(gateway: NatGateway): VpcPort {
    return { kind: "nat-gateway", name: gateway.name, gateway, subnet: this.subnet(gateway.subnet), address: gateway.privateAddress, publicAddress: gateway.publicAddress };
  }

  subnet(name: string): Subnet {
    return present(this.cloud.subnets.find((subnet) => subnet.name === name), `subnet ${name}`);
  }

  vpc(name: string): Vpc {
    return present(this.cloud.vpcs.find((vpc) => vpc.name === name), `VPC ${name}`);
  }

  routeTable(subnet: Subnet): RouteTable {
    return present(this.cloud.routeTables.find((table) => table.name === subnet.routeTable), `route table ${subnet.routeTable}`);
  }

  networkAcl(subnet: Subnet): NetworkAcl | undefined {
    return this.cloud.networkAcls.find((acl) => acl.name === subnet.networkAcl);
  }

  internetGateway(vpc: string): InternetGateway | undefined {
    return this.cloud.internetGateways.find((gateway) => gateway.vpc === vpc);
  }

  securityGroups(port: VpcPort): SecurityGroup[] {
    if (port.kind !== "instance") return [];
    const keys = port.node.interfaces.flatMap((candidate) => candidate.securityGroups);
    return this.cloud.securityGroups.filter((group) => keys.includes(group.key));
  }

  /** Private addresses of the members of a security group. */
  members(key: string): IpAddress[] {
    return this.cloud.nodes.flatMap((node) => node.interfaces.flatMap(({ securityGroups, address }) => (securityGroups.includes(key) && address ? [address] : [])));
  }

  instancePort(name: string): VpcPort | undefined {
    return this.ports.find((port) => port.kind === "instance" && port.name === name);
  }

  gatewayPort(name: string): VpcPort | undefined {
    return this.ports.find((port) => port.kind === "nat-gateway" && port.name === name);
  }

  portByAddress(vpc: string, address: IpAddress): VpcPort | undefined {
    return this.ports.find((port) => port.subnet.vpc === vpc && sameAddress(port.address, address));
  }

  portByPublicAddress(address: IpAddress): VpcPort | undefined {
    return this.ports.find((port) => sameAddress(port.publicAddress, address));
  }

  /** The interface to whose machine a public range leads that has the address. */
  portByCarriedAddress(address: IpAddress): (VpcPort & { readonly kind: "instance" }) | undefined {
    return this.ports.find((port): port is VpcPort & { readonly kind: "instance" } => port.kind === "instance" && port.node.carries !== undefined && prefixContains(port.node.carries, address));
  }

  hostByAddress(address: IpAddress): CloudNode | undefined {
    return this.cloud.nodes.find((node) => node.kind === "internet-host" && sameAddress(node.interfaces[0]?.address, address));
  }

  /** The VPC's own resolver, if that is who has the address. */
  resolverByAddress(vpc: string, address: IpAddress): CloudNode | undefined {
    return this.cloud.nodes.find((node) => node.interfaces.some(({ attachment, address: own }) => attachment.kind === "vpc" && attachment.vpc === vpc && sameAddress(own, address)));
  }

  subnetOfAddress(vpc: string, address: IpAddress): Subnet | undefined {
    return this.cloud.subnets.find((subnet) => subnet.vpc === vpc && prefixContains(subnet.prefix, address));
  }
}

import type { Balancing } from "./balancing.ts";
import type { IpAddress, IpPrefix } from "./ip.ts";
import type { DeviceName, Protocol, Role, ServiceName } from "./network.ts";
import type { RecordType } from "./records.ts";

/**
 * The cloud of one lab, resolved: every reference looked up, every default filled in, every address allocated and parsed.
 * The compiler, the prediction and the topology read this and nothing else. Made by `resolveCloud` (resolve.ts).
 */
export interface Cloud extends Balancing {
  readonly lab: string;
  readonly internet: IpPrefix | undefined;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly internetGateways: readonly InternetGateway[];
  readonly natGateways: readonly NatGateway[];
  readonly elasticIps: readonly ElasticIp[];
  readonly peeringConnections: readonly PeeringConnection[];
  /** With one implicit main table for every VPC that declares none. */
  readonly routeTables: readonly RouteTable[];
  /** With one group named `default` (key `VPC/default`) for every VPC. */
  readonly securityGroups: readonly SecurityGroup[];
  readonly networkAcls: readonly NetworkAcl[];
  readonly keyPairs: readonly KeyPair[];
  readonly clusters: readonly Cluster[];
  readonly nodes: readonly CloudNode[];
  readonly hostedZones: readonly HostedZone[];
  /** Who serves every hosted zone: name of the server, and the machine that it is. */
  readonly hostedZoneServers: readonly { readonly name: string; readonly node: string }[];
  readonly switches: readonly string[];
  readonly links: readonly Cable[];
  readonly names: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** By `KIND.NAME`, of those resources that have any. They say something to people and to the plan, and nothing to the wiring. */
  readonly tags: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** `id` is in the vendor's form (`vpc-0a1b…`), derived from lab, kind and name, so it survives a restart. */
export interface Resource {
  readonly name: string;
  readonly id: string;
}
export interface Vpc extends Resource {
  readonly prefix: IpPrefix;
  /** What the student wrote: whom its instances ask for names. */
  readonly nameServers: readonly IpAddress[];
  /** Address of the VPC's own resolver, where it has private zones to answer for: the base of its range plus two. */
  readonly resolver: IpAddress | undefined;
}
export interface Subnet extends Resource {
  readonly vpc: string;
  readonly prefix: IpPrefix;
  readonly zone: string;
  /** Instances in it get a public address of the lab's pool; which, is said of each instance. */
  readonly mapsPublicAddresses: boolean;
  /** Name of the route table in force: the associated one, else the VPC's main one. */
  readonly routeTable: string;
  /** Name of the network ACL, or undefined for the default one, which allows everything. */
  readonly networkAcl: string | undefined;
  /** True when its route table has a route to an internet gateway. */
  readonly isPublic: boolean;
}
export interface InternetGateway extends Resource {
  readonly vpc: string;
}
export interface NatGateway extends Resource {
  readonly vpc: string;
  readonly subnet: string;
  readonly privateAddress: IpAddress;
  readonly publicAddress: IpAddress;
}
export interface ElasticIp extends Resource {
  readonly address: IpAddress;
  /** What it is associated with: name of an instance, NAT gateway, load balancer or node of a cluster. */
  readonly association: { readonly kind: "instance" | "nat-gateway" | "load-balancer" | "cluster-node"; readonly name: string } | undefined;
}
export interface PeeringConnection extends Resource {
  readonly vpc: string;
  readonly peerVpc: string;
}
export type RouteTarget =
  | { readonly kind: "local" }
  | { readonly kind: "blackhole" }
  | { readonly kind: "internet-gateway" | "nat-gateway" | "peering-connection" | "instance"; readonly name: string };
export interface Route {
  readonly prefix: IpPrefix;
  readonly target: RouteTarget;
}
export interface RouteTable extends Resource {
  readonly vpc: string;
  readonly isMain: boolean;
  /** The `local` route of the VPC first, then the routes as written. */
  readonly routes: readonly Route[];
}
/** Ports are inclusive; `undefined` means every port (and always for `icmp` and `all`). */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}
export interface SecurityGroupRuleResolved {
  readonly protocol: Protocol;
  readonly ports: PortRange | undefined;
  readonly prefixes: readonly IpPrefix[];
  /** Keys of groups (`vpc/name`) whose members' private addresses match. */
  readonly groups: readonly string[];
  readonly description: string | undefined;
}
export interface SecurityGroup extends Resource {
  /** `VPC/NAME`: unique over the lab, also for the default groups. */
  readonly key: string;
  readonly vpc: string;
  readonly ingress: readonly SecurityGroupRuleResolved[];
  readonly egress: readonly SecurityGroupRuleResolved[];
}
export interface NetworkAclRuleResolved {
  readonly number: number;
  readonly action: "allow" | "deny";
  readonly protocol: Protocol;
  readonly ports: PortRange | undefined;
  readonly prefix: IpPrefix;
}
export interface NetworkAcl extends Resource {
  readonly vpc: string;
  /** Sorted by rule number; the first match decides, no match denies. */
  readonly ingress: readonly NetworkAclRuleResolved[];
  readonly egress: readonly NetworkAclRuleResolved[];
}
export interface KeyPair extends Resource {
  /** One OpenSSH line, or undefined when Rempart makes the pair. */
  readonly publicKey: string | undefined;
}
/** A Kubernetes cluster. Its nodes are in `nodes` as well, as machines of the kind `cluster-node`. */
export interface Cluster extends Resource {
  /** `1.37` */
  readonly version: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly podPrefix: IpPrefix;
  readonly servicePrefix: IpPrefix;
  /** Range of the lab's Internet from which services of type LoadBalancer have their addresses. */
  readonly loadBalancerPrefix: IpPrefix | undefined;
  /** `NAME:TAG` of the catalogue's images that its nodes have. */
  readonly images: readonly string[];
  /** The control plane first. */
  readonly members: readonly ClusterMember[];
}
export interface ClusterMember {
  readonly node: string;
  readonly role: "control-plane" | "worker";
  readonly elasticIp: string | undefined;
  readonly address: IpAddress;
  readonly publicAddress: IpAddress | undefined;
}
export interface HostedZone extends Resource {
  readonly domain: string;
  /** VPCs for which alone a private zone is there; undefined for a public one. */
  readonly vpcs: readonly string[] | undefined;
  /** Whether its name servers sign it (DNSSEC). */
  readonly signs: boolean;
  readonly records: readonly HostedRecords[];
}
/** A record set with its values looked up. Those of an alias are what it leads to now. */
export interface HostedRecords {
  /** Relative to the zone, or '@'. */
  readonly name: string;
  readonly type: RecordType;
  readonly ttl: number;
  readonly values: readonly string[];
  /** The instance that an alias names. */
  readonly alias: string | undefined;
}
/** Where an interface ends. */
export type Attachment =
  | { readonly kind: "subnet"; readonly vpc: string; readonly subnet: string }
  /** The VPC's own, beside all its subnets: where its resolver is. */
  | { readonly kind: "vpc"; readonly vpc: string }
  | { readonly kind: "internet" }
  | { readonly kind: "switch"; readonly name: string }
  | { readonly kind: "cable"; readonly index: number; readonly end: "from" | "to" };
export interface NetworkInterface {
  /** `eni-…` */
  readonly id: string;
  /** Name inside the machine: `eth0`. */
  readonly name: string;
  readonly attachment: Attachment;
  /** Undefined where the student gives the address. */
  readonly address: IpAddress | undefined;
  readonly prefixLength: number | undefined;
  /** Default gateway that a machine of `lab.yml` has by this interface; undefined in subnets and on the Internet, whose .1 it is. */
  readonly gateway: IpAddress | undefined;
  /** The public address that the internet gateway translates to this interface. */
  readonly publicAddress: IpAddress | undefined;
  /** Keys of security groups; empty outside VPCs, where there are none. */
  readonly securityGroups: readonly string[];
}
export interface CloudNode extends Resource {
  /** `resolver`: a VPC's own, which nobody declares and the provider keeps; `cluster-node`: made by kind, and not by us. */
  readonly kind: "instance" | "internet-host" | "machine" | "load-balancer" | "resolver" | "cluster-node";
  /** Name of the cluster of a node of the kind `cluster-node`. */
  readonly cluster?: string;
  /** Public range that leads to the machine untranslated, beside its own addresses. */
  readonly carries?: IpPrefix;
  /** Cluster whose kubeconfig the machine's user has. */
  readonly kubeconfig?: string | undefined;
  readonly role: Role;
  readonly image: string;
  readonly interfaces: readonly NetworkInterface[];
  readonly sourceDestCheck: boolean;
  /** Host of the lab's Internet through which everything from and to this one passes. */
  readonly carrier?: string | undefined;
  readonly services: readonly ServiceName[];
  /** TCP ports on which something listens: those of the services and the declared ones. */
  readonly listens: readonly number[];
  readonly keyPair: string | undefined;
  /** Key pair whose private half the machine has from its first boot. */
  readonly holdsKeyPair: string | undefined;
  readonly userData: string;
  readonly capabilities: readonly ("NET_ADMIN" | "NET_RAW")[];
  readonly devices: readonly DeviceName[];
  readonly files: readonly { readonly path: string; readonly content: string; readonly mode: string }[];
  /** Address of the resolver that the machine asks; undefined where names come from the lab alone. */
  readonly resolver: IpAddress | undefined;
  /** Whether the student gets a terminal in it. */
  readonly terminal: boolean;
  /** It was switched off on purpose, and does not run (`applyBreakages.ts`). */
  readonly isStopped?: true;
}
export interface Cable {
  readonly from: { readonly node: string; readonly interface: string };
  readonly to: { readonly node: string; readonly interface: string };
}

/** TCP ports on which each service of the instance image listens. */
export const servicePorts: Readonly<Record<ServiceName, readonly number[]>> = {
  ssh: [22],
  app: [8080],
  whoami: [80],
  proxy: [3128],
  database: [5432],
  nginx: [],
  dns: [53],
  resolver: [53],
};

/** TCP ports of which the student's own configuration of a service says whether it listens. */
export const configuredPorts: Readonly<Partial<Record<ServiceName, readonly number[]>>> = { nginx: [80, 443] };

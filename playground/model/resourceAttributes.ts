import { balancingResources } from "./balancingAttributes.ts";
import { clusterResources } from "./clusterAttributes.ts";
import type { Cloud, CloudNode, NetworkAclRuleResolved, PortRange, RouteTarget, SecurityGroupRuleResolved } from "./cloud.ts";
import { stableHash } from "./ids.ts";
import { formatAddress, formatPrefix } from "./ip.ts";
import type { ResourceKind } from "./network.ts";
import { mainTableName } from "./resolveRules.ts";

/** One attribute of a resource as the plan compares it. */
export interface Attribute {
  readonly path: string;
  readonly value: string;
  /** A change of it makes a new resource, as in the AWS provider. */
  readonly forcesReplacement: boolean;
  /** The resource that it names: when that one is replaced, this one is too (for those that force replacement). */
  readonly reference?: { readonly kind: ResourceKind; readonly name: string };
}

/** One resource of the cloud as the plan compares it. Attributes with the same path are the entries of a set. */
export interface ComparableResource {
  readonly kind: ResourceKind;
  readonly name: string;
  readonly id: string;
  readonly attributes: readonly Attribute[];
}

export const changes = (path: string, value: string | undefined): Attribute[] => (value === undefined ? [] : [{ path, value, forcesReplacement: false }]);
export const replaces = (path: string, value: string | undefined): Attribute[] => (value === undefined ? [] : [{ path, value, forcesReplacement: true }]);
export const inside = (path: string, kind: ResourceKind, name: string): Attribute => ({ path, value: name, forcesReplacement: true, reference: { kind, name } });

/** Makes resources of a cloud comparable, each with its tags. */
export const comparable =
  (cloud: Pick<Cloud, "tags">) =>
  (kind: ResourceKind, { name, id }: { name: string; id: string }, ...attributes: (Attribute | Attribute[])[]): ComparableResource => ({
    kind,
    name,
    id,
    attributes: [...attributes.flat(), ...Object.entries(cloud.tags[`${kind}.${name}`] ?? {}).flatMap(([tag, value]) => changes(`tags.${tag}`, value))],
  });

/** Ports of a rule as the student reads them: `22`, `8000-8099` or `all`. */
export function formatPorts(ports: PortRange | undefined): string {
  if (!ports) return "all";
  return ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`;
}

const portsText = (protocol: string, ports: PortRange | undefined): string => (protocol === "tcp" || protocol === "udp" ? `${protocol} ${formatPorts(ports)}` : protocol);

/** One security group rule in one line: `tcp 22 from 0.0.0.0/0`. */
export function formatSecurityGroupRule(rule: SecurityGroupRuleResolved, direction: "ingress" | "egress"): string {
  const peers = [...rule.prefixes.map(formatPrefix), ...rule.groups.map((key) => key.split("/")[1] ?? key)].join(", ");
  return `${portsText(rule.protocol, rule.ports)} ${direction === "ingress" ? "from" : "to"} ${peers}`;
}

/** One network ACL rule in one line: `100 allow tcp 22 from 0.0.0.0/0`. */
export function formatNetworkAclRule(rule: NetworkAclRuleResolved, direction: "ingress" | "egress"): string {
  return `${rule.number} ${rule.action} ${portsText(rule.protocol, rule.ports)} ${direction === "ingress" ? "from" : "to"} ${formatPrefix(rule.prefix)}`;
}

/** What a route leads to, as the student writes it. */
export function formatTarget(target: RouteTarget): string {
  return "name" in target ? target.name : target.kind;
}

/** Everything of the cloud that `network.yml` describes, in the order of creation; what comes by itself is left out. */
export function comparableResources(cloud: Cloud): ComparableResource[] {
  const of = comparable(cloud);
  return [
    ...cloud.vpcs.map((vpc) => of("vpcs", vpc, replaces("cidr_block", formatPrefix(vpc.prefix)), vpc.nameServers.flatMap((address) => changes("domain_name_servers", formatAddress(address))))),
    ...cloud.subnets.map((subnet) =>
      of(
        "subnets",
        subnet,
        inside("vpc", "vpcs", subnet.vpc),
        replaces("cidr_block", formatPrefix(subnet.prefix)),
        replaces("availability_zone", subnet.zone),
        changes("map_public_ip_on_launch", String(subnet.mapsPublicAddresses)),
        changes("route_table", subnet.routeTable),
        changes("network_acl", subnet.networkAcl),
      ),
    ),
    ...cloud.internetGateways.map((gateway) => of("internet_gateways", gateway, changes("vpc", gateway.vpc))),
    ...cloud.elasticIps.map((elasticIp) =>
      of("elastic_ips", elasticIp, replaces("public_ip", formatAddress(elasticIp.address)), changes((elasticIp.association?.kind ?? "instance").replaceAll("-", "_"), elasticIp.association?.name)),
    ),
    ...cloud.natGateways.map((gateway) =>
      of("nat_gateways", gateway, inside("subnet", "subnets", gateway.subnet), replaces("private_ip", formatAddress(gateway.privateAddress)), replaces("public_ip", formatAddress(gateway.publicAddress))),
    ),
    ...cloud.peeringConnections.map((connection) => of("peering_connections", connection, inside("vpc", "vpcs", connection.vpc), inside("peer_vpc", "vpcs", connection.peerVpc))),
    ...cloud.routeTables
      .filter((table) => !(table.isMain && table.name === mainTableName(table.vpc) && table.routes.length === 1))
      .map((table) =>
        of("route_tables", table, inside("vpc", "vpcs", table.vpc), changes("main", String(table.isMain)), table.routes.slice(1).flatMap((route) => changes(`routes[${formatPrefix(route.prefix)}]`, formatTarget(route.target)))),
      ),
    ...cloud.securityGroups
      .filter((group) => group.name !== "default")
      .map((group) =>
        of(
          "security_groups",
          group,
          inside("vpc", "vpcs", group.vpc),
          group.ingress.flatMap((rule) => changes("ingress", formatSecurityGroupRule(rule, "ingress"))),
          group.egress.flatMap((rule) => changes("egress", formatSecurityGroupRule(rule, "egress"))),
        ),
      ),
    ...cloud.networkAcls.map((acl) =>
      of(
        "network_acls",
        acl,
        inside("vpc", "vpcs", acl.vpc),
        acl.ingress.flatMap((rule) => changes("ingress", formatNetworkAclRule(rule, "ingress"))),
        acl.egress.flatMap((rule) => changes("egress", formatNetworkAclRule(rule, "egress"))),
      ),
    ),
    ...cloud.keyPairs.map((keyPair) => of("key_pairs", keyPair, replaces("public_key", keyPair.publicKey ?? "generated"))),
    ...cloud.nodes.filter((node) => node.kind === "instance").map((node) => of("instances", node, instanceAttributes(cloud, node))),
    ...clusterResources(cloud),
    ...balancingResources(cloud),
    ...cloud.hostedZones.map((zone) =>
      // A public zone cannot become private, nor the other way round (API reference of Route 53, "CreateHostedZone"): it is another zone.
      of("hosted_zones", zone, replaces("name", zone.domain), changes("dnssec.signing_status", zone.signs ? "SIGNING" : undefined), replaces("private_zone", zone.vpcs && "true"), (zone.vpcs ?? []).flatMap((vpc) => changes("vpcs", vpc)), zone.records.flatMap((set) => [...changes(`records[${set.name} ${set.type}].ttl`, String(set.ttl)), ...changes(`records[${set.name} ${set.type}].alias`, set.alias), ...set.values.flatMap((value) => changes(`records[${set.name} ${set.type}]`, value))])),
    ),
  ];
}

/** Long texts are compared by a digest: the plan says that they change, the file says how. */
function digest(text: string): string {
  return `${stableHash(text).toString(16).padStart(32, "0").slice(0, 12)} (${new TextEncoder().encode(text).length} B)`;
}

function instanceAttributes(cloud: Cloud, node: CloudNode): Attribute[] {
  const first = node.interfaces[0];
  const attachment = first?.attachment;
  const hasElasticIp = cloud.elasticIps.some(({ association }) => association?.kind === "instance" && association.name === node.name);
  return [
    ...(attachment?.kind === "subnet" ? [inside("subnet", "subnets", attachment.subnet)] : []),
    ...replaces("private_ip", first?.address && formatAddress(first.address)),
    // The address of an elastic IP is that resource's change, not the instance's.
    ...changes("public_ip", hasElasticIp ? undefined : first?.publicAddress && formatAddress(first.publicAddress)),
    ...replaces("image", node.image),
    // An instance takes the key at its first boot: another key under the same name means another instance.
    ...(node.keyPair === undefined ? [] : [inside("key_pair", "key_pairs", node.keyPair)]),
    ...replaces("user_data", node.userData === "" ? undefined : digest(node.userData)),
    ...node.services.flatMap((service) => replaces("services", service)),
    ...node.capabilities.flatMap((capability) => replaces("capabilities", capability)),
    ...node.devices.flatMap((device) => replaces("devices", device)),
    ...node.files.flatMap((file) => replaces(`files[${file.path}]`, `${file.mode} ${digest(file.content)}`)),
    ...(first?.securityGroups ?? []).flatMap((key) => changes("vpc_security_groups", key.split("/")[1])),
    ...changes("source_dest_check", String(node.sourceDestCheck)),
    ...changes("role", node.role),
    ...node.listens.flatMap((port) => changes("ports", String(port))),
  ];
}

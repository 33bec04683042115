import { z } from "zod";
import { clusterSchema } from "./clusters.ts";
import { listenerRuleSchema, listenerSchema, loadBalancerSchema, targetGroupSchema } from "./loadBalancers.ts";
import { addressSchema, cidrSchema, nameSchema, portSchema, tagsSchema } from "./networkBasics.ts";
import { domainNameSchema, hostedRecordSetSchema } from "./records.ts";

/**
 * The student's `network.yml`: the cloud as code. Resource kinds are maps from name to resource; attribute names are the
 * vendor's (as in the AWS provider of OpenTofu), so that what is learned here can be used there.
 */

export const vpcSchema = z.strictObject({
  cidr_block: cidrSchema,
  // In AWS an attribute of the DHCP options set that is associated with the VPC (aws_vpc_dhcp_options).
  domain_name_servers: z.array(addressSchema).max(1).default([]).meta({ description: "Resolver that stands in /etc/resolv.conf of the VPC's instances; when empty, names come from the lab alone" }),
  tags: tagsSchema,
});

export const subnetSchema = z.strictObject({
  vpc: nameSchema,
  cidr_block: cidrSchema,
  availability_zone: z.string().regex(/^[a-z0-9-]{1,20}$/).default("a").meta({ description: "Column in which the topology draws the subnet" }),
  map_public_ip_on_launch: z.boolean().default(false),
  tags: tagsSchema,
});

export const internetGatewaySchema = z.strictObject({ vpc: nameSchema, tags: tagsSchema });

export const natGatewaySchema = z.strictObject({
  subnet: nameSchema,
  elastic_ip: nameSchema,
  private_ip: addressSchema.optional(),
  tags: tagsSchema,
});

export const elasticIpSchema = z.strictObject({
  public_ip: addressSchema.optional(),
  instance: nameSchema.optional().meta({ description: "Instance that the address is associated with" }),
  tags: tagsSchema,
});

export const peeringConnectionSchema = z.strictObject({ vpc: nameSchema, peer_vpc: nameSchema, tags: tagsSchema });

export const routeSchema = z.strictObject({
  destination: cidrSchema,
  target: z.string().min(1).meta({
    description: "Name of an internet gateway, NAT gateway, peering connection or instance; or local, or blackhole",
  }),
});

export const routeTableSchema = z.strictObject({
  vpc: nameSchema,
  main: z.boolean().default(false).meta({ description: "Applies to the subnets of the VPC that name no table" }),
  subnets: z.array(nameSchema).default([]),
  routes: z.array(routeSchema).default([]),
  tags: tagsSchema,
});

export const protocolSchema = z.enum(["tcp", "udp", "icmp", "all"]);
export type Protocol = z.infer<typeof protocolSchema>;

export const securityGroupRuleSchema = z.strictObject({
  protocol: protocolSchema,
  port: portSchema.optional().meta({ description: "One port; short for from_port and to_port" }),
  from_port: portSchema.optional(),
  to_port: portSchema.optional(),
  cidr_blocks: z.array(cidrSchema).default([]),
  security_groups: z.array(nameSchema).default([]),
  description: z.string().max(255).optional(),
});

export const securityGroupSchema = z.strictObject({
  vpc: nameSchema,
  description: z.string().max(255).default(""),
  ingress: z.array(securityGroupRuleSchema).default([]),
  egress: z
    .array(securityGroupRuleSchema)
    .default([{ protocol: "all", cidr_blocks: ["0.0.0.0/0"], security_groups: [] }])
    .meta({ description: "When left out, everything may go out, as in a group just created in AWS" }),
  tags: tagsSchema,
});

export const networkAclRuleSchema = z.strictObject({
  rule_number: z.number().int().min(1).max(32766),
  action: z.enum(["allow", "deny"]),
  protocol: protocolSchema,
  port: portSchema.optional(),
  from_port: portSchema.optional(),
  to_port: portSchema.optional(),
  cidr_block: cidrSchema.default("0.0.0.0/0"),
});

export const networkAclSchema = z.strictObject({
  vpc: nameSchema,
  subnets: z.array(nameSchema).default([]),
  ingress: z.array(networkAclRuleSchema).default([]),
  egress: z.array(networkAclRuleSchema).default([]),
  tags: tagsSchema,
});

export const keyPairSchema = z.strictObject({
  public_key: z
    .string()
    .regex(/^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/=]+( [^\n]*)?\s*$/, "not an OpenSSH public key (one line)")
    .optional()
    .meta({ description: "One line of an OpenSSH .pub file; when left out, Rempart makes the pair and keeps the private key in the lab's folder" }),
  tags: tagsSchema,
});

/** Capabilities that a lab may give to a machine; nothing beyond the machine's own network namespace. */
export const capabilitySchema = z.enum(["NET_ADMIN", "NET_RAW"]);
/** Devices of the computer that a lab may give to a machine: `tun` is /dev/net/tun, through which a program can be a network interface. */
export const deviceSchema = z.enum(["tun"]);
export type DeviceName = z.infer<typeof deviceSchema>;
/** Services of the instance image that a machine may start at boot. */
export const serviceSchema = z.enum(["ssh", "app", "whoami", "proxy", "database", "nginx", "dns", "resolver"]);
export type ServiceName = z.infer<typeof serviceSchema>;
export const roleSchema = z.enum(["laptop", "server", "bastion", "database", "name-server", "resolver", "load-balancer", "router", "proxy", "web", "stranger"]);
export type Role = z.infer<typeof roleSchema>;

/** What instances and the machines of `lab.yml` have in common. */
export const machineFields = {
  image: z.string().default("instance").meta({ description: "Name of an image of the catalogue" }),
  role: roleSchema.default("server"),
  services: z.array(serviceSchema).default([]),
  ports: z.array(portSchema).default([]).meta({ description: "Further TCP ports on which user data starts a listener; used by the prediction" }),
  key_pair: nameSchema.optional(),
  user_data: z.string().max(16384).default("").meta({ description: "Shell script run once at first boot (at most 16 KB, as in EC2)" }),
  capabilities: z.array(capabilitySchema).default([]).meta({ description: "NET_ADMIN: the machine sets its own network, its sysctls included; NET_RAW: it makes packets of any kind" }),
  devices: z.array(deviceSchema).default([]).meta({ description: "tun: /dev/net/tun, for the interface of a VPN; needs the capability NET_ADMIN" }),
  files: z.array(z.strictObject({ path: z.string(), content: z.string().max(65536), mode: z.string().regex(/^0?[0-7]{3}$/).default("644") })).default([]),
};

export const instanceSchema = z.strictObject({
  subnet: nameSchema,
  private_ip: addressSchema.optional().meta({ description: "When left out, the first free address from .4 on" }),
  vpc_security_groups: z.array(nameSchema).default([]).meta({ description: "When empty, the VPC's default group" }),
  source_dest_check: z.boolean().default(true),
  ...machineFields,
  tags: tagsSchema,
});

export const hostedZoneSchema = z.strictObject({
  name: domainNameSchema.meta({ description: "Domain that the zone is about, for example example.com" }),
  vpcs: z.array(nameSchema).min(1).optional().meta({ description: "VPCs for which alone the zone is there: a private zone, answered by each VPC's own resolver (base address + 2). When left out, the zone is public" }),
  records: z.array(hostedRecordSetSchema).default([]).meta({ description: "Record sets: all records of one name and type each. SOA and NS of the zone itself are there without being written" }),
  dnssec: z
    .strictObject({ signing_status: z.enum(["SIGNING", "NOT_SIGNING"]) })
    .optional()
    .meta({ description: "SIGNING: the zone's name servers sign it, with a key that they make for it; NOT_SIGNING when left out" }),
  tags: tagsSchema,
});

const resources = <Schema extends z.ZodType>(schema: Schema) => z.record(nameSchema, schema).default({});

export const networkSchema = z.strictObject({
  vpcs: resources(vpcSchema),
  subnets: resources(subnetSchema),
  internet_gateways: resources(internetGatewaySchema),
  nat_gateways: resources(natGatewaySchema),
  elastic_ips: resources(elasticIpSchema),
  peering_connections: resources(peeringConnectionSchema),
  route_tables: resources(routeTableSchema),
  security_groups: resources(securityGroupSchema),
  network_acls: resources(networkAclSchema),
  key_pairs: resources(keyPairSchema),
  instances: resources(instanceSchema),
  clusters: resources(clusterSchema),
  target_groups: resources(targetGroupSchema),
  load_balancers: resources(loadBalancerSchema),
  listeners: resources(listenerSchema),
  listener_rules: resources(listenerRuleSchema),
  hosted_zones: resources(hostedZoneSchema),
  outputs: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string())
    .default({})
    .meta({ description: "Values to show, for example ${instances.web.public_ip}" }),
});

export type Network = z.infer<typeof networkSchema>;
export type Instance = z.infer<typeof instanceSchema>;
export type SecurityGroupRule = z.infer<typeof securityGroupRuleSchema>;
export type NetworkAclRule = z.infer<typeof networkAclRuleSchema>;

/** Kinds of resource in `network.yml`, in the order in which they are created. */
export const resourceKinds = [
  "vpcs",
  "subnets",
  "internet_gateways",
  "elastic_ips",
  "nat_gateways",
  "peering_connections",
  "route_tables",
  "security_groups",
  "network_acls",
  "key_pairs",
  "instances",
  "clusters",
  "target_groups",
  "load_balancers",
  "listeners",
  "listener_rules",
  "hosted_zones",
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

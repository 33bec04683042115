/** A lab made for measuring. */
export interface BenchLab {
  readonly id: string;
  readonly labText: string;
  readonly networkText: string;
}

export interface BenchLabOptions {
  readonly subnets: number;
  readonly instancesPerSubnet: number;
  /** Extra routes of the first subnet's table, one YAML item each. */
  readonly routes?: readonly string[];
  /** Whether the instances' security group lets UDP in (default true). */
  readonly udp?: boolean;
}

/**
 * One VPC with an internet gateway and as many instances as asked, `node-SUBNET-NUMBER`, at 10.0.SUBNET.NUMBER. Subnets and
 * instances are counted from 1, and so are the host's part of addresses, from .10 on.
 */
export function benchLab(id: string, options: BenchLabOptions): BenchLab {
  return { id, labText: labText(id), networkText: networkText(options) };
}

/** The text of `network.yml` alone, for a change of the lab. */
export function networkText(options: BenchLabOptions): string {
  const subnets = Array.from({ length: options.subnets }, (_, index) => index + 1);
  const numbers = Array.from({ length: options.instancesPerSubnet }, (_, index) => index + 1);
  return [
    "vpcs: { bench: { cidr_block: 10.0.0.0/16 } }",
    "internet_gateways: { igw: { vpc: bench } }",
    "subnets:",
    ...subnets.map((subnet) => `  net-${subnet}: { vpc: bench, cidr_block: 10.0.${subnet}.0/24 }`),
    "route_tables:",
    ...subnets.map((subnet) => `  table-${subnet}: { vpc: bench, subnets: [net-${subnet}], routes: [${["{ destination: 0.0.0.0/0, target: igw }", ...(subnet === 1 ? (options.routes ?? []) : [])].join(", ")}] }`),
    "security_groups:",
    "  all:",
    "    vpc: bench",
    "    ingress:",
    "      - { protocol: tcp, cidr_blocks: [0.0.0.0/0] }",
    ...(options.udp === false ? [] : ["      - { protocol: udp, cidr_blocks: [0.0.0.0/0] }"]),
    "instances:",
    ...subnets.flatMap((subnet) => numbers.map((number) => `  node-${subnet}-${number}: { subnet: net-${subnet}, private_ip: ${benchAddress(subnet, number)}, vpc_security_groups: [all] }`)),
    "",
  ].join("\n");
}

/** Private address of `node-SUBNET-NUMBER`. */
export const benchAddress = (subnet: number, number: number): string => `10.0.${subnet}.${9 + number}`;

function labText(id: string): string {
  return [
    `id: ${id}`,
    "title: { fr: Mesure, en: Benchmark }",
    "summary: { fr: Pour mesurer., en: For measuring. }",
    "group: private-networks",
    "minutes: 1",
    "memory_mb: 200",
    "internet: {}",
    "",
  ].join("\n");
}

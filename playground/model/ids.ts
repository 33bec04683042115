import type { ResourceKind } from "./network.ts";

/** Kinds that carry an id: those of `network.yml`, and what comes with them. */
export type IdKind = ResourceKind | "interfaces" | "hosts" | "machines" | "resolvers";

const idPrefixes: Readonly<Record<IdKind, string>> = {
  vpcs: "vpc",
  subnets: "subnet",
  internet_gateways: "igw",
  nat_gateways: "nat",
  elastic_ips: "eipalloc",
  peering_connections: "pcx",
  route_tables: "rtb",
  security_groups: "sg",
  network_acls: "acl",
  key_pairs: "key",
  instances: "i",
  clusters: "cluster",
  target_groups: "tg",
  load_balancers: "lb",
  listeners: "listener",
  listener_rules: "rule",
  hosted_zones: "Z",
  interfaces: "eni",
  hosts: "host",
  machines: "machine",
  resolvers: "rslvr",
};

const fnvOffset = 0x6c62272e07bb014262b821756295c58dn;
const fnvPrime = 0x1000000000000000000013bn;
const mask128 = (1n << 128n) - 1n;
/** Odd numbers with about as many ones as zeros: each round carries every bit to every higher one. */
const mixingFactors = [0xd6e8feb86659fd93a3b195354a39b70dn, 0x9fb21c651e98df25c6a4a7935bd1e995n];

/** FNV-1a over the UTF-8 bytes of the text, 128 bits. No cryptography: it only spreads names over ids. */
export function stableHash(text: string): bigint {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * fnvPrime) & mask128;
  // FNV leaves the upper digits of names that differ only in their last letter nearly equal; interfaces are named after the first ten.
  for (const factor of mixingFactors) hash = ((hash ^ (hash >> 67n)) * factor) & mask128;
  return hash ^ (hash >> 67n);
}

/** The id of a resource in the vendor's form, `vpc-` and 17 hexadecimal digits; the same for the same lab, kind and name. */
export function resourceId(lab: string, kind: IdKind, name: string): string {
  const hash = stableHash(`${lab}/${kind}/${name}`);
  const digits = ((hash >> 20n) & ((1n << 68n) - 1n)).toString(16).padStart(17, "0");
  // Route 53 has a form of its own: capital letters, and no dash.
  return kind === "hosted_zones" ? `${idPrefixes[kind]}${digits.toUpperCase()}` : `${idPrefixes[kind]}-${digits}`;
}

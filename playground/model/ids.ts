import type { ResourceKind } from "./network.ts";

/** Kinds that carry an id: those of `network.yml`, and what comes with them. */
export type IdKind = ResourceKind | "interfaces" | "hosts" | "machines";

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
  interfaces: "eni",
  hosts: "host",
  machines: "machine",
};

const fnvOffset = 0x6c62272e07bb014262b821756295c58dn;
const fnvPrime = 0x1000000000000000000013bn;
const mask128 = (1n << 128n) - 1n;

/** FNV-1a over the UTF-8 bytes of the text, 128 bits. No cryptography: it only spreads names over ids. */
export function stableHash(text: string): bigint {
  let hash = fnvOffset;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * fnvPrime) & mask128;
  // One more round over the folded halves, or names that differ in their last letter only would have ids that look alike.
  return (((hash >> 64n) ^ hash) * fnvPrime) & mask128;
}

/** The id of a resource in the vendor's form, `vpc-` and 17 hexadecimal digits; the same for the same lab, kind and name. */
export function resourceId(lab: string, kind: IdKind, name: string): string {
  const hash = stableHash(`${lab}/${kind}/${name}`);
  const digits = ((hash >> 20n) & ((1n << 68n) - 1n)).toString(16).padStart(17, "0");
  return `${idPrefixes[kind]}-${digits}`;
}

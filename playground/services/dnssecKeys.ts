import { createHash } from "node:crypto";

/** A DS record of a parent: which key of the child it vouches for. */
export interface DsRecord {
  readonly tag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: string;
}
/** A DNSKEY record with what a DS says of it. */
export interface DnskeyRecord {
  readonly tag: number;
  readonly algorithm: number;
  /** Flags, protocol, algorithm and key as on the wire. */
  readonly data: Buffer;
}

/** Reads a DS as dig prints it: `12345 13 2 0123AB… CDEF…`. Undefined when it is none. */
export function parseDs(value: string): DsRecord | undefined {
  const found = /^(\d+) (\d+) (\d+) ([0-9A-Fa-f ]+)$/.exec(value);
  return found ? { tag: Number(found[1]), algorithm: Number(found[2]), digestType: Number(found[3]), digest: (found[4] ?? "").replace(/ /g, "").toUpperCase() } : undefined;
}

/** Reads a DNSKEY as dig prints it: `257 3 13 base64 base64`. Undefined when it is none. */
export function parseDnskey(value: string): DnskeyRecord | undefined {
  const found = /^(\d+) (\d+) (\d+) ([A-Za-z0-9+/= ]+)/.exec(value);
  if (!found) return undefined;
  const [, flags, protocol, algorithm, key = ""] = found;
  const data = Buffer.concat([Buffer.from([Number(flags) >> 8, Number(flags) & 255, Number(protocol), Number(algorithm)]), Buffer.from(key.replace(/ /g, ""), "base64")]);
  return { tag: keyTag(data), algorithm: Number(algorithm), data };
}

/** The key tag, after RFC 4034, appendix B. */
function keyTag(data: Buffer): number {
  let sum = 0;
  for (const [index, byte] of data.entries()) sum += index % 2 === 0 ? byte << 8 : byte;
  return (sum + ((sum >> 16) & 0xffff)) & 0xffff;
}

const hashes: Readonly<Record<number, string>> = { 1: "sha1", 2: "sha256", 4: "sha384" };

/** Whether a DS vouches for a key of the zone: the digest of owner and key (RFC 4034, section 5.1.4). */
export function vouchesFor(zone: string, ds: DsRecord, key: DnskeyRecord): boolean {
  const hash = hashes[ds.digestType];
  if (hash === undefined || ds.tag !== key.tag || ds.algorithm !== key.algorithm) return false;
  const labels = zone === "." ? [] : zone.toLowerCase().split(".");
  const owner = Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, "latin1")])), Buffer.from([0])]);
  return createHash(hash).update(owner).update(key.data).digest("hex").toUpperCase() === ds.digest;
}

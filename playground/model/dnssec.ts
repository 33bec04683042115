import type { LabDns, Zone } from "./dns.ts";

/** Name of the policy by which the lab's name servers sign, and the folder where they keep the keys of the student's zones. */
export const signingPolicy = "rempart";
export const hostedKeysFolder = "/etc/bind/hosted/keys";

/**
 * One key for a zone (a combined signing key), which never expires: what a lab needs to see. ECDSA P-256 is what Route 53 signs with (algorithm 13).
 * The key's TTL is short, so that a resolver soon sees another one.
 */
export const signingPolicyLines: readonly string[] = [
  `dnssec-policy "${signingPolicy}" {`,
  "  keys { csk lifetime unlimited algorithm ecdsap256sha256; };",
  "  dnskey-ttl 60;",
  "};",
];

/** A zone of the lab that is signed, with the machine that serves it and the zone above it in the lab, if that is signed as well. */
export interface SignedZone {
  readonly name: string;
  readonly node: string;
  readonly ttl: number;
  readonly parent: { readonly name: string; readonly node: string; readonly ttl: number } | undefined;
}

/** The signed zones of the lab's tree. The DS record of each with a parent belongs into that parent; the root's key is what a resolver trusts. */
export function signedZones(dns: LabDns | undefined): SignedZone[] {
  const zones = Object.entries(dns?.zones ?? {});
  return zones.flatMap(([name, zone]): SignedZone[] => {
    const node = signer(zone);
    if (node === undefined) return [];
    const above = zone.delegated ? zones.filter(([other]) => isBelow(name, other)).sort(([a], [b]) => b.length - a.length)[0] : undefined;
    const parentNode = above && signer(above[1]);
    return [{ name, node, ttl: zone.ttl, parent: above && parentNode !== undefined ? { name: above[0], node: parentNode, ttl: above[1].ttl } : undefined }];
  });
}

const signer = (zone: Zone): string | undefined => (zone.dnssec ? Object.values(zone.name_servers)[0] : undefined);
const isBelow = (name: string, zone: string): boolean => name !== zone && (zone === "." ? name !== "." : name.endsWith(`.${zone}`));

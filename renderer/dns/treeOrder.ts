import type { DnsZone } from "../../playground/model/dnsView.ts";

/** Each zone directly before those below it, neighbours by name. */
export function treeOrder(zones: readonly DnsZone[]): DnsZone[] {
  const below = (parent: string | undefined): DnsZone[] => zones.filter((zone) => zone.parent === parent).sort((a, b) => a.name.localeCompare(b.name)).flatMap((zone) => [zone, ...below(zone.name)]);
  return below(undefined);
}

/** How many zones are above. */
export function depthOf(zone: DnsZone, zones: readonly DnsZone[]): number {
  const parent = zones.find((other) => other.name === zone.parent);
  return parent === undefined ? 0 : 1 + depthOf(parent, zones);
}

import type { Cloud } from "./cloud.ts";
import { absolute, type DnsFile, isWithin, rootHints } from "./dnsFiles.ts";
import { hostedZonePath, privateZones } from "./hostedZoneFiles.ts";
import { formatPrefix, type IpPrefix } from "./ip.ts";
import type { Lab } from "./lab.ts";
import { unboundConfiguration, unboundFile, unboundHints } from "./unboundFiles.ts";

/** Folder of what changes while a VPC's resolver runs: its list of zones, and a file for each. */
export const privateZonesFolder = "/etc/unbound/private";
/** The list of zones, in that folder. */
export const privateZonesList = "zones.conf";
const noPrivateZones = "# The private zones of network.yml.";

/** The whole Internet of a lab without DNS of its own: a root below which there is nothing. */
const emptyRoot = "/etc/unbound/db.root";
/** Seconds for which the name of a machine is kept. */
const machineNameTtl = 60;

/** Files that a VPC's resolver has from its first boot. They say nothing of zones and records, so that no change of those replaces it. */
export function vpcResolverFiles(lab: Pick<Lab, "dns" | "internet">, vpc: string, prefix: IpPrefix): DnsFile[] {
  const file = (path: string, lines: readonly string[]): DnsFile => ({ path, content: `${lines.join("\n")}\n`, mode: "644" });
  const hints = rootHints(lab);
  const include = `include: "${privateZonesFolder}/${privateZonesList}"`;
  return [
    file(
      unboundFile,
      unboundConfiguration({
        about: `The resolver of the VPC ${vpc}: its private zones first, then the Internet's.`,
        // Resolver checks no signatures until it is told to (developer guide of Route 53, "Enabling DNSSEC validation").
        validates: false,
        clients: [formatPrefix(prefix)],
        knowsRoot: hints !== undefined,
        more: [...(hints ? [] : zoneClause(".", emptyRoot)), include],
      }),
    ),
    hints ? file(unboundHints, hints) : file(emptyRoot, ["; This lab has no Internet names: whatever is asked does not exist.", ". 300 IN SOA . . 1 7200 900 1209600 30"]),
    file(`${privateZonesFolder}/${privateZonesList}`, [noPrivateZones]),
  ];
}

/**
 * The zones for which a VPC's resolver answers, and the names of the lab's machines. The zones are asked as if servers of them were, so that the
 * resolver follows a CNAME out of them, and keeps and counts down what it says as it does for any other name.
 */
export function privateZonesConfiguration(cloud: Cloud, vpc: string): string {
  const zones = privateZones(cloud, vpc);
  const names = Object.entries(cloud.names).filter(([name]) => !zones.some((zone) => isWithin(name, zone.domain)));
  return `${[
    noPrivateZones,
    "server:",
    ...names.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, address]) => `  local-data: "${absolute(name)} ${machineNameTtl} IN A ${address}"`),
    ...zones.flatMap((zone) => zoneClause(absolute(zone.domain), `${privateZonesFolder}/${hostedZonePath(zone.domain)}`)),
  ].join("\n")}\n`;
}

const zoneClause = (name: string, path: string): string[] => ["auth-zone:", `  name: "${name}"`, `  zonefile: "${path}"`, "  for-downstream: no", "  for-upstream: yes", "  fallback-enabled: no"];

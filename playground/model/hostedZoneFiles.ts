import type { Cloud, HostedZone } from "./cloud.ts";
import { hostedKeysFolder, signingPolicy } from "./dnssec.ts";
import { absolute, columns, noHostedZones, recordValue } from "./dnsFiles.ts";

/** Where the serial number of a zone goes in: the server counts its own changes. */
export const serialMark = "SERIAL";

/** Seconds that a resolver may keep "there is no such name". */
const negativeTtl = 30;

/**
 * What stands in the NS records of a private zone. Nobody asks them, for the VPC's resolver answers itself; these are the names that
 * Route 53 reserves for it (developer guide, "Working with private hosted zones").
 */
export const privateNameServers: readonly string[] = ["ns-0.awsdns-00.com", "ns-512.awsdns-00.net", "ns-1024.awsdns-00.org", "ns-1536.awsdns-00.co.uk"];

export const publicZones = (cloud: Pick<Cloud, "hostedZones">): HostedZone[] => cloud.hostedZones.filter((zone) => zone.vpcs === undefined);

/** The private zones for which a VPC's resolver answers. */
export const privateZones = (cloud: Pick<Cloud, "hostedZones">, vpc: string): HostedZone[] => cloud.hostedZones.filter((zone) => zone.vpcs?.includes(vpc) === true);

/** Names of the servers in a zone's NS records. */
export const nameServersOf = (cloud: Pick<Cloud, "hostedZoneServers">, zone: HostedZone): readonly string[] => (zone.vpcs === undefined ? cloud.hostedZoneServers.map(({ name }) => name) : privateNameServers);

/** Path of a hosted zone's file on its name servers, relative to the folder of all. */
export const hostedZonePath = (domain: string): string => `db.${domain}`;

/** The part of the name servers' configuration that says which hosted zones there are. */
export function hostedZonesConfiguration(cloud: Pick<Cloud, "hostedZones">): string {
  const zones = publicZones(cloud).map(({ domain, signs }) => {
    const signing = signs ? ` dnssec-policy "${signingPolicy}"; inline-signing yes; key-directory "${hostedKeysFolder}";` : "";
    return `zone "${domain}" { type primary; file "/etc/bind/hosted/${hostedZonePath(domain)}";${signing} };`;
  });
  return `${[noHostedZones, ...zones].join("\n")}\n`;
}

/** A hosted zone as a zone file, with {@link serialMark} alone on the line of its serial number. */
export function hostedZoneText(cloud: Pick<Cloud, "hostedZoneServers">, zone: HostedZone): string {
  const apex = absolute(zone.domain);
  const servers = nameServersOf(cloud, zone).map(absolute);
  const owner = (name: string): string => (name === "@" ? apex : `${name}.${apex}`);
  return [
    `; Hosted zone "${zone.domain}": serial, refresh, retry, expire, and how long a "no such name" may be kept.`,
    "$TTL 300",
    `${apex} IN SOA ${servers[0] ?? apex} hostmaster.${apex} (`,
    `  ${serialMark} ; serial`,
    `  7200 900 1209600 ${negativeTtl} )`,
    ...columns([
      ...servers.map((server) => [apex, "", "NS", server]),
      ...zone.records.flatMap((set) => set.values.map((value) => [owner(set.name), String(set.ttl), set.type, recordValue(set, value)])),
    ]),
    "",
  ].join("\n");
}

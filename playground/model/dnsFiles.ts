import type { LabDns, Zone } from "./dns.ts";
import { signingPolicy, signingPolicyLines } from "./dnssec.ts";
import type { Lab } from "./lab.ts";
import type { RecordSet } from "./records.ts";
import { noTrustAnchor, trustAnchorFile, unboundConfiguration, unboundFile, unboundHints } from "./unboundFiles.ts";

/** A file that a name server or resolver of the lab has from its first boot. */
export interface DnsFile {
  readonly path: string;
  readonly content: string;
  readonly mode: string;
}

/** Serial number of every zone as the lab ships it: date and counter, as is the custom. */
const firstSerial = 2026010101;

/** True when `name` is `zone` or lies below it. */
export const isWithin = (name: string, zone: string): boolean => zone === "." || name === zone || name.endsWith(`.${zone}`);

/** The closest of the zones that holds a name. */
export function zoneOf(name: string, zones: readonly string[]): string | undefined {
  return zones.filter((zone) => isWithin(name, zone)).sort((a, b) => depth(b) - depth(a))[0];
}

const depth = (zone: string): number => (zone === "." ? 0 : zone.split(".").length);
export const absolute = (name: string): string => (name.endsWith(".") ? name : `${name}.`);

/** Configuration and zones of one host: empty for one that has no part in the lab's DNS. */
export function dnsFiles(lab: Pick<Lab, "dns" | "internet">, host: string): DnsFile[] {
  const dns = lab.dns;
  if (!dns) return [];
  const address = (name: string): string => lab.internet?.hosts[name]?.address ?? "";
  const served = Object.entries(dns.zones).filter(([, zone]) => Object.values(zone.name_servers).includes(host));
  const isResolver = dns.resolver === host;
  const runsUnbound = lab.internet?.hosts[host]?.services.includes("resolver") ?? false;
  const servesHostedZones = Object.values(dns.hosted_zone_name_servers).includes(host);
  if (served.length === 0 && !isResolver && !servesHostedZones) return [];
  const file = (path: string, lines: readonly string[]): DnsFile => ({ path, content: `${lines.join("\n")}\n`, mode: "644" });
  if (isResolver && runsUnbound) {
    return [
      file(unboundFile, unboundConfiguration({ about: `${host}: asks the others, from the root down, and remembers what they say.`, validates: dns.dnssec_validation })),
      file(unboundHints, hintLines(dns, address)),
      ...(dns.dnssec_validation ? [file(trustAnchorFile, [noTrustAnchor])] : []),
    ];
  }
  return [
    file("/etc/bind/named.conf", [
      ...serverConfiguration(host, isResolver),
      ...(servesHostedZones || served.some(([, zone]) => zone.dnssec) ? signingPolicyLines : []),
      ...served.map(([name, zone]) => zoneStatement(name, zone, address)),
      ...(servesHostedZones ? [`include "${hostedZonesFile}";`] : []),
    ]),
    ...served.map(([name, zone]) => file(zonePath(name, zone), zoneLines(dns, name, zone, address))),
    ...(servesHostedZones ? [file(hostedZonesFile, [noHostedZones])] : []),
    ...(isResolver ? [file("/etc/bind/root.hints", hintLines(dns, address))] : []),
  ];
}

/** A zone that takes updates, the DS records of signed zones among them, is rewritten by its server, in the one folder that it may write to. */
const zonePath = (name: string, zone: Zone): string => `${zone.updates_from === undefined && !zone.dnssec ? "/etc/bind/zones" : "/var/cache/bind"}/db.${name === "." ? "root" : name}`;

function zoneStatement(name: string, zone: Zone, address: (host: string) => string): string {
  // The wiring drops packets with a source that is not the sender's: here, an address does prove who asks.
  const writers = [...(zone.dnssec ? ["127.0.0.1"] : []), ...(zone.updates_from === undefined ? [] : [address(zone.updates_from)])];
  const updates = writers.length === 0 ? "" : ` allow-update { ${writers.map((writer) => `${writer}; `).join("")}};`;
  const signing = zone.dnssec ? ` dnssec-policy "${signingPolicy}";` : "";
  return `zone "${name}" { type primary; file "${zonePath(name, zone)}";${updates}${signing} };`;
}

/** Which of the student's zones a server has: written anew at each apply, empty at its first boot. */
export const hostedZonesFile = "/etc/bind/hosted/zones.conf";
export const noHostedZones = "// The hosted zones of network.yml.";

/** Everything that would make the server speak to somebody outside the lab is off: IPv6, notifications, key updates of the real root. */
function serverConfiguration(host: string, isResolver: boolean): string[] {
  return [
    isResolver ? `// ${host}: asks the others, from the root down, and remembers what they say.` : `// ${host}: answers for its own zones and asks nobody.`,
    "options {",
    '  directory "/var/cache/bind";',
    "  listen-on { any; };",
    "  listen-on-v6 { none; };",
    "  allow-query { any; };",
    ...(isResolver
      ? ["  recursion yes;", "  allow-recursion { any; };", "  // Each server is asked the whole name, so that its log shows it.", "  qname-minimization off;"]
      : ["  recursion no;", "  // Authority and additional section, always.", "  minimal-responses no;"]),
    "  notify no;",
    "  dnssec-validation no;",
    "  empty-zones-enable no;",
    "};",
    "logging {",
    '  channel queries { file "/var/log/named/query.log" versions 1 size 20m; print-time iso8601-utc; };',
    "  category queries { queries; };",
    '  channel server { file "/var/log/named/named.log" versions 1 size 5m; print-time iso8601-utc; print-severity yes; };',
    "  category default { server; };",
    "};",
    ...(isResolver ? ['zone "." { type hint; file "/etc/bind/root.hints"; };'] : []),
  ];
}

/** Lines of the file that tells a resolver where the lab's root is; undefined in a lab without DNS. */
export function rootHints({ dns, internet }: Pick<Lab, "dns" | "internet">): string[] | undefined {
  return dns && hintLines(dns, (host) => internet?.hosts[host]?.address ?? "");
}

function hintLines(dns: LabDns, address: (host: string) => string): string[] {
  const servers = Object.entries(dns.zones["."]?.name_servers ?? {});
  return [
    "; Where the root is: the only addresses that a resolver must know beforehand.",
    ...columns(servers.flatMap(([name, host]) => [[".", "3600000", "NS", absolute(name)], [absolute(name), "3600000", "A", address(host)]])),
  ];
}

function zoneLines(dns: LabDns, name: string, zone: Zone, address: (host: string) => string): string[] {
  const zones = Object.keys(dns.zones);
  const own = Object.keys(zone.name_servers);
  const apex = absolute(name);
  const host = absolute(name === "." ? "hostmaster" : `hostmaster.${name}`);
  // A server whose name lies in the zone needs its address there, be it the zone's own or one of a zone below: nobody could ask it for it (glue).
  const servers = new Map<string, string>(Object.entries(zone.name_servers).filter(([server]) => isWithin(server, name)));
  const delegations: string[][] = [];
  for (const [child, below] of Object.entries(dns.zones)) {
    if (child === name || !below.delegated || zoneOf(parentName(child), zones) !== name) continue;
    for (const [server, machine] of Object.entries(below.name_servers)) {
      delegations.push([absolute(child), "", "NS", absolute(server)]);
      if (isWithin(server, name)) servers.set(server, machine);
    }
  }
  return [
    `; Zone "${name}". Serial, refresh, retry, expire, and how long a "no such name" may be kept.`,
    `$TTL ${zone.ttl}`,
    ...columns([
      [apex, "", "SOA", `${absolute(own[0] ?? "")} ${host} ( ${firstSerial} 3600 600 86400 ${zone.negative_ttl} )`],
      ...own.map((server) => [apex, "", "NS", absolute(server)]),
      ...zone.records.flatMap((set) => recordLines(set, name)),
      ...delegations,
      ...[...servers].map(([server, machine]) => [absolute(server), "", "A", address(machine)]),
    ]),
  ];
}

/** The name above; the root has none and lies in no zone. */
const parentName = (name: string): string => (name === "." ? "" : name.split(".").slice(1).join(".") || ".");

function recordLines(set: RecordSet, zone: string): string[][] {
  const owner = set.name === "@" ? absolute(zone) : absolute(zone === "." ? set.name : `${set.name}.${zone}`);
  return set.records.map((value) => [owner, set.ttl === undefined ? "" : String(set.ttl), set.type, recordValue(set, value)]);
}

export function recordValue(set: Pick<RecordSet, "type">, value: string): string {
  if (set.type === "TXT") return `"${value.replace(/["\\]/g, "\\$&")}"`;
  return ["CNAME", "NS", "MX"].includes(set.type) ? absolute(value) : value;
}

export function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([owner = ""]) => owner.length));
  return rows.map(([owner = "", ttl = "", type = "", value = ""]) => `${owner.padEnd(width)}  ${ttl.padStart(7)}  IN  ${type.padEnd(5)}  ${value}`);
}

import { isWithin } from "./dnsFiles.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import { parseAddress } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { ServiceName } from "./network.ts";
import type { RecordType } from "./records.ts";

/** The lab's DNS: its servers are hosts that run it, there is a root, and no zone contradicts itself. */
export function addDnsFaults(list: FaultList, lab: Lab): void {
  const dns = lab.dns;
  if (!dns) return;
  const hosts = lab.internet?.hosts ?? {};
  const addHost = (path: FaultPath, name: string, services: readonly ServiceName[] = ["dns"]): void => {
    const host = hosts[name];
    if (!host) list.addUnknown("lab.unknown-node", path, name, Object.keys(hosts));
    else if (!host.services.some((service) => services.includes(service))) list.add("dns.host-without-service", path, { name });
  };
  if (dns.resolver !== undefined) addHost(["dns", "resolver"], dns.resolver, ["dns", "resolver"]);
  if (dns.dnssec_validation && !hosts[dns.resolver ?? ""]?.services.includes("resolver")) list.add("dns.validation-without-resolver", ["dns", "dnssec_validation"]);
  if (dns.dnssec_validation && dns.zones["."]?.dnssec === false) list.add("dns.validation-without-root", ["dns", "dnssec_validation"]);
  if (!dns.zones["."]) list.add("dns.no-root", ["dns", "zones"], {}, true);
  for (const [server, host] of Object.entries(dns.hosted_zone_name_servers)) addHost(["dns", "hosted_zone_name_servers", server], host);
  for (const [name, zone] of Object.entries(dns.zones)) {
    const path = ["dns", "zones", name];
    if (zone.updates_from !== undefined && !Object.hasOwn(hosts, zone.updates_from)) list.addUnknown("lab.unknown-node", [...path, "updates_from"], zone.updates_from, Object.keys(hosts));
    const servers = Object.entries(zone.name_servers);
    if (servers.length === 0) list.add("dns.no-name-server", [...path, "name_servers"], { name });
    for (const [server, host] of servers) addHost([...path, "name_servers", server], host);
    if (zone.dnssec && new Set(servers.map(([, host]) => host)).size > 1) list.add("dns.signed-by-two", [...path, "dnssec"], { name });
    addRecordFaults(list, [...path, "records"], zone.records);
    // A server that lies in a zone of the lab gets its address there; its name must not have another meaning.
    for (const [index, set] of zone.records.entries()) {
      const full = set.name === "@" ? name : `${set.name}.${name}`;
      if (servers.some(([server]) => server === full && isWithin(server, name))) list.add("dns.name-server-record", [...path, "records", index, "name"], { name: full });
    }
  }
}

/** What is wrong with the record sets of one zone. A value with a reference is judged by whoever looks it up. */
export function addRecordFaults(list: FaultList, path: FaultPath, sets: readonly { readonly name: string; readonly type: RecordType; readonly records?: readonly string[] | undefined }[]): void {
  const seen = new Set<string>();
  sets.forEach((set, index) => {
    const key = `${set.name} ${set.type}`;
    if (seen.has(key)) list.add("dns.duplicate-record-set", [...path, index], { name: set.name, type: set.type });
    seen.add(key);
    // RFC 1034, 3.6.2: nothing stands beside a CNAME, and the zone's own name always has SOA and NS.
    const alone = set.type !== "CNAME" || (set.name !== "@" && (set.records ?? []).length === 1 && !sets.some((other) => other !== set && other.name === set.name));
    if (!alone) list.add("dns.cname-not-alone", [...path, index], { name: set.name });
    set.records?.forEach((value, position) => {
      if (!value.includes("${") && !fits(set.type, value)) list.add("dns.record-value", [...path, index, "records", position], { value, type: set.type });
    });
  });
}

function fits(type: RecordType, value: string): boolean {
  if (/[\n\r]/.test(value)) return false;
  const name = /^[a-z0-9_*]([a-z0-9_.-]*[a-z0-9])?\.?$/i;
  switch (type) {
    case "A":
      return parseAddress(value)?.family === 4;
    case "AAAA":
      return parseAddress(value)?.family === 6;
    case "CNAME":
    case "NS":
      return name.test(value);
    case "MX": {
      const [preference = "", target = "", ...more] = value.split(" ");
      return /^\d{1,5}$/.test(preference) && name.test(target) && more.length === 0;
    }
    case "TXT":
      return value.length <= 255;
  }
}

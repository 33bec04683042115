import { allocateAddresses } from "./addresses.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import { referencesIn } from "./interpolate.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import type { HostedRecordSet } from "./records.ts";
import { addRecordFaults } from "./validateDns.ts";
import { addTextReferenceFaults } from "./validateReferences.ts";

type HostedZone = Network["hosted_zones"][string];

/** Hosted zones: served by somebody, each domain once for whoever asks, record sets that a name server would load. */
export function addHostedZoneFaults(list: FaultList, lab: Lab, network: Network): void {
  const owners = new Map<string, string>();
  for (const [name, zone] of Object.entries(network.hosted_zones)) {
    const path = ["hosted_zones", name];
    if (zone.vpcs === undefined) addPublicZoneFaults(list, path, lab, zone, owners.get(zone.name));
    else addPrivateZoneFaults(list, path, lab, network, zone, (vpc) => owners.get(`${zone.name} ${vpc}`));
    for (const key of zone.vpcs?.map((vpc) => `${zone.name} ${vpc}`) ?? [zone.name]) if (!owners.has(key)) owners.set(key, name);
    addRecordFaults(list, [...path, "records"], zone.records);
    zone.records.forEach((set, index) => addRecordSetFaults(list, [...path, "records", index], set, lab, network));
  }
}

function addPublicZoneFaults(list: FaultList, path: FaultPath, lab: Lab, zone: HostedZone, other: string | undefined): void {
  if (Object.keys(lab.dns?.hosted_zone_name_servers ?? {}).length === 0) list.add("dns.no-hosted-zones", path, {}, true);
  if (!zone.name.includes(".") || zone.name === ".") list.add("dns.not-a-domain", [...path, "name"], { value: zone.name });
  else if (Object.hasOwn(lab.dns?.zones ?? {}, zone.name)) list.add("dns.zone-of-the-lab", [...path, "name"], { value: zone.name });
  else if (other !== undefined) list.add("dns.domain-twice", [...path, "name"], { value: zone.name, other });
}

/** Nobody must have leased a private zone's domain: it may be somebody else's, or none at all, such as "internal"; but no top-level domain. */
function addPrivateZoneFaults(list: FaultList, path: FaultPath, lab: Lab, network: Network, zone: HostedZone, ownerFor: (vpc: string) => string | undefined): void {
  const isTopLevel = zone.name === "." || (!zone.name.includes(".") && Object.hasOwn(lab.dns?.zones ?? {}, zone.name));
  if (isTopLevel) list.add("dns.not-a-domain", [...path, "name"], { value: zone.name });
  // Route 53 signs public zones alone (developer guide, "Configuring DNSSEC signing").
  if (zone.dnssec?.signing_status === "SIGNING") list.add("dns.private-signed", [...path, "dnssec"], { value: zone.name });
  zone.vpcs?.forEach((vpc, index) => {
    const at = [...path, "vpcs", index];
    const other = ownerFor(vpc);
    if (!Object.hasOwn(network.vpcs, vpc)) list.addUnknown("network.absent", at, vpc, Object.keys(network.vpcs), { kind: "vpcs" });
    else if (zone.vpcs?.indexOf(vpc) !== index) list.add("dns.vpc-twice", at, { vpc });
    else if (other !== undefined) list.add("dns.private-domain-twice", at, { value: zone.name, vpc, other });
  });
  zone.records.forEach((set, index) => {
    // Developer guide of Route 53, "Considerations when working with a private hosted zone": no NS records that delegate a subdomain.
    if (set.type === "NS" && set.name !== "@") list.add("dns.private-delegation", [...path, "records", index, "type"]);
  });
}

function addRecordSetFaults(list: FaultList, path: FaultPath, set: HostedRecordSet, lab: Lab, network: Network): void {
  // The zone's own NS and SOA come with it: another set of name servers would make it lame at once.
  if (set.type === "NS" && set.name === "@") list.add("dns.own-name-servers", path);
  if ((set.alias === undefined) === (set.records === undefined)) list.add("dns.records-or-alias", path, { name: set.name });
  if (set.alias !== undefined) {
    if (set.type !== "A") list.add("dns.alias-type", [...path, "type"], { type: set.type });
    if (set.ttl !== undefined) list.add("dns.alias-ttl", [...path, "ttl"]);
    const aliased = [...Object.keys(network.instances), ...Object.keys(network.load_balancers)];
    if (!aliased.includes(set.alias)) list.addUnknown("dns.alias-absent", [...path, "alias"], set.alias, aliased);
  }
  set.records?.forEach((value, position) => {
    const at = [...path, "records", position];
    const references = referencesIn(value);
    addTextReferenceFaults(list, at, value, lab, network);
    const isAddress = references.length === 1 && references[0]?.text === value && ["public_ip", "private_ip", "address"].includes(references[0].attribute ?? "");
    if (value.includes("${") && set.type !== "TXT" && !(set.type === "A" && isAddress)) list.add("dns.record-value", at, { value, type: set.type });
  });
}

/** Records that lead to an instance without the address that they want; to be asked once the rest of the network holds together. */
export function addAddresslessZoneFaults(list: FaultList, lab: Lab, network: Network): void {
  const { publicByInstance } = allocateAddresses(lab, network);
  for (const [name, zone] of Object.entries(network.hosted_zones)) {
    const addIfMissing = (path: FaultPath, instance: string): void => {
      if (zone.vpcs === undefined && network.load_balancers[instance]?.internal === true) list.add("dns.internal-balancer", path, { name: instance });
      if (!Object.hasOwn(network.instances, instance) || publicByInstance.has(instance)) return;
      list.add(zone.vpcs === undefined ? "dns.no-public-address" : "dns.private-zone-public-address", path, { name: instance });
    };
    zone.records.forEach((set, index) => {
      const path = ["hosted_zones", name, "records", index];
      if (set.alias !== undefined && zone.vpcs === undefined) addIfMissing([...path, "alias"], set.alias);
      set.records?.forEach((value, position) => {
        for (const { kind, name: instance, attribute } of referencesIn(value)) if (kind === "instances" && attribute === "public_ip") addIfMissing([...path, "records", position], instance);
      });
    });
  }
}

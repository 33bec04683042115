import { isReservedOnInternet } from "./addresses.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import { parseLoosePrefix, prefixContains } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { parsedAddress, parsedPrefix } from "./parsed.ts";
import { parseCableEnd } from "./resolveNodes.ts";
import { addMachineFaults, reservedNames } from "./validateMachines.ts";

/** Machines, switches, cables and Internet hosts of a `lab.yml`: names, addresses, ends. */
export function addWiringFaults(list: FaultList, lab: Lab, images: readonly string[] | undefined): void {
  const hosts = Object.entries(lab.internet?.hosts ?? {});
  const taken = new Set<string>();
  const claim = (path: (string | number)[], name: string): void => {
    if (reservedNames.has(name)) list.add("lab.reserved-name", path, { name }, true);
    if (taken.has(name)) list.add("lab.name-taken", path, { name }, true);
    taken.add(name);
  };
  for (const [name, host] of hosts) {
    claim(["internet", "hosts", name], name);
    addMachineFaults(list, ["internet", "hosts", name], host, images);
    const carrier = host.carrier === undefined ? undefined : lab.internet?.hosts[host.carrier];
    if (host.carrier !== undefined && !carrier) list.addUnknown("lab.unknown-node", ["internet", "hosts", name, "carrier"], host.carrier, hosts.map(([other]) => other));
    else if (carrier && (!carrier.forwards || carrier.carrier !== undefined)) list.add("lab.carrier-does-not-forward", ["internet", "hosts", name, "carrier"], { name: host.carrier ?? "" });
  }
  for (const [name, machine] of Object.entries(lab.machines)) {
    claim(["machines", name], name);
    addMachineFaults(list, ["machines", name], machine, images);
  }
  lab.switches.forEach((name, index) => claim(["switches", index], name));
  for (const name of Object.keys(lab.names)) claim(["names", name], name);
  addHostAddressFaults(list, lab, hosts);
  addCableFaults(list, lab);
}

/** Key pairs whose private half a host holds: they are in the start state, and made by Rempart, or there is nothing to hold. */
export function addHeldKeyFaults(list: FaultList, lab: Lab, network: Network): void {
  for (const [host, { holds_key_pair: name }] of Object.entries(lab.internet?.hosts ?? {})) {
    if (name === undefined) continue;
    const path = ["internet", "hosts", host, "holds_key_pair"];
    const pair = network.key_pairs[name];
    if (!pair) list.addUnknown("lab.unknown-key-pair", path, name, Object.keys(network.key_pairs));
    else if (pair.public_key !== undefined) list.add("lab.key-pair-brought", path, { name });
  }
}

/** Clusters whose kubeconfig a host has. `known`: those of the start state, and those that come with a solution. */
export function addKubeconfigFaults(list: FaultList, lab: Lab, known: readonly string[]): void {
  for (const [host, { kubeconfig: name }] of Object.entries(lab.internet?.hosts ?? {})) {
    if (name !== undefined && !known.includes(name)) list.addUnknown("lab.unknown-cluster", ["internet", "hosts", host, "kubeconfig"], name, known);
  }
}

function addHostAddressFaults(list: FaultList, lab: Lab, hosts: readonly (readonly [string, { readonly address: string }])[]): void {
  if (!lab.internet) return;
  const cidr = lab.internet.cidr_block;
  if (cidr.includes(":")) {
    list.add("network.ipv6", ["internet", "cidr_block"], { value: cidr });
    return;
  }
  const internet = parsedPrefix(cidr);
  const owners = new Map<string, string>();
  for (const [name, { address }] of hosts) {
    const path = ["internet", "hosts", name, "address"];
    const other = owners.get(address);
    if (!prefixContains(internet, parsedAddress(address))) list.add("lab.host-address-outside", path, { value: address, internet: cidr });
    else if (isReservedOnInternet(internet, parsedAddress(address))) list.add("lab.host-address-reserved", path, { value: address, internet: cidr });
    else if (other !== undefined) list.add("lab.host-address-taken", path, { value: address, other });
    owners.set(address, name);
  }
}

interface InterfaceEntry {
  readonly switch?: string | undefined;
  readonly address?: string | undefined;
  readonly gateway?: string | undefined;
}

function addInterfaceFaults(list: FaultList, lab: Lab, path: FaultPath, entry: InterfaceEntry): void {
  if (entry.switch !== undefined && !lab.switches.includes(entry.switch)) list.addUnknown("lab.unknown-switch", [...path, "switch"], entry.switch, lab.switches);
  const network = entry.address === undefined ? undefined : parseLoosePrefix(entry.address);
  if (entry.address !== undefined && !network) list.add("lab.interface-address", [...path, "address"], { value: entry.address });
  if (entry.gateway === undefined) return;
  // A gateway that is no neighbour cannot be reached, and the kernel refuses the route.
  if (!network || !prefixContains(network, parsedAddress(entry.gateway))) list.add("lab.interface-gateway", [...path, "gateway"], { value: entry.gateway, network: entry.address ?? "" });
}

function addCableFaults(list: FaultList, lab: Lab): void {
  const ends = new Set<string>();
  for (const [host, { interfaces }] of Object.entries(lab.internet?.hosts ?? {})) {
    for (const [name, entry] of Object.entries(interfaces)) addInterfaceFaults(list, lab, ["internet", "hosts", host, "interfaces", name], entry);
  }
  for (const [machine, { interfaces }] of Object.entries(lab.machines)) {
    for (const [name, entry] of Object.entries(interfaces)) {
      addInterfaceFaults(list, lab, ["machines", machine, "interfaces", name], entry);
      if (entry.switch !== undefined) ends.add(`${machine}:${name}`);
    }
  }
  lab.links.forEach((link, index) => {
    for (const side of ["from", "to"] as const) {
      const path = ["links", index, side];
      const end = parseCableEnd(link[side]);
      if (!end || !Object.hasOwn(lab.machines, end.node)) list.add("lab.cable-end", path, { value: link[side] });
      else if (ends.has(link[side])) list.add("lab.interface-taken", path, { value: link[side] });
      ends.add(link[side]);
    }
  });
  for (const [machine, { interfaces }] of Object.entries(lab.machines)) {
    for (const name of Object.keys(interfaces)) {
      if (!ends.has(`${machine}:${name}`)) list.add("lab.interface-loose", ["machines", machine, "interfaces", name], { value: `${machine}:${name}` }, true);
    }
  }
}

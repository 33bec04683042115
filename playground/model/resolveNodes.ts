import type { Allocation } from "./addresses.ts";
import { type Attachment, type Cable, type CloudNode, type NetworkInterface, servicePorts } from "./cloud.ts";
import { dnsFiles } from "./dnsFiles.ts";
import { resourceId } from "./ids.ts";
import { type IpAddress, parseAddress } from "./ip.ts";
import type { Lab } from "./lab.ts";
import type { Instance, Network } from "./network.ts";
import { parsedAddress, parsedPrefix, present } from "./parsed.ts";
import { securityGroupKey } from "./resolveRules.ts";
import { hasPrivateZone, resolverAddress } from "./vpcResolver.ts";

type MachineFields = Pick<Instance, "image" | "role" | "services" | "ports" | "key_pair" | "user_data" | "capabilities" | "devices" | "files"> & { readonly holds_key_pair?: string | undefined };

function machineOf(fields: MachineFields) {
  const listens = [...new Set([...fields.services.flatMap((service) => servicePorts[service]), ...fields.ports])].sort((a, b) => a - b);
  return {
    role: fields.role,
    image: fields.image,
    services: fields.services,
    listens,
    keyPair: fields.key_pair,
    holdsKeyPair: fields.holds_key_pair,
    userData: fields.user_data,
    capabilities: fields.capabilities,
    devices: fields.devices,
    files: fields.files,
  };
}

/** The instances of `network.yml`, in the order of declaration. */
export function resolveInstances(lab: Lab, network: Network, allocation: Allocation): CloudNode[] {
  return Object.entries(network.instances).map(([name, instance]) => {
    const subnet = present(network.subnets[instance.subnet], `subnet ${instance.subnet}`);
    const groups = instance.vpc_security_groups.length > 0 ? instance.vpc_security_groups : ["default"];
    const networkInterface: NetworkInterface = {
      id: resourceId(lab.id, "interfaces", `${name}/eth0`),
      name: "eth0",
      attachment: { kind: "subnet", vpc: subnet.vpc, subnet: instance.subnet },
      address: present(allocation.instances.get(name), `private address of ${name}`),
      prefixLength: parsedPrefix(subnet.cidr_block).length,
      gateway: undefined,
      publicAddress: allocation.publicByInstance.get(name),
      securityGroups: [...new Set(groups)].map((group) => securityGroupKey(subnet.vpc, group)),
    };
    return {
      name,
      id: resourceId(lab.id, "instances", name),
      kind: "instance",
      ...machineOf(instance),
      interfaces: [networkInterface],
      sourceDestCheck: instance.source_dest_check,
      resolver: resolverOf(network, subnet.vpc),
      terminal: !lab.no_terminal.includes(name),
    };
  });
}

/** Whom the instances of a VPC ask: what its options say, else the VPC's own resolver, where there is one. */
export function resolverOf(network: Network, name: string): IpAddress | undefined {
  const vpc = network.vpcs[name];
  return vpc?.domain_name_servers.map(parsedAddress)[0] ?? (vpc && hasPrivateZone(network, name) ? resolverAddress(parsedPrefix(vpc.cidr_block)) : undefined);
}

/** The machines of `lab.yml`: hosts on the lab's Internet, and machines on switches and cables. */
export function resolveLabNodes(lab: Lab, cables: readonly Cable[]): CloudNode[] {
  const internet = lab.internet ? parsedPrefix(lab.internet.cidr_block) : undefined;
  const resolverHost = lab.dns?.resolver === undefined ? undefined : lab.internet?.hosts[lab.dns.resolver];
  const resolver = resolverHost && parsedAddress(resolverHost.address);
  const hosts = Object.entries(lab.internet?.hosts ?? {}).map(([name, host]): CloudNode => ({
    name,
    id: resourceId(lab.id, "hosts", name),
    kind: "internet-host",
    // What the lab says of a file itself comes last, and so wins: a resolver may start with hints that are out of date.
    ...machineOf({ ...host, files: [...dnsFiles(lab, name), ...host.files] }),
    resolver,
    kubeconfig: host.kubeconfig,
    interfaces: [
      {
        id: resourceId(lab.id, "interfaces", `${name}/eth0`),
        name: "eth0",
        attachment: { kind: "internet" },
        address: parsedAddress(host.address),
        prefixLength: internet?.length,
        gateway: undefined,
        publicAddress: undefined,
        securityGroups: [],
      },
      ...Object.entries(host.interfaces).sort(([a], [b]) => (a < b ? -1 : 1)).map(([own, entry]) => interfaceOf(lab, name, own, { kind: "switch", name: entry.switch }, entry)),
    ],
    sourceDestCheck: !host.forwards,
    carrier: host.carrier,
    terminal: host.terminal && !lab.no_terminal.includes(name),
  }));
  const machines = Object.entries(lab.machines).map(([name, machine]): CloudNode => ({
    name,
    id: resourceId(lab.id, "machines", name),
    kind: "machine",
    ...machineOf(machine),
    interfaces: machineInterfaces(lab, name, cables),
    sourceDestCheck: false,
    resolver: undefined,
    terminal: machine.terminal && !lab.no_terminal.includes(name),
  }));
  return [...hosts, ...machines];
}

/** The declared interfaces and those that only a cable names; one that ends nowhere is not there. */
function machineInterfaces(lab: Lab, machine: string, cables: readonly Cable[]): NetworkInterface[] {
  const declared = lab.machines[machine]?.interfaces ?? {};
  const byCable = new Map<string, Attachment>();
  cables.forEach((cable, index) => {
    for (const end of ["from", "to"] as const) {
      if (cable[end].node === machine) byCable.set(cable[end].interface, { kind: "cable", index, end });
    }
  });
  const names = [...new Set([...Object.keys(declared), ...byCable.keys()])].sort();
  return names.flatMap((name): NetworkInterface[] => {
    const entry = declared[name];
    const attachment: Attachment | undefined = entry?.switch === undefined ? byCable.get(name) : { kind: "switch", name: entry.switch };
    if (!attachment) return [];
    return [interfaceOf(lab, machine, name, attachment, entry)];
  });
}

/** An interface in a switch or at a cable, with the address that the lab gives it, if any. */
function interfaceOf(lab: Lab, machine: string, name: string, attachment: Attachment, entry: { readonly address?: string | undefined; readonly gateway?: string | undefined } | undefined): NetworkInterface {
  const [addressText, lengthText] = (entry?.address ?? "").split("/");
  const address = parseAddress(addressText ?? "");
  return {
    id: resourceId(lab.id, "interfaces", `${machine}/${name}`),
    name,
    attachment,
    address,
    prefixLength: address && lengthText !== undefined ? Number(lengthText) : undefined,
    gateway: entry?.gateway === undefined ? undefined : parsedAddress(entry.gateway),
    publicAddress: undefined,
    securityGroups: [],
  };
}

/** `machine:eth0` as node and interface; undefined when it is not of that form. */
export function parseCableEnd(text: string): { node: string; interface: string } | undefined {
  const match = /^([a-z][a-z0-9-]*):(eth\d)$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? { node: match[1], interface: match[2] } : undefined;
}

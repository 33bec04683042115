import type { Fault } from "./errors.ts";
import { FaultList, type RawFault, type SourcePositions, toFault } from "./faults.ts";
import type { Lab } from "./lab.ts";
import type { Network } from "./network.ts";
import { balancerNodes } from "./resolveLoadBalancers.ts";
import { mainTableName } from "./resolveRules.ts";
import { addExhaustionFaults, addFamilyFaults, addPrefixFaults, addPrivateAddressFaults, addPublicAddressFaults } from "./validateAddresses.ts";
import { addClusterFaults } from "./validateClusters.ts";
import { addAddresslessZoneFaults, addHostedZoneFaults } from "./validateHostedZones.ts";
import { addLoadBalancerFaults } from "./validateLoadBalancers.ts";
import { addMachineFaults, isForPods, reservedNames } from "./validateMachines.ts";
import { addReferenceFaults, addRouteFaults, addTextReferenceFaults } from "./validateReferences.ts";
import { addRuleFaults } from "./validateRules.ts";
import { hasPrivateZone, resolverName } from "./vpcResolver.ts";

/** Every fault in what a `network.yml` means, in the lab in which it runs. `images`: names of the catalogue, when known. */
export function networkFaults(lab: Lab, network: Network, positions?: SourcePositions, images?: readonly string[]): Fault[] {
  return rawNetworkFaults(lab, network, images).map((raw) => toFault(raw, positions));
}

/** Without prototypes: a reference to "constructor" must find nothing. */
function bare(network: Network): Network {
  const entries = Object.entries(network).map(([kind, resources]) => [kind, Object.assign(Object.create(null), resources)]);
  return Object.fromEntries(entries) as Network;
}

function rawNetworkFaults(lab: Lab, given: Network, images: readonly string[] | undefined): readonly RawFault[] {
  const list = new FaultList("network.yml");
  const network = bare(given);
  addFamilyFaults(list, network);
  // Every other rule compares addresses of one family.
  if (list.found.length > 0) return list.found;
  addNameFaults(list, lab, network);
  addReferenceFaults(list, network);
  addPrefixFaults(list, lab, network);
  addRouteFaults(list, network);
  addRuleFaults(list, network);
  addPrivateAddressFaults(list, network);
  addPublicAddressFaults(list, lab, network);
  for (const [name, instance] of Object.entries(network.instances)) addMachineFaults(list, ["instances", name], instance, images);
  addLoadBalancerFaults(list, network);
  addClusterFaults(list, lab, network, podImagesOf(images));
  addHostedZoneFaults(list, lab, network);
  addOutputFaults(list, lab, network);
  if (list.found.length === 0) addExhaustionFaults(list, lab, network);
  if (list.found.length === 0) addAddresslessZoneFaults(list, lab, network);
  return list.found;
}

/** Undefined where the catalogue's images for pods are not known. */
function podImagesOf(images: readonly string[] | undefined): readonly string[] | undefined {
  const found = images?.filter(isForPods);
  return found && found.length > 0 ? found : undefined;
}

function addNameFaults(list: FaultList, lab: Lab, network: Network): void {
  const labNames = new Set([...Object.keys(lab.internet?.hosts ?? {}), ...Object.keys(lab.machines), ...lab.switches, ...Object.keys(lab.names)]);
  for (const name of Object.keys(network.instances)) {
    if (reservedNames.has(name)) list.add("network.reserved-name", ["instances", name], { name }, true);
    if (labNames.has(name)) list.add("network.name-taken", ["instances", name], { name }, true);
  }
  // The nodes of a balancer are machines, whose names stand in every hosts file.
  for (const { balancer, name } of balancerNodes(network)) {
    const path = ["load_balancers", balancer];
    if (reservedNames.has(name)) list.add("network.reserved-name", path, { name }, true);
    if (labNames.has(name)) list.add("network.name-taken", path, { name }, true);
    else if (Object.hasOwn(network.instances, name)) list.add("balancer.name-of-instance", path, { name }, true);
    else if (name !== balancer && Object.hasOwn(network.load_balancers, name)) list.add("balancer.name-of-node", path, { name }, true);
  }
  for (const kind of ["internet_gateways", "nat_gateways", "peering_connections"] as const) {
    for (const name of Object.keys(network[kind])) {
      if (reservedNames.has(name)) list.add("network.reserved-name", [kind, name], { name }, true);
    }
  }
  if (Object.hasOwn(network.security_groups, "default")) list.add("network.reserved-name", ["security_groups", "default"], { name: "default" }, true);
  addResolverNameFaults(list, labNames, network);
  const implicit = new Set(Object.keys(network.vpcs).map(mainTableName));
  for (const [name, table] of Object.entries(network.route_tables)) {
    if (implicit.has(name) && !(table.main && name === mainTableName(table.vpc))) list.add("network.reserved-name", ["route_tables", name], { name }, true);
  }
}

/** A VPC with private zones has a resolver, whose name nobody else can have. */
function addResolverNameFaults(list: FaultList, labNames: ReadonlySet<string>, network: Network): void {
  for (const vpc of Object.keys(network.vpcs).filter((name) => hasPrivateZone(network, name))) {
    const name = resolverName(vpc);
    if (Object.hasOwn(network.instances, name)) list.add("network.reserved-name", ["instances", name], { name }, true);
    if (labNames.has(name)) list.add("network.reserved-name", ["vpcs", vpc], { name }, true);
  }
}

function addOutputFaults(list: FaultList, lab: Lab, network: Network): void {
  for (const [output, text] of Object.entries(network.outputs)) addTextReferenceFaults(list, ["outputs", output], text, lab, network);
}

import type { Fault } from "./errors.ts";
import { FaultList, type SourcePositions, toFault } from "./faults.ts";
import { type Lab } from "./lab.ts";
import { parseLabFile } from "./labFile.ts";
import type { Network } from "./network.ts";
import { clusterMembers } from "./resolveClusters.ts";
import { parseNetworkFile, sortFaults } from "./networkFile.ts";
import { addKubernetesCheckFaults } from "./validateKubernetesChecks.ts";
import { addCheckFaults, addNodeFaults } from "./validateChecks.ts";
import { addComparisonFaults } from "./validateComparisons.ts";
import { addDnsFaults } from "./validateDns.ts";
import { networkFaults } from "./validateNetwork.ts";
import { addHeldKeyFaults, addKubeconfigFaults, addWiringFaults } from "./validateWiring.ts";

export interface ValidationOptions {
  /** Names of the image catalogue; images are not judged without it. */
  readonly images?: readonly string[];
  /** Where the parts of the two files stand, as the parsers gave it. */
  readonly positions?: { readonly lab?: SourcePositions; readonly network?: SourcePositions };
  /** Names of instances that the student makes on the way (those of the solution): with it, nodes named nowhere are faults. */
  readonly futureInstances?: readonly string[];
  /** Names of clusters that come on the way. */
  readonly futureClusters?: readonly string[];
}

/** Every fault in what the two files mean, in the order of the files. Never throws. */
export function validateLab(lab: Lab, network: Network, options: ValidationOptions = {}): Fault[] {
  const faults = labFaults(lab, network, options);
  // Without a sound Internet, every public address would be called wrong as well.
  const internetIsSound = !lab.internet?.cidr_block.includes(":");
  return sortFaults([...faults, ...(internetIsSound ? networkFaults(lab, network, options.positions?.network, options.images) : [])]);
}

function labFaults(lab: Lab, network: Network, options: ValidationOptions): Fault[] {
  const list = new FaultList("lab.yml");
  addWiringFaults(list, lab, options.images);
  addHeldKeyFaults(list, lab, network);
  addKubeconfigFaults(list, lab, [...new Set([...Object.keys(network.clusters), ...(options.futureClusters ?? [])])]);
  addDnsFaults(list, lab);
  addCheckFaults(list, lab);
  addKubernetesCheckFaults(list, lab, [...new Set([...Object.keys(network.clusters), ...(options.futureClusters ?? [])])]);
  addComparisonFaults(list, lab);
  if (options.futureInstances) {
    addNodeFaults(list, lab, [...new Set([...Object.keys(lab.internet?.hosts ?? {}), ...Object.keys(lab.machines), ...Object.keys(network.instances), ...clusterMembers(network).map(({ name }) => name), ...options.futureInstances])]);
  }
  return list.found.map((raw) => toFault(raw, options.positions?.lab));
}

/**
 * Parses and judges the texts of `lab.yml` and `network.yml` together: every fault of both with line and column. The parsed
 * files are there when their own syntax and schema are right, even if what they mean is not.
 */
export function validateTexts(
  labText: string,
  networkText: string,
  options: Omit<ValidationOptions, "positions"> = {},
): { lab: Lab | undefined; network: Network | undefined; faults: Fault[] } {
  const labFile = parseLabFile(labText);
  const networkFile = parseNetworkFile(networkText);
  const faults = [...labFile.faults, ...networkFile.faults];
  if (labFile.lab && networkFile.network) {
    faults.push(...validateLab(labFile.lab, networkFile.network, { ...options, positions: { lab: labFile.positions, network: networkFile.positions } }));
  }
  return { lab: labFile.lab, network: networkFile.network, faults: sortFaults(faults) };
}

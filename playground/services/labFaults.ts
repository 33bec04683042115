import { RempartError, type Fault } from "../model/errors.ts";
import type { Lab } from "../model/lab.ts";
import { parseNetworkFile, sortFaults } from "../model/networkFile.ts";
import type { Network } from "../model/network.ts";
import { networkFaults } from "../model/validateNetwork.ts";

/** The error of a file with faults: all of them at once, and nothing lost. */
export function faultsError(file: string, faults: Fault[]): RempartError {
  return new RempartError("input.invalid-network", `${file} has ${faults.length === 1 ? "a fault" : `${faults.length} faults`}: ${faults[0]?.message ?? ""}`, {
    kind: "input",
    kept: "what runs, and the file as you wrote it",
    next: "correct the lines named, then plan again",
    faults,
  });
}

/** Parses and judges a text of `network.yml` in its lab; `network` is absent when syntax or schema are wrong. Never throws. */
export function readNetwork(lab: Lab, text: string, images: readonly string[]): { network: Network | undefined; faults: Fault[] } {
  const { network, faults, positions } = parseNetworkFile(text);
  if (!network || faults.length > 0) return { network, faults };
  return { network, faults: sortFaults(networkFaults(lab, network, positions, images)) };
}

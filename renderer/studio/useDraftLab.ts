import { useMemo } from "react";
import { buildTopology } from "../../playground/model/buildTopology.ts";
import { editText } from "../../playground/model/labDocument.ts";
import { parseLabFile } from "../../playground/model/labFile.ts";
import type { Lab } from "../../playground/model/lab.ts";
import type { Network } from "../../playground/model/network.ts";
import { parseNetworkFile } from "../../playground/model/networkFile.ts";
import { withSamples } from "../../playground/model/placeholders.ts";
import { resolveCloud } from "../../playground/model/resolve.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { networkFaults } from "../../playground/model/validateNetwork.ts";
import { chooseValues, fillValues, variantsOf } from "../../playground/model/variants.ts";
import { useText } from "./useStudio.tsx";

/** Parts of lab.yml in which the author may be in the middle of something, and without which a network can be drawn. */
const unfinished = ["steps", "checks", "start_fails", "broken", "breakages", "comparisons", "scenes"] as const;

/** What lab.yml says as it stands, without a student's seed, and without its steps and checks while these have faults; undefined while the rest cannot be read. */
export function useDraftLab(): Lab | undefined {
  const text = useText("lab.yml");
  return useMemo(() => {
    const filled = fillValues(text, chooseValues(variantsOf(text), undefined));
    return parseLabFile(filled).lab ?? parseLabFile(editText(filled, (document) => unfinished.forEach((part) => document.delete(part)))).lab;
  }, [text]);
}

export interface DraftNetwork {
  readonly network: Network | undefined;
  /** Undefined while the text has faults. */
  readonly topology: Topology | undefined;
}

/** What one of the lab's networks says as it stands. */
export function useDraftNetwork(lab: Lab | undefined, path: string): DraftNetwork {
  const labText = useText("lab.yml");
  const text = useText(path);
  return useMemo(() => {
    const { network, faults } = parseNetworkFile(withSamples(fillValues(text, chooseValues(variantsOf(labText), undefined))));
    if (!lab || !network || faults.length > 0 || networkFaults(lab, network).length > 0) return { network, topology: undefined };
    return { network, topology: buildTopology(resolveCloud(lab, network)) };
  }, [lab, labText, text]);
}

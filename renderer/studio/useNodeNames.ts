import { useMemo } from "react";
import { networksNamedBy, type Lab } from "../../playground/model/lab.ts";
import { parseNetworkFile } from "../../playground/model/networkFile.ts";
import { withSamples } from "../../playground/model/placeholders.ts";
import { chooseValues, fillValues, variantsOf } from "../../playground/model/variants.ts";
import { useDraft } from "./useStudio.tsx";

/** Names of all machines of the lab: those of lab.yml, and the instances of each of its networks. */
export function useNodeNames(lab: Lab | undefined): readonly string[] {
  const files = useDraft((state) => state.history?.files);
  return useMemo(() => {
    if (files === undefined) return [];
    const values = chooseValues(variantsOf(files["lab.yml"] ?? ""), undefined);
    const networks = ["network.yml", ...(lab ? networksNamedBy(lab) : [])].flatMap((path) => parseNetworkFile(withSamples(fillValues(files[path] ?? "", values))).network ?? []);
    return [...new Set([...Object.keys(lab?.internet?.hosts ?? {}), ...Object.keys(lab?.machines ?? {}), ...networks.flatMap((network) => Object.keys(network.instances))])];
  }, [files, lab]);
}

import { useMemo } from "react";
import { networksNamedBy, type Lab } from "../../playground/model/lab.ts";
import { parseNetworkFile } from "../../playground/model/networkFile.ts";
import { withSamples } from "../../playground/model/placeholders.ts";
import { chooseValues, fillValues, variantsOf } from "../../playground/model/variants.ts";
import { useDraft } from "./useStudio.tsx";

export interface Machines {
  /** Those of lab.yml, and the instances of each of its networks. */
  readonly names: readonly string[];
  /** Their addresses as a check names them, whatever they are: the public one of an instance that has one, else its private one. */
  readonly addresses: readonly string[];
}

/** All machines of the lab as it stands. */
export function useMachines(lab: Lab | undefined): Machines {
  const files = useDraft((state) => state.history?.files);
  return useMemo(() => {
    if (files === undefined) return { names: [], addresses: [] };
    const values = chooseValues(variantsOf(files["lab.yml"] ?? ""), undefined);
    const paths = [...new Set(["network.yml", ...(lab ? networksNamedBy(lab) : [])])];
    const networks = paths.flatMap((path) => parseNetworkFile(withSamples(fillValues(files[path] ?? "", values))).network ?? []);
    const instances = [...new Set(networks.flatMap((network) => Object.keys(network.instances)))];
    const isPublic = (name: string): boolean => networks.some(({ elastic_ips: ips, instances: all, subnets }) => Object.values(ips).some((ip) => ip.instance === name) || subnets[all[name]?.subnet ?? ""]?.map_public_ip_on_launch === true);
    const hosts = Object.keys(lab?.internet?.hosts ?? {});
    const machines = Object.keys(lab?.machines ?? {});
    return {
      names: [...new Set([...hosts, ...machines, ...instances])],
      addresses: [
        ...instances.map((name) => `\${instances.${name}.${isPublic(name) ? "public_ip" : "private_ip"}}`),
        ...hosts.map((name) => `\${hosts.${name}.address}`),
        ...machines.map((name) => `\${machines.${name}.address}`),
      ],
    };
  }, [files, lab]);
}

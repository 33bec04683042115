import { parseClusterId } from "../../playground/model/clusterIds.ts";
import { formatPodTerminal } from "../../playground/model/podTerminal.ts";
import type { TopologyNode } from "../../playground/model/topology.ts";
import { nodeId } from "../../playground/model/topologyIds.ts";

/** The box of a cluster's node stands for the machine that it is; every other element for itself. */
export function machineOf(id: string): string {
  const parsed = parseClusterId(id);
  return parsed?.kind === "cluster-node" ? nodeId(parsed.names[0] ?? "") : id;
}

/** The name under which a node's terminal is opened. */
export function terminalName(node: TopologyNode): string {
  const parsed = node.kind === "pod" ? parseClusterId(node.id) : undefined;
  const [namespace, pod] = parsed?.names ?? [];
  return parsed === undefined || namespace === undefined || pod === undefined ? node.name : formatPodTerminal({ cluster: parsed.cluster, namespace, pod });
}

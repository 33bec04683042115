import { useEffect, useState } from "react";
import type { NodeState, TopologyNode } from "../../playground/model/topology.ts";
import { useClient, useLab } from "../state/stores.tsx";

export interface TerminalNode {
  readonly name: string;
  readonly role: string;
  readonly state: NodeState | undefined;
}

/** The nodes that let the student in, with their live state. */
export function useTerminalNodes(lab: string): readonly TerminalNode[] {
  const client = useClient();
  const version = useLab(lab, (state) => state.topologyVersion);
  const status = useLab(lab, (state) => state.status?.nodes);
  const [nodes, setNodes] = useState<readonly TopologyNode[]>([]);
  useEffect(() => {
    let isCurrent = true;
    client
      .call("topology.get", { lab })
      .then((topology) => isCurrent && setNodes(topology.nodes.filter((node) => node.terminal)))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [client, lab, version]);
  return nodes.map((node) => ({ name: node.name, role: node.role, state: status?.find((candidate) => candidate.name === node.name)?.state }));
}

import { parseClusterId } from "../../playground/model/clusterIds.ts";
import type { BalancersView } from "../../playground/model/balancerView.ts";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import type { ClusterParts } from "../topology/useClusterPicture.ts";
import type { ExposureTool } from "../topology/useExposure.ts";
import type { PathResult } from "../topology/usePath.ts";
import { ClusterInspector } from "./ClusterInspector.tsx";
import { Inspector } from "./Inspector.tsx";

/** What the inspector shows, and which side of it. */
export interface Inspected {
  readonly id: string;
  readonly tab: "facts" | "log" | "yaml";
}

interface AnyInspectorProps {
  readonly lab: string;
  readonly inspected: Inspected;
  readonly topology: Topology;
  readonly clusters: ClusterParts;
  readonly states: ReadonlyMap<string, NodeState>;
  readonly probes: readonly PathResult[];
  readonly scans: ExposureTool;
  readonly balancers: BalancersView;
  onSelect(id: string): void;
  onTerminal(name: string): void;
  onClose(): void;
}

/** The inspector of the cloud, or that of what is in a cluster. */
export function AnyInspector({ inspected: { id, tab }, clusters, onTerminal, ...rest }: AnyInspectorProps) {
  const { lab, onSelect, onClose } = rest;
  if (parseClusterId(id) !== undefined) return <ClusterInspector lab={lab} id={id} initialTab={tab} clusters={clusters} onSelect={onSelect} onTerminal={onTerminal} onClose={onClose} />;
  return <Inspector {...rest} id={id} initialTab={tab === "log" ? "log" : "facts"} />;
}

import type { Topology } from "../../playground/model/topology.ts";

/** What a capture at an element is called in the contract; undefined where nothing can be captured. */
export function captureTarget(topology: Topology, id: string | undefined): string | undefined {
  const node = topology.nodes.find((candidate) => candidate.id === id);
  if (node !== undefined) {
    if (node.kind === "internet-gateway" || node.kind === "peering-connection") return topology.boxes.find((box) => box.id === node.parent && box.kind === "vpc")?.name;
    return node.kind === "pod" || node.kind === "service" || node.kind === "ingress" ? undefined : node.name;
  }
  const box = topology.boxes.find((candidate) => candidate.id === id);
  return box?.kind === "internet" ? "internet" : box?.kind === "vpc" ? box.name : undefined;
}

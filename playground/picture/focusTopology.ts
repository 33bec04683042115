import { internetFigureName } from "../model/figure.ts";
import type { Topology } from "../model/topology.ts";
import { peeringsOf } from "./gatewayLayout.ts";

/** A part of a picture, and the names that are not in it (yet). */
export interface Focus {
  readonly topology: Topology;
  readonly missing: readonly string[];
}

/**
 * The part of a picture that holds the things of these names, with the boxes around them and nothing else. A box shows what is
 * in it only by name; a peering connection brings the VPCs that it joins.
 */
export function focusTopology(topology: Topology, names: readonly string[]): Focus {
  const parents = new Map([...topology.boxes, ...topology.nodes].map((element) => [element.id, element.parent]));
  const peerings = new Map(peeringsOf(topology).map((peering) => [peering.id, peering]));
  const internet = topology.boxes.find((box) => box.kind === "internet")?.id;
  const kept = new Set<string>();
  const keep = (id: string | undefined): void => {
    if (id === undefined || kept.has(id)) return;
    kept.add(id);
    keep(parents.get(id));
    keep(peerings.get(id)?.from);
    keep(peerings.get(id)?.to);
  };
  const missing: string[] = [];
  for (const name of names) {
    const found = [...topology.nodes, ...topology.boxes.filter((box) => box.kind !== "zone")].filter((element) => (element.id === internet ? internetFigureName : element.name) === name);
    if (found.length === 0) missing.push(name);
    for (const { id } of found) keep(id);
  }
  return {
    topology: {
      boxes: topology.boxes.filter((box) => kept.has(box.id)),
      nodes: topology.nodes.filter((node) => kept.has(node.id)),
      edges: topology.edges.filter((edge) => (kept.has(edge.from) && kept.has(edge.to)) || kept.has(edge.id)),
    },
    missing,
  };
}

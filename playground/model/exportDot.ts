import type { Topology, TopologyBox, TopologyNode } from "./topology.ts";

function quote(...parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined && part !== "").map((part) => String(part).replaceAll("\\", "\\\\").replaceAll('"', '\\"')).join("\\n");
  return `"${text}"`;
}

/** The topology in Graphviz' DOT language. Routes are left out: they would hide the picture. */
export function exportDot(topology: Topology): string {
  const lines = ["graph topology {", "  compound=true;", "  node [shape=box, fontname=monospace];"];
  // DOT draws edges between nodes only: an edge to a box goes to an invisible node in it and is cut at the box's border.
  const boxIds = new Set(topology.boxes.map((box) => box.id));
  const anchor = (id: string): string => quote(boxIds.has(id) ? `${id}#anchor` : id);
  const cluster = (id: string): string => quote(`cluster_${id}`);
  const writeNode = (node: TopologyNode, indent: string): void => {
    const shape = node.kind.endsWith("gateway") || node.kind === "peering-connection" || node.kind === "resolver" ? "hexagon" : "box";
    lines.push(`${indent}${quote(node.id)} [label=${quote(node.name, node.address, node.publicAddress)}, shape=${shape}];`);
  };
  const writeBox = (box: TopologyBox, indent: string): void => {
    lines.push(`${indent}subgraph ${cluster(box.id)} {`, `${indent}  label=${quote(box.name, box.cidr)};`, `${indent}  ${anchor(box.id)} [shape=point, style=invis];`);
    for (const node of topology.nodes) if (node.parent === box.id) writeNode(node, `${indent}  `);
    for (const inner of topology.boxes) if (inner.parent === box.id) writeBox(inner, `${indent}  `);
    lines.push(`${indent}}`);
  };
  for (const box of topology.boxes) if (box.parent === undefined) writeBox(box, "  ");
  for (const node of topology.nodes) if (node.parent === undefined) writeNode(node, "  ");
  for (const edge of topology.edges) {
    if (edge.kind === "route") continue;
    const attributes = [
      ...(edge.label === undefined ? [] : [`label=${quote(edge.label)}`]),
      ...(edge.kind === "peering" || edge.kind === "target" || edge.kind === "tunnel" ? ["style=dashed"] : []),
      ...(edge.kind === "tunnel" ? ["color=deeppink", "constraint=false"] : []),
      ...(boxIds.has(edge.from) ? [`ltail=${cluster(edge.from)}`] : []),
      ...(boxIds.has(edge.to) ? [`lhead=${cluster(edge.to)}`] : []),
    ];
    lines.push(`  ${anchor(edge.from)} -- ${anchor(edge.to)}${attributes.length > 0 ? ` [${attributes.join(", ")}]` : ""};`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
}

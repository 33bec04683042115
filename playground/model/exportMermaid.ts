import type { Topology, TopologyBox, TopologyNode } from "./topology.ts";

/** Mermaid allows few characters in ids; every other one becomes `_` and its code, so that two ids never meet. */
function mermaidId(id: string): string {
  return id.replace(/[^A-Za-z0-9]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ""}_`);
}

function label(lines: readonly (string | undefined)[]): string {
  const text = lines.filter((line) => line !== undefined && line !== "").join("<br/>");
  return `"${text.replaceAll('"', "#quot;")}"`;
}

/** The topology as a Mermaid flowchart. Routes are left out: they would hide the picture. */
export function exportMermaid(topology: Topology): string {
  const lines = ["flowchart TB"];
  const writeNode = (node: TopologyNode, indent: string): void => {
    const text = label([node.name, node.address, node.publicAddress]);
    const [open, close] = node.kind.endsWith("gateway") || node.kind === "peering-connection" || node.kind === "resolver" ? ["{{", "}}"] : ["[", "]"];
    lines.push(`${indent}${mermaidId(node.id)}${open}${text}${close}`);
  };
  const writeBox = (box: TopologyBox, indent: string): void => {
    const nodes = topology.nodes.filter((node) => node.parent === box.id);
    const boxes = topology.boxes.filter((inner) => inner.parent === box.id);
    if (nodes.length + boxes.length === 0) {
      lines.push(`${indent}${mermaidId(box.id)}[${label([box.name, box.cidr])}]`);
      return;
    }
    lines.push(`${indent}subgraph ${mermaidId(box.id)}[${label([`${box.name} ${box.cidr ?? ""}`.trim()])}]`);
    for (const node of nodes) writeNode(node, `${indent}  `);
    for (const inner of boxes) writeBox(inner, `${indent}  `);
    lines.push(`${indent}end`);
  };
  for (const box of topology.boxes) if (box.parent === undefined) writeBox(box, "  ");
  for (const node of topology.nodes) if (node.parent === undefined) writeNode(node, "  ");
  for (const edge of topology.edges) {
    if (edge.kind === "route") continue;
    const arrow = edge.kind === "peering" || edge.kind === "target" ? "-.-" : edge.kind === "tunnel" ? "-.->" : "---";
    lines.push(`  ${mermaidId(edge.from)} ${arrow}${edge.label === undefined ? "" : `|${label([edge.label])}|`} ${mermaidId(edge.to)}`);
  }
  return `${lines.join("\n")}\n`;
}

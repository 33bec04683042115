import cytoscape, { type Core, type ElementDefinition, type NodeSingular } from "cytoscape";
import { sizes, type Layout, type PlacedNode, type Rectangle } from "../../playground/picture/layoutTypes.ts";

/** A graph that holds viewport, hit testing and dragging, and draws nothing itself. */
export function createGraph(container: HTMLElement): Core {
  return cytoscape({
    container,
    minZoom: 0.1,
    maxZoom: 3,
    autounselectify: true,
    boxSelectionEnabled: false,
    style: [
      { selector: "core", style: { "active-bg-opacity": 0, "active-bg-color": "#000", "active-bg-size": 0, "selection-box-opacity": 0, "selection-box-color": "#000", "selection-box-border-color": "#000", "selection-box-border-width": 0, "outside-texture-bg-color": "#000", "outside-texture-bg-opacity": 0 } },
      { selector: "node", style: { shape: "round-rectangle", width: "data(width)", height: "data(height)", opacity: 0, "z-index-compare": "manual", "z-index": (element: NodeSingular) => Number(element.data("depth")), "overlay-opacity": 0 } },
      { selector: "edge", style: { opacity: 0, width: 8, "curve-style": "straight", "z-index-compare": "manual", "z-index": 50, "overlay-opacity": 0 } },
    ],
  });
}

/** Of the room beside a node, what a name of usual length takes: the room itself may be as wide as a VPC. */
const usualName = 120;

/** Where a node's name stands; undefined at the left, where it stands on a box's own line. */
function nameArea(node: PlacedNode, size: number): Rectangle | undefined {
  if (node.labelSide === "left") return undefined;
  if (node.labelSide === "right") return { x: node.x + size / 2, y: node.y - size / 2, width: Math.min(node.labelWidth, usualName), height: size };
  const width = Math.min(node.labelWidth, node.pitch);
  return { x: node.x - width / 2, y: node.y + size / 2, width, height: sizes.labelDepth - 4 - size / 2 };
}

/** Cytoscape's elements for a layout: boxes under nodes, and the links between them. */
export function graphOf(layout: Layout): ElementDefinition[] {
  const elements: ElementDefinition[] = layout.boxes.map((box, index) => ({
    group: "nodes", grabbable: false, pannable: true,
    data: { id: box.id, element: box.id, width: box.width, height: box.height, depth: index },
    position: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
  }));
  const above = layout.boxes.length + 100;
  for (const node of layout.nodes) {
    const size = node.shape === "circle" ? sizes.gateway + 6 : sizes.node + 6;
    elements.push({ group: "nodes", grabbable: true, data: { id: node.id, element: node.id, width: size, height: size, depth: above }, position: { x: node.x, y: node.y } });
    // A name is its machine's, too: whoever points at it does not mean the subnet or the VPC behind it.
    const name = nameArea(node, size);
    if (name !== undefined) elements.push({ group: "nodes", grabbable: false, pannable: true, data: { id: `${node.id}#name`, element: node.id, width: name.width, height: name.height, depth: above - 1 }, position: { x: name.x + name.width / 2, y: name.y + name.height / 2 } });
  }
  for (const peering of layout.peerings) {
    for (const [end, point] of [["from", peering.from], ["to", peering.to]] as const) {
      elements.push({ group: "nodes", grabbable: false, pannable: true, data: { id: `${peering.id}#${end}`, element: peering.id, width: sizes.gateway + 6, height: sizes.gateway + 6, depth: above + 1 }, position: { ...point } });
    }
    elements.push({ group: "edges", data: { id: `${peering.id}#line`, source: `${peering.id}#from`, target: `${peering.id}#to` } });
  }
  return elements;
}

/** Brings Cytoscape's graph in line with a layout, touching only what changed: what is being dragged or pointed at stays. */
export function syncGraph(cy: Core, layout: Layout): void {
  const wanted = new Map(graphOf(layout).map((element) => [String(element.data.id), element]));
  cy.batch(() => {
    cy.elements().forEach((element) => {
      if (!wanted.has(element.id())) element.remove();
    });
    for (const [id, element] of wanted) {
      const known = cy.getElementById(id);
      if (known.empty()) cy.add(element);
      else if (known.isNode()) {
        known.data(element.data);
        if (element.position !== undefined) known.position(element.position);
      }
    }
  });
}

import cytoscape from "cytoscape";
import { expect, test } from "vitest";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { labSeven } from "../../playground/picture/topologySamples.ts";
import { graphOf, syncGraph } from "./stageGraph.ts";

const layout = layoutTopology(labSeven);
const bastion = layout.nodes.find((node) => node.id === "bastion") ?? expect.fail("bastion");
const names = graphOf(layout).filter((element) => String(element.data.id).endsWith("#name"));

test("a name belongs to its machine, and stands clear of the picture of the next one", () => {
  const name = names.find((element) => element.data["element"] === "bastion") ?? expect.fail("name of the bastion");
  expect(name.position).toMatchObject({ x: bastion.x });
  expect(name.position?.y).toBeGreaterThan(bastion.y + 20);
  expect(names.map((element) => element.data["element"])).toEqual(layout.nodes.filter((node) => node.labelSide !== "left").map((node) => node.id));
  const laptop = layout.nodes.find((node) => node.labelSide === "right" && node.shape === "square") ?? expect.fail("a host of the Internet");
  const right = names.find((element) => element.data["element"] === laptop.id);
  expect(right?.position?.x).toBeGreaterThan(laptop.x + 20);
  for (const one of names) {
    const under = layout.nodes.filter((node) => Math.abs(node.x - (one.position?.x ?? 0)) < Number(one.data["width"]) / 2 && Math.abs(node.y - (one.position?.y ?? 0)) < Number(one.data["height"]) / 2);
    expect(under).toEqual([]);
  }
});

test("a name goes where its machine goes", () => {
  const graph = cytoscape({ headless: true });
  syncGraph(graph, layout);
  syncGraph(graph, { ...layout, nodes: layout.nodes.map((node) => (node.id === "bastion" ? { ...node, x: node.x + 30 } : node)) });
  expect(graph.getElementById("bastion#name").position("x")).toBe(bastion.x + 30);
  expect(graph.getElementById("bastion").position("x")).toBe(bastion.x + 30);
});

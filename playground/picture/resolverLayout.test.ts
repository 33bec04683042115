import { expect, it } from "vitest";
import type { PathHop } from "../model/path.ts";
import type { Topology } from "../model/topology.ts";
import { buildScene, type SceneView } from "./buildScene.ts";
import { layoutTopology } from "./layout.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";
import { drawPrediction } from "./pathGeometry.ts";
import { labSeven } from "./topologySamples.ts";

const topology: Topology = { ...labSeven, nodes: [...labSeven.nodes, { id: "resolver-foo", kind: "resolver", role: "resolver", name: "resolver-foo", resourceId: "rslvr-1", address: "10.0.0.2", parent: "vpc:foo", terminal: false, securityGroups: [], services: ["resolver"] }] };
const view: SceneView = {
  states: new Map([["resolver-foo", "running"]]), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false,
  texts: { internetGateway: "Passerelle Internet", resolver: "Résolveur", publicSubnet: "public", privateSubnet: "privé", zone: String, folded: String, running: String, more: String },
};
const words = (drawn: Topology, room = {}): string[] => buildScene(drawn, layoutTopology(drawn, new Set(), room), view).shapes.flatMap((shape) => (shape.kind === "text" ? [shape.runs.map((run) => run.text).join(" ")] : []));

it("a VPC's resolver stands in the VPC's header, beside the title, with its address", () => {
  const layout = layoutTopology(topology);
  const vpc = layout.boxes.find((box) => box.id === "vpc:foo") ?? expect.fail();
  const node = layout.nodes.find((candidate) => candidate.id === "resolver-foo") ?? expect.fail();
  expect(node.x + 15).toBeLessThan(vpc.x + vpc.width);
  expect(node.y - 15).toBeGreaterThan(vpc.y);
  for (const box of layout.boxes.filter((candidate) => candidate.parent === "vpc:foo")) expect(node.y + 15).toBeLessThan(box.y);
  expect(node.labelWidth).toBeGreaterThan(sansWidth("Résolveur 10.0.0.2"));
  expect(node.x - 15 - 8 - node.labelWidth).toBeGreaterThan(vpc.x + 15 + sansWidth("VPC foo") + monoWidth("10.0.0.0/16"));
  expect(words(topology)).toEqual(expect.arrayContaining(["Résolveur 10.0.0.2", "VPC foo 10.0.0.0/16"]));
});

it("a figure has no more width for it: what does not fit is left out, and nothing is cut", () => {
  const only: Topology = { ...topology, boxes: topology.boxes.filter((box) => box.id.includes("foo")), nodes: topology.nodes.filter((node) => ["resolver-foo", "private-1"].includes(node.id)), edges: [] };
  const room = { isStill: true, minimumWidth: 333, maximumWidth: 333, vpcsPerLine: 1 };
  expect(layoutTopology(only, new Set(), room).width).toBeLessThanOrEqual(333);
  expect(words(only, room)).toContain("10.0.0.2");
  const narrow = { ...room, minimumWidth: 250, maximumWidth: 250 };
  expect(words(only, narrow).filter((text) => text.startsWith("Réso") || text.startsWith("10.0.0.2"))).toEqual([]);
});

it("a question is drawn from the instance to the resolver, along the VPC's corridors, and never by the Internet", () => {
  const layout = layoutTopology(topology);
  const hop = (elements: string[]): PathHop => ({ direction: "forward", at: "", kind: "resolver", outcome: "pass", reason: "to-resolver", values: {}, source: "", destination: "", elements });
  const drawn = drawPrediction(topology, layout, { question: { from: "private-1", to: "10.0.0.2", protocol: "udp", port: 53 }, verdict: "open", hops: [hop(["private-1"]), hop(["vpc:foo", "resolver-foo"])] }, "");
  const points = drawn.strokes[0]?.points ?? [];
  const node = layout.nodes.find((candidate) => candidate.id === "resolver-foo") ?? expect.fail();
  const vpc = layout.boxes.find((box) => box.id === "vpc:foo") ?? expect.fail();
  expect(points.at(-1)).toEqual({ x: node.x, y: node.y + 15 });
  for (const point of points) expect(point.y).toBeGreaterThan(vpc.y);
});

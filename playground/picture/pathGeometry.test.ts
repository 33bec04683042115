import { describe, expect, it } from "vitest";
import type { PathHop, PathPrediction } from "../model/path.ts";
import { layoutTopology } from "./layout.ts";
import { drawPrediction, wrapWords } from "./pathGeometry.ts";
import { labSeven } from "./topologySamples.ts";

const layout = layoutTopology(labSeven);
const hop = (elements: string[], more: Partial<PathHop> = {}): PathHop => ({ direction: "forward", at: "", kind: "node", outcome: "pass", reason: "x", values: {}, source: "", destination: "", elements, ...more });
const predict = (from: string, hops: PathHop[]): PathPrediction => ({ question: { from, to: "x", protocol: "tcp", port: 80 }, verdict: "open", hops });
const node = (id: string) => layout.nodes.find((candidate) => candidate.id === id) ?? expect.fail(id);
const box = (id: string) => layout.boxes.find((candidate) => candidate.id === id) ?? expect.fail(id);

/** Whether every leg is straight along one axis: a path that cuts across the picture is a hole in the geometry. */
const isOrthogonal = (points: readonly { x: number; y: number }[]): boolean => points.every((point, index) => index === 0 || Math.abs(point.x - (points[index - 1]?.x ?? 0)) < 0.01 || Math.abs(point.y - (points[index - 1]?.y ?? 0)) < 0.01);

describe("drawPrediction", () => {
  it("goes from the Internet through the gateway to an instance, edge to edge", () => {
    const drawn = drawPrediction(labSeven, layout, predict("laptop", [hop(["laptop"]), hop(["igw:foo"], { kind: "internet-gateway", outcome: "translate" }), hop(["subnet:foo-public", "bastion"], { outcome: "deliver" })]), "");
    const points = drawn.strokes[0]?.points ?? [];
    expect(points[0]).toMatchObject({ x: node("laptop").x });
    expect(points.at(-1)).toEqual({ x: node("bastion").x, y: node("bastion").y - 20 });
    expect(points).toContainEqual({ x: node("igw:foo").x, y: node("igw:foo").y - 15 });
    expect(isOrthogonal(points)).toBe(true);
    expect(drawn.stop).toBeUndefined();
  });
  it("stops in front of the router when no route matches, above the source's subnet", () => {
    const drawn = drawPrediction(labSeven, layout, predict("private-1", [hop(["private-1"]), hop(["subnet:foo-private"], { kind: "route-table", outcome: "drop" })]), "aucune route");
    expect(drawn.stop?.x).toBe(node("private-1").x);
    expect(drawn.stop?.y).toBeLessThan(box("subnet:foo-private").y);
    expect(drawn.stop?.y).toBeGreaterThan(box("subnet:foo-public").y + box("subnet:foo-public").height);
    expect(drawn.strokes[0]?.points.at(-1)?.y).toBeGreaterThan(drawn.stop?.y ?? 0);
  });
  it("stops just before the instance whose security group drops it", () => {
    const drawn = drawPrediction(labSeven, layout, predict("laptop", [hop(["laptop"]), hop(["igw:foo"]), hop(["bastion"], { kind: "security-group", outcome: "drop" })]), "non");
    expect(drawn.stop?.x).toBe(node("bastion").x);
    expect(drawn.stop?.y).toBeLessThan(node("bastion").y - 20);
  });
  it("crosses a peering connection from one VPC to the other", () => {
    const drawn = drawPrediction(labSeven, layout, predict("private-1", [hop(["private-1"]), hop(["pcx"], { kind: "peering-connection" }), hop(["bar-1"], { outcome: "deliver" })]), "");
    const points = drawn.strokes[0]?.points ?? [];
    const peering = layout.peerings[0];
    expect(points).toContainEqual(peering?.from);
    expect(points).toContainEqual(peering?.to);
    expect(isOrthogonal(points)).toBe(true);
  });
  it("draws the way back only when the answer is lost there", () => {
    const there = [hop(["laptop"]), hop(["igw:foo"]), hop(["bastion"], { outcome: "deliver" })];
    expect(drawPrediction(labSeven, layout, predict("laptop", [...there, hop(["bastion"], { direction: "return" }), hop(["laptop"], { direction: "return", outcome: "deliver" })]), "").strokes).toHaveLength(1);
    const lost = drawPrediction(labSeven, layout, predict("laptop", [...there, hop(["bastion"], { direction: "return" }), hop(["subnet:foo-public"], { direction: "return", kind: "network-acl", outcome: "drop" })]), "non");
    expect(lost.strokes.map((stroke) => stroke.isReturn)).toEqual([false, true]);
    expect(lost.stop).toBeDefined();
  });
});

describe("wrapWords", () => {
  it("begins no line with a sign that belongs to the word before", () => {
    expect(wrapWords("203.0.113.9 n’est pas ici : personne n’y va", 26)).toEqual(["203.0.113.9 n’est pas", "ici : personne n’y va"]);
    expect(wrapWords("La règle « web » ne dit rien ; elle", 13)).toEqual(["La règle", "« web » ne", "dit rien ;", "elle"]);
  });

  it("keeps every word, and lines within the width", () => {
    const lines = wrapWords("La table de routage foo-private n'a pas de route pour 203.0.113.80", 20);
    expect(lines.join(" ")).toBe("La table de routage foo-private n'a pas de route pour 203.0.113.80");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(20);
  });
});

import { describe, expect, it } from "vitest";
import type { Layout, Point } from "./layoutTypes.ts";
import { layoutTopology } from "./layout.ts";
import type { Shape } from "./scene.ts";
import { generateTopology, labSeven } from "./topologySamples.ts";
import { drawWalk } from "./walkGeometry.ts";

const step = (from: string, to: string, isFailed = false) => ({ from, to, isFailed });
const hosts = generateTopology({ vpcs: 0, zones: 0, publicSubnets: 0, privateSubnets: 0, instances: 0, hosts: 9, nameLength: 4 });
const [laptop, resolver, root, tld] = hosts.nodes.map((node) => node.name) as [string, string, string, string];
const last = hosts.nodes.at(-1)?.name ?? "";
const layout = layoutTopology(hosts);
const walk = { id: "1", steps: [step(laptop, resolver), step(resolver, root), step(resolver, tld), step(resolver, root), step(resolver, last, true)] };
const texts = (shapes: readonly Shape[]): string[] => shapes.flatMap((shape) => (shape.kind === "text" ? shape.runs.map((run) => run.text) : []));
const placeOf = (where: Layout, id: string): Point => where.nodes.find((node) => node.id === id) ?? { x: NaN, y: NaN };
const pointsOf = (shape: Shape | undefined): readonly Point[] => (shape?.kind === "line" ? shape.points : []);

describe("drawWalk", () => {
  it("marks the question itself, and numbers those that it caused; the same two machines have one line", () => {
    expect(texts(drawWalk(hosts, layout, walk, 5).marks)).toEqual(["?", "1 · 3", "2", "4"]);
    expect(drawWalk(hosts, layout, walk, 5).lines).toHaveLength(4);
  });

  it("shows one step after the other", () => {
    expect([0, 1, 2, 9].map((shown) => drawWalk(hosts, layout, walk, shown).lines.length)).toEqual([0, 1, 2, 4]);
  });

  it("goes from machine to machine without running into one, in a row and between rows", () => {
    for (const [index, [from, to]] of [[laptop, resolver], [resolver, root], [resolver, tld], [resolver, last]].entries()) {
      const points = pointsOf(drawWalk(hosts, layout, walk, 5).lines[index]);
      const ends = [from, to].map((name) => placeOf(layout, hosts.nodes.find((node) => node.name === name)?.id ?? ""));
      for (const [end, point] of [[ends[0], points[0]], [ends[1], points.at(-1)]] as const) expect(Math.hypot((end?.x ?? 0) - (point?.x ?? 0), (end?.y ?? 0) - (point?.y ?? 0))).toBeLessThan(40);
      for (const point of points) for (const node of layout.nodes) expect(Math.max(Math.abs(point.x - node.x), Math.abs(point.y - node.y))).toBeGreaterThan(22);
    }
  });

  it("shows in red what came to nothing", () => expect(drawWalk(hosts, layout, walk, 5).lines.map((line) => line.kind === "line" && line.stroke)).toEqual(["accent", "accent", "accent", "bad"]));

  it("passes by the gateway between a VPC and the Internet, and draws nothing for who is not in the picture", () => {
    const seven = layoutTopology(labSeven);
    const drawn = drawWalk(labSeven, seven, { id: "1", steps: [step("private-1", "resolver"), step("resolver", "gone")] }, 2);
    const gate = placeOf(seven, "igw:foo");
    expect(drawn.lines).toHaveLength(1);
    expect(pointsOf(drawn.lines[0]).some((point) => Math.hypot(point.x - gate.x, point.y - gate.y) < 24)).toBe(true);
    expect([...drawn.touched]).toEqual(["private-1", "resolver"]);
  });
});

import { describe, expect, it } from "vitest";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { betweenLayouts, moveNodes, readPositions } from "./movedLayout.ts";
import { labSeven, physicalTopology } from "../../playground/picture/topologySamples.ts";

const layout = layoutTopology(labSeven);
const find = (id: string, from = layout) => from.nodes.find((node) => node.id === id) ?? expect.fail(id);

describe("moveNodes", () => {
  it("keeps a dragged instance inside its subnet", () => {
    const moved = find("bastion", moveNodes(layout, new Map([["bastion", { x: -5000, y: 9000 }]])));
    const box = layout.boxes.find((candidate) => candidate.id === "subnet:foo-public") ?? expect.fail("subnet");
    expect(moved.x).toBeGreaterThan(box.x);
    expect(moved.y).toBeLessThan(box.y + box.height);
  });
  it("slides a gateway along the border, and its line with it", () => {
    const moved = moveNodes(layout, new Map([["igw:foo", { x: 300, y: 400 }]]));
    expect(find("igw:foo", moved)).toMatchObject({ x: 300, y: find("igw:foo").y });
    expect(moved.links.find((link) => link.id === "uplink:igw:foo")?.points.every((point) => point.x === 300)).toBe(true);
  });
  it("keeps cables at their machines", () => {
    const physical = layoutTopology(physicalTopology(0, 3, 0));
    const moved = moveNodes(physical, new Map([["machine:1", { x: 300, y: 200 }]]));
    expect(moved.links.filter((link) => link.points.some((point) => point.x === 300 && point.y === 200))).toHaveLength(2);
  });
});

describe("betweenLayouts", () => {
  it("starts at the old place and ends at the new one", () => {
    const target = moveNodes(layout, new Map([["bastion", { x: find("bastion").x + 20, y: find("bastion").y }]]));
    expect(find("bastion", betweenLayouts(layout, target, 0)).x).toBe(find("bastion").x);
    expect(find("bastion", betweenLayouts(layout, target, 0.5)).x).toBe(find("bastion").x + 10);
    expect(betweenLayouts(layout, target, 1)).toBe(target);
  });
});

describe("readPositions", () => {
  it("takes places and ignores everything else", () => {
    expect([...readPositions({ a: { x: 1, y: 2 }, b: { x: "1", y: 2 }, c: null, d: { x: Number.NaN, y: 1 } })]).toEqual([["a", { x: 1, y: 2 }]]);
    expect(readPositions("nonsense").size).toBe(0);
  });
});

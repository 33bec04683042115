import { describe, expect, it } from "vitest";
import { walk, walkStops, type Direction } from "./keyboardWalk.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { generateTopology, labSeven, physicalTopology } from "../../playground/picture/topologySamples.ts";

const layout = layoutTopology(labSeven);

describe("walk", () => {
  it("starts at the top left", () => expect(walk(layout, undefined, "down")).toBe("laptop"));
  it("goes along a row and comes back", () => {
    expect(walk(layout, "laptop", "right")).toBe("resolver");
    expect(walk(layout, "resolver", "left")).toBe("laptop");
  });
  it("goes down through the gateway into the VPC", () => {
    const below = walk(layout, "igw:foo", "down");
    expect(labSeven.nodes.find((node) => node.id === below)?.parent).toBe("subnet:foo-public");
  });
  it("stays where nothing is beyond", () => {
    expect(walk(layout, "laptop", "up")).toBe("laptop");
    expect(walk(layout, "laptop", "left")).toBe("laptop");
  });
  it("reaches every stop from the first one, in many pictures", () => {
    const pictures = [layout, layoutTopology(physicalTopology(3, 6, 2)), layoutTopology(generateTopology({ vpcs: 3, zones: 2, publicSubnets: 1, privateSubnets: 2, instances: 3, hosts: 5, nameLength: 8 }))];
    for (const picture of pictures) {
      const reached = new Set<string>();
      const open = [walkStops(picture)[0]?.id];
      while (open.length > 0) {
        const id = open.pop();
        if (id === undefined || reached.has(id)) continue;
        reached.add(id);
        for (const direction of ["left", "right", "up", "down"] satisfies Direction[]) open.push(walk(picture, id, direction));
      }
      expect(walkStops(picture).map((stop) => stop.id).filter((id) => !reached.has(id))).toEqual([]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { layoutTopology } from "./layout.ts";
import { nodeAt, packetRoute } from "./packetRoute.ts";
import { labSeven } from "./topologySamples.ts";

const layout = layoutTopology(labSeven);
const address = (id: string): string => labSeven.nodes.find((node) => node.id === id)?.address ?? expect.fail(id);
const place = (id: string) => layout.nodes.find((node) => node.id === id) ?? expect.fail(id);

describe("the line of a captured packet", () => {
  it("leads from the Internet through the gateway to an instance with a public address", () => {
    const line = packetRoute(labSeven, layout, address("laptop"), address("bastion")) ?? expect.fail("no line");
    expect(line).toContainEqual({ x: place("igw:foo").x, y: place("igw:foo").y - 15 });
    expect(line.at(-1)?.x).toBe(place("bastion").x);
  });

  it("goes back the same way", () => {
    const there = packetRoute(labSeven, layout, address("laptop"), address("bastion")) ?? [];
    const back = packetRoute(labSeven, layout, address("bastion"), address("laptop")) ?? [];
    expect(back[0]?.x).toBe(there.at(-1)?.x);
    expect(back.at(-1)?.x).toBe(there[0]?.x);
  });

  it("crosses the peering connection between two VPCs", () => {
    const line = packetRoute(labSeven, layout, address("private-1"), address("bar-1")) ?? expect.fail("no line");
    expect(line).toContainEqual(layout.peerings[0]?.from);
  });

  it("is none where one end is nobody's, or both are one", () => {
    expect(packetRoute(labSeven, layout, "198.51.100.1", address("laptop"))).toBeUndefined();
    expect(packetRoute(labSeven, layout, address("laptop"), address("laptop"))).toBeUndefined();
    expect(nodeAt(labSeven, "")).toBeUndefined();
  });
});

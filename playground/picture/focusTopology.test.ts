import { describe, expect, it } from "vitest";
import { focusTopology } from "./focusTopology.ts";
import { layoutTopology } from "./layout.ts";
import { labSeven } from "./topologySamples.ts";

const idsOf = (names: readonly string[]): string[] => {
  const { topology } = focusTopology(labSeven, names);
  return [...topology.boxes, ...topology.nodes].map((element) => element.id).sort();
};

describe("a part of a picture", () => {
  it("holds what is named, with the boxes around it and nothing else", () => {
    expect(idsOf(["private-1", "laptop"])).toEqual(["internet", "laptop", "private-1", "subnet:foo-private", "vpc:foo"]);
  });

  it("shows a box without what is in it, and the Internet by its name", () => {
    expect(idsOf(["foo-public"])).toEqual(["subnet:foo-public", "vpc:foo"]);
    expect(idsOf(["Internet"])).toEqual(["internet"]);
  });

  it("brings both VPCs of a peering connection, and draws the line between them", () => {
    const { topology } = focusTopology(labSeven, ["foo-bar"]);
    expect(topology.boxes.map((box) => box.id)).toEqual(["vpc:foo", "vpc:bar"]);
    expect(layoutTopology(topology).peerings).toHaveLength(1);
  });

  it("tells what is not there, once the rest is shown", () => {
    expect(focusTopology(labSeven, ["bastion", "nobody", "no-subnet"]).missing).toEqual(["nobody", "no-subnet"]);
    expect(focusTopology(labSeven, ["nobody"]).topology.boxes).toEqual([]);
  });
});

describe("a picture that has to fit", () => {
  it("puts VPCs below each other instead of beside, and is as wide as it may be", () => {
    const { topology } = focusTopology(labSeven, ["private-1", "foo-bar", "bar-1"]);
    const beside = layoutTopology(topology);
    const below = layoutTopology(topology, undefined, { isStill: true, minimumWidth: 333, vpcsPerLine: 1 });
    expect(beside.width).toBeGreaterThan(333);
    expect(below.width).toBe(333);
    const [foo, bar] = ["vpc:foo", "vpc:bar"].map((id) => below.boxes.find((box) => box.id === id));
    expect(foo?.width).toBe(bar?.width);
    expect(bar?.y).toBeGreaterThan((foo?.y ?? 0) + (foo?.height ?? 0));
  });

  it("leaves out the corridors of a path that is never drawn", () => {
    expect(layoutTopology(labSeven, undefined, { isStill: true }).height).toBeLessThan(layoutTopology(labSeven).height);
  });
});

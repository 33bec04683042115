import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Topology } from "../model/topology.ts";
import { layoutTopology, foldedByDefault } from "./layout.ts";
import { sizes } from "./layoutTypes.ts";
import type { Layout, Rectangle } from "./layoutTypes.ts";
import { labelWidth } from "./measureLabel.ts";
import { generateTopology, labSeven, physicalTopology } from "./topologySamples.ts";

const overlap = (a: Rectangle, b: Rectangle): boolean => a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01;
const inside = (inner: Rectangle, outer: Rectangle): boolean => inner.x >= outer.x - 0.01 && inner.y >= outer.y - 0.01 && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01;

/** What a node and its labels cover at the default zoom. */
function footprints(topology: Topology, layout: Layout): { id: string; box: string | undefined; area: Rectangle }[] {
  return layout.nodes.filter((node) => node.shape === "square").map((node) => {
    const model = topology.nodes.find((candidate) => candidate.id === node.id);
    const width = model === undefined ? 0 : labelWidth(model);
    const area = node.labelSide === "below"
      ? { x: node.x - Math.max(width, 40) / 2, y: node.y - 20, width: Math.max(width, 40), height: 20 + 54 }
      : { x: node.x - 20, y: node.y - 20, width: 40 + 8 + width, height: 40 };
    return { id: node.id, box: node.box, area };
  });
}

function faultsOf(topology: Topology, layout: Layout): string[] {
  const faults: string[] = [];
  const areas = footprints(topology, layout);
  areas.forEach((first, index) => {
    for (const second of areas.slice(index + 1)) if (overlap(first.area, second.area)) faults.push(`${first.id} over ${second.id}`);
    const box = layout.boxes.find((candidate) => candidate.id === first.box);
    if (box !== undefined && !inside(first.area, box)) faults.push(`${first.id} leaves ${box.id}`);
  });
  const byId = new Map(layout.boxes.map((box) => [box.id, box]));
  layout.boxes.forEach((first, index) => {
    const parent = first.parent === undefined ? undefined : byId.get(first.parent);
    if (parent !== undefined && !inside(first, parent)) faults.push(`${first.id} leaves ${parent.id}`);
    for (const second of layout.boxes.slice(index + 1)) if (first.parent === second.parent && first.kind === second.kind && overlap(first, second)) faults.push(`${first.id} over ${second.id}`);
  });
  return faults;
}

describe("layoutTopology", () => {
  it("puts lab 7 as the course draws it", () => {
    const layout = layoutTopology(labSeven);
    const box = (id: string) => layout.boxes.find((candidate) => candidate.id === id) ?? expect.fail(id);
    expect(box("internet").y).toBeLessThan(box("vpc:foo").y);
    expect(box("vpc:foo").x).toBeLessThan(box("vpc:bar").x);
    expect(box("vpc:foo").y).toBe(box("vpc:bar").y);
    expect(box("subnet:foo-public").y).toBeLessThan(box("subnet:foo-private").y);
    expect(box("subnet:bar-private").y).toBe(box("subnet:foo-private").y);
    const gateway = layout.nodes.find((node) => node.id === "igw:foo");
    expect(gateway?.y).toBe(box("vpc:foo").y);
    const [peering] = layout.peerings;
    expect(peering?.from.x).toBe(box("vpc:foo").x + box("vpc:foo").width);
    expect(peering?.to.x).toBe(box("vpc:bar").x);
    expect(layout.publicAddresses.get("igw:foo")?.map((entry) => entry.address)).toContain("203.0.113.10");
    expect(layout.width).toBeLessThan(1000);
    expect(layout.height).toBeLessThan(720);
  });

  it("is the same each time", () => expect(layoutTopology(labSeven)).toEqual(layoutTopology(structuredClone(labSeven))));

  it("makes columns of availability zones", () => {
    const layout = layoutTopology(generateTopology({ vpcs: 1, zones: 2, publicSubnets: 1, privateSubnets: 1, instances: 2, hosts: 2, nameLength: 9 }));
    const x = (id: string) => layout.boxes.find((box) => box.id === id)?.x;
    expect(x("subnet:0:a:public:0")).toBe(x("subnet:0:a:private:0"));
    expect(x("subnet:0:b:public:0")).toBeGreaterThan(x("subnet:0:a:public:0") ?? Infinity);
    expect(layout.boxes.filter((box) => box.kind === "zone")).toHaveLength(2);
    // The VPC's title stands above them: its letters end some 4 px below the line that they stand on.
    const title = (layout.boxes.find((box) => box.kind === "vpc")?.y ?? 0) + sizes.vpcHeader - 14;
    for (const zone of layout.boxes.filter((box) => box.kind === "zone")) expect(zone.y).toBeGreaterThan(title + 4);
  });

  it("never lets labels, nodes or boxes overlap, over many shapes", () => {
    fc.assert(
      fc.property(
        fc.record({
          vpcs: fc.integer({ min: 0, max: 9 }), zones: fc.integer({ min: 1, max: 3 }), publicSubnets: fc.integer({ min: 0, max: 4 }), privateSubnets: fc.integer({ min: 0, max: 5 }),
          instances: fc.integer({ min: 0, max: 12 }), hosts: fc.integer({ min: 0, max: 14 }), nameLength: fc.integer({ min: 1, max: 30 }),
        }),
        fc.boolean(),
        (shape, fold) => {
          const topology = generateTopology(shape);
          expect(faultsOf(topology, layoutTopology(topology, fold ? foldedByDefault(topology) : new Set()))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("lays out physical machines, switches and cables without overlaps", () => {
    for (const [switches, machines, routers] of [[0, 1, 0], [0, 9, 0], [1, 3, 0], [2, 4, 1], [4, 7, 3], [3, 0, 2]] as const) {
      const topology = physicalTopology(switches, machines, routers);
      const layout = layoutTopology(topology);
      expect(layout.nodes).toHaveLength(topology.nodes.length);
      expect(faultsOf(topology, layout)).toEqual([]);
      expect(layout.links).toHaveLength(topology.edges.length);
    }
  });

  it("puts switches that only routers meet at above them, and names each socket beside its cable", () => {
    const topology = physicalTopology(2, 4, 1);
    const meeting = { ...topology, boxes: [...topology.boxes, { id: "ixp", kind: "switch" as const, name: "ixp" }], nodes: topology.nodes.map((node) => ({ ...node })), edges: [...topology.edges] };
    meeting.nodes.push({ ...topology.nodes.find((node) => node.id.startsWith("router"))!, id: "router:other", name: "other" });
    for (const id of ["router:0", "router:other"]) meeting.edges.push({ id: `${id}>ixp`, kind: "attachment", from: id, to: "ixp", label: "eth2" });
    const layout = layoutTopology(meeting);
    const [ixp, router] = [layout.boxes.find((box) => box.id === "ixp"), layout.nodes.find((node) => node.id === "router:0")];
    expect(ixp!.y + ixp!.height).toBeLessThan(router!.y);
    expect(layout.links.find((link) => link.id === "router:0>ixp")?.labelAt).toBeDefined();
    expect(faultsOf(meeting, layout)).toEqual([]);
  });

  it.each([[301], [333], [420]])("fits a figure of many names into %d pixels", (maximumWidth) => {
    for (const topology of [physicalTopology(2, 4, 1), physicalTopology(1, 6, 0), generateTopology({ vpcs: 1, zones: 1, publicSubnets: 1, privateSubnets: 1, instances: 4, hosts: 6, nameLength: 9 })]) {
      const layout = layoutTopology(topology, new Set(), { isStill: true, minimumWidth: maximumWidth, maximumWidth, vpcsPerLine: 1 });
      expect(layout.width).toBeLessThanOrEqual(maximumWidth);
    }
  });

  it("puts a site beside the VPCs, with a cable from its router on the Internet", () => {
    const site: Topology = {
      boxes: [...labSeven.boxes, { id: "switch:office", kind: "switch", name: "office" }],
      nodes: labSeven.nodes.flatMap((node) => (node.id === "laptop" ? [node, { ...node, id: "office-host", kind: "machine" as const, name: "office-host", address: "192.168.210.20", parent: undefined }] : [node])).map(({ parent, ...node }) => (parent === undefined ? node : { ...node, parent })),
      edges: [...labSeven.edges, { id: "inside", kind: "attachment", from: "office-host", to: "switch:office" }, { id: "outside", kind: "attachment", from: "laptop", to: "switch:office" }],
    };
    const layout = layoutTopology(site);
    const box = (id: string) => layout.boxes.find((candidate) => candidate.id === id) ?? expect.fail(id);
    const bar = box("vpc:bar");
    expect(faultsOf(site, layout)).toEqual([]);
    expect(box("switch:office").x).toBeGreaterThan(bar.x + bar.width);
    expect(box("switch:office").y).toBe(bar.y);
    expect(box("internet").width).toBeGreaterThanOrEqual(box("switch:office").x + box("switch:office").width - box("internet").x);
    const router = layout.nodes.find((node) => node.id === "laptop");
    const cable = layout.links.find((link) => link.id === "outside");
    expect(cable?.points[0]).toEqual({ x: router?.x, y: router?.y });
    expect(cable?.points.at(-1)?.y).toBe(box("switch:office").y);
    expect(layout.links.filter((link) => link.kind === "cable")).toHaveLength(2);
    // The router stands right of the others, so that its cable crosses no gateway's line.
    expect(Math.max(...layout.nodes.filter((node) => node.box === "internet").map((node) => node.x))).toBe(router?.x);
  });

  it("folds boxes above 40 nodes and keeps their counts", () => {
    const topology = generateTopology({ vpcs: 2, zones: 2, publicSubnets: 1, privateSubnets: 1, instances: 15, hosts: 3, nameLength: 8 });
    const folded = foldedByDefault(topology);
    const layout = layoutTopology(topology, folded);
    expect(folded.size).toBe(8);
    expect(layout.nodes.filter((node) => node.box?.startsWith("subnet:"))).toEqual([]);
    expect(layout.boxes.filter((box) => box.folded !== undefined).reduce((sum, box) => sum + (box.folded ?? 0), 0)).toBe(topology.nodes.filter((node) => node.parent?.startsWith("subnet:")).length);
    expect(foldedByDefault(labSeven).size).toBe(0);
  });

  it("lays out 500 nodes without overlaps well within a second", () => {
    const topology = generateTopology({ vpcs: 5, zones: 2, publicSubnets: 1, privateSubnets: 1, instances: 24, hosts: 14, nameLength: 12 });
    expect(topology.nodes.length).toBeGreaterThan(490);
    const layout = layoutTopology(topology);
    // The best of five: the computer may be busy with something else for most of them.
    const took = Array.from({ length: 5 }, () => {
      const start = performance.now();
      layoutTopology(topology);
      return performance.now() - start;
    });
    expect(Math.min(...took)).toBeLessThan(400);
    expect(layout.nodes.length + layout.peerings.length).toBe(topology.nodes.length);
    expect(faultsOf(topology, layout)).toEqual([]);
  });
});

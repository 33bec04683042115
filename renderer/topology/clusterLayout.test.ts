import { describe, expect, it } from "vitest";
import { joinClusters } from "../../playground/model/clusterTopology.ts";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import type { Topology, TopologyEdge } from "../../playground/model/topology.ts";
import { trafficGroups } from "../../playground/model/trafficGroups.ts";
import { fakeClusterTopology, fakeClusterView, fakeCrowdedView } from "../dev/fakeCluster.ts";
import { foldPodsAbove } from "../../playground/picture/clusterLayout.ts";
import { foldedByDefault, layoutTopology } from "../../playground/picture/layout.ts";
import type { Layout, Rectangle } from "../../playground/picture/layoutTypes.ts";
import { stationOf } from "../../playground/picture/pathStations.ts";

const join = (view: ClusterView): Topology => {
  const joined = joinClusters(fakeClusterTopology, [view], new Map());
  const lanes = trafficGroups(view).map((group): TopologyEdge => ({ id: group.id, kind: "traffic", from: "cluster/main", to: "cluster/main" }));
  return { ...joined, edges: [...joined.edges, ...lanes] };
};
const contains = (outer: Rectangle, inner: Rectangle): boolean => inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01;
const meet = (a: Rectangle, b: Rectangle): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function expectSound(layout: Layout): void {
  for (const box of layout.boxes) {
    const outer = layout.boxes.find((candidate) => candidate.id === box.parent);
    if (outer !== undefined) expect(contains(outer, box), `${box.id} in ${outer.id}`).toBe(true);
    for (const other of layout.boxes) if (other !== box && other.parent === box.parent && box.kind !== "zone" && other.kind !== "zone") expect(meet(box, other), `${box.id} and ${other.id}`).toBe(false);
  }
  for (const node of layout.nodes) {
    const box = layout.boxes.find((candidate) => candidate.id === node.box);
    // A gateway stands on its VPC's border.
    if (box !== undefined && node.shape === "square") expect(contains(box, { x: node.x - 20, y: node.y - 20, width: 40, height: 40 }), `${node.id} in ${box.id}`).toBe(true);
    for (const other of layout.nodes) if (other !== node) expect(Math.abs(node.x - other.x) >= 40 || Math.abs(node.y - other.y) >= 40, `${node.id} and ${other.id}`).toBe(true);
  }
}

describe("a cluster in the layout", () => {
  it("nests everything, and nothing meets anything else", () => expectSound(layoutTopology(join(fakeClusterView))));

  it.each([1, 3, 5, 8, 13, 24, 60])("stays sound with %i pods", (count) => {
    const topology = join(fakeCrowdedView(count));
    expectSound(layoutTopology(topology, foldedByDefault(topology)));
    expectSound(layoutTopology(topology));
  });

  it("folds namespaces by itself when there are more pods than the eye can hold", () => {
    const few = join(fakeCrowdedView(foldPodsAbove));
    const many = join(fakeCrowdedView(foldPodsAbove + 1));
    expect([...foldedByDefault(few)]).toEqual([]);
    expect([...foldedByDefault(many)]).toEqual(["namespace/main/main-worker/default", "namespace/main/main-worker2/default"]);
    const layout = layoutTopology(many, foldedByDefault(many));
    expect(layout.nodes.filter((node) => node.id.startsWith("pod/"))).toEqual([]);
    expect(layout.boxes.filter((box) => box.kind === "namespace").map((box) => box.folded)).toEqual([13, 12]);
  });

  it("folds a node, and the whole cluster, to a summary", () => {
    const topology = join(fakeClusterView);
    for (const id of ["cluster-node/main/main-worker", "cluster/main"]) {
      const layout = layoutTopology(topology, new Set([id]));
      expectSound(layout);
      expect(layout.boxes.find((box) => box.id === id)?.folded).toBe(id === "cluster/main" ? 6 : 3);
      expect(layout.height).toBeLessThanOrEqual(layoutTopology(topology).height);
    }
  });

  it("keeps a lane below the nodes for each line of traffic", () => {
    const layout = layoutTopology(join(fakeClusterView));
    const bottom = Math.max(...layout.boxes.filter((box) => box.kind === "cluster-node").map((box) => box.y + box.height));
    const lanes = layout.boxes.filter((box) => box.kind === "traffic");
    expect(lanes).toHaveLength(3);
    for (const lane of lanes) expect(lane.y).toBeGreaterThanOrEqual(bottom);
  });

  it("leaves the nodes where packets of the cloud can reach them", () => {
    const layout = layoutTopology(join(fakeClusterView));
    expect(stationOf(fakeClusterTopology, layout, "node/main-worker")?.exits.map((exit) => exit.rail)).toEqual(["vpc/foo", "vpc/foo"]);
  });
});

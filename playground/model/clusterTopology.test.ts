import { describe, expect, it } from "vitest";
import { fakeClusterTopology, fakeClusterView } from "../../renderer/dev/fakeCluster.ts";
import { clusterId, clusterNodeBoxId, namespaceBoxId, parseClusterId, podId, serviceId } from "./clusterIds.ts";
import { joinClusters, shownNamespaces } from "./clusterTopology.ts";
import { topologySchema } from "./topology.ts";

const none = new Map<string, boolean>();
const joined = joinClusters(fakeClusterTopology, [fakeClusterView], none);
const chain = (id: string): string[] => {
  const parent = [...joined.nodes, ...joined.boxes].find((element) => element.id === id)?.parent;
  return parent === undefined ? [] : [parent, ...chain(parent)];
};
const backend = fakeClusterView.pods[0]?.name ?? "";

describe("joinClusters", () => {
  it("nests pods in namespaces in nodes in the cluster in the subnet", () => {
    expect(chain(podId("main", "default", backend))).toEqual([namespaceBoxId("main", "main-worker", "default"), clusterNodeBoxId("main", "main-worker"), clusterId("main"), "subnet/foo-public", "vpc/foo"]);
    expect(chain("node/main-worker")[0]).toBe(clusterNodeBoxId("main", "main-worker"));
    expect(topologySchema.parse(joined).nodes).toHaveLength(joined.nodes.length);
  });

  it("has one edge from a service to each of its pods, and says which gets nothing", () => {
    const edges = joined.edges.filter((edge) => edge.from === serviceId("main", "default", "sample-app-backend-service"));
    expect(edges.map((edge) => edge.label)).toEqual([undefined, "not ready"]);
  });

  it("hides what Kubernetes needs for itself until the reader asks for it", () => {
    const names = (choice: ReadonlyMap<string, boolean>) => joinClusters(fakeClusterTopology, [fakeClusterView], choice).nodes.map((node) => node.name);
    expect(names(none)).not.toContain("etcd");
    expect(names(none)).not.toContain("kubernetes");
    const tag = { ...fakeClusterView.services[3]!, name: "istiod-revision-tag-default" };
    expect(joinClusters(fakeClusterTopology, [{ ...fakeClusterView, services: [tag] }], none).nodes.filter((node) => node.kind === "service")).toEqual([]);
    expect(names(none)).toContain(backend);
    const all = names(new Map([["kube-system", true], ["default", false]]));
    expect([all.includes("etcd"), all.includes(backend)]).toEqual([true, false]);
    expect([...shownNamespaces(fakeClusterView, none)].sort()).toEqual(["default", "istio-system", "outside"]);
  });

  it("leaves a pod that no node has taken before the nodes", () => {
    const pods = fakeClusterView.pods.map((pod) => (pod.name === backend ? { ...pod, node: undefined } : pod));
    const node = joinClusters(fakeClusterTopology, [{ ...fakeClusterView, pods }], none).nodes.find((candidate) => candidate.name === backend);
    expect(node?.parent).toBe(clusterId("main"));
  });

  it("shows the nodes alone while the cluster tells nothing, and a lab without a cluster as it is", () => {
    expect(joinClusters(fakeClusterTopology, [], none).boxes.map((box) => box.kind)).toEqual(["internet", "vpc", "subnet", "cluster", "cluster-node", "cluster-node", "cluster-node"]);
    const without = { ...fakeClusterTopology, nodes: fakeClusterTopology.nodes.filter((node) => node.kind !== "cluster-node") };
    expect(joinClusters(without, [], none)).toBe(without);
  });
});

it("takes apart the ids of clusters alone", () => {
  expect(parseClusterId(podId("main", "default", "web"))).toEqual({ kind: "pod", cluster: "main", names: ["default", "web"] });
  expect(parseClusterId("node/main-worker")).toBeUndefined();
  expect(parseClusterId("internet")).toBeUndefined();
});

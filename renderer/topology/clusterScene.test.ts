import { describe, expect, it } from "vitest";
import { joinClusters } from "../../playground/model/clusterTopology.ts";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import type { Topology, TopologyEdge } from "../../playground/model/topology.ts";
import { trafficGroups } from "../../playground/model/trafficGroups.ts";
import { fakeClusterTopology, fakeClusterView } from "../dev/fakeCluster.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { createTranslate } from "../i18n/translate.tsx";
import { buildScene } from "../../playground/picture/buildScene.ts";
import { describeCluster } from "./describeCluster.ts";
import { clusterSigns } from "../../playground/picture/glyphs.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import type { Shape } from "../../playground/picture/scene.ts";
import { drawTraffic } from "../../playground/picture/trafficGeometry.ts";
import { trafficWords } from "./trafficWords.ts";

const translate = createTranslate(clusterTexts, "en");
const { t } = translate;
const texts = {
  cluster: (name: string) => `Cluster ${name}`, link: (link: string) => link, rollout: (name: string, ready: number, wanted: number) => `${name} ${ready}/${wanted}`, foldedCluster: () => "", foldedNamespace: (pods: number) => `${pods} pods`,
  state: (state: string) => state, cordoned: "cordoned", notReady: "not ready", sidecars: "sidecars", terminating: "terminating", unscheduled: "unscheduled", nobody: "no pod is ready",
};
const sceneTexts = { internetGateway: "", resolver: "", publicSubnet: "", privateSubnet: "", zone: String, folded: String, running: String, more: String };

function shapesOf(view: ClusterView): readonly Shape[] {
  const groups = trafficGroups(view);
  const joined = joinClusters(fakeClusterTopology, [view], new Map());
  const topology: Topology = { ...joined, edges: [...joined.edges, ...groups.map((group): TopologyEdge => ({ id: group.id, kind: "traffic", from: "cluster/main", to: "cluster/main" }))] };
  const layout = layoutTopology(topology);
  const clusters = { views: [view], isRunning: true, texts, words: trafficWords(translate), traffic: drawTraffic(topology, layout, groups) };
  return buildScene(topology, layout, { states: new Map(), selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false, texts: sceneTexts, clusters }).shapes;
}
const words = (shapes: readonly Shape[]): string[] => shapes.flatMap((shape) => (shape.kind === "text" ? [shape.runs.map((run) => run.text).join(" ")] : []));
const signs = (shapes: readonly Shape[], sign: string): string[] => shapes.flatMap((shape) => (shape.kind === "glyph" && shape.path === sign ? [shape.stroke] : []));

describe("the picture of a cluster", () => {
  const shapes = shapesOf(fakeClusterView);

  it("has a lock on mTLS, a broken one in the clear, and a red line that says which policy refused", () => {
    expect(signs(shapes, clusterSigns.mtls)).toEqual(["ok"]);
    expect(signs(shapes, clusterSigns.plain)).toEqual(["warn"]);
    expect(signs(shapes, clusterSigns.refused)).toEqual(["bad"]);
    expect(words(shapes)).toContain("curl → sample-app-backend 3 refused by PeerAuthentication default");
    expect(words(shapes)).toContain("sample-app-frontend → sample-app-backend 7.5 req/s 2 errors (UT) 3.2 ms");
    expect(shapes.filter((shape) => shape.kind === "line" && shape.stroke === "bad" && shape.arrow === true)).toHaveLength(1);
  });

  it("shows a rollout, a restart, a sidecar, and what is not well with a pod", () => {
    expect(words(shapes)).toContain("Cluster main v1.37.2 ↻ sample-app-backend 1/2");
    expect(shapes.some((shape) => shape.kind === "badge" && shape.sign === clusterSigns.restart && shape.texts[0] === "2")).toBe(true);
    expect(signs(shapes, clusterSigns.sidecar)).toHaveLength(4);
    expect(words(shapes)).toContain("starting");
    expect(words(shapes)).toContain("0.0.1 k2lmn");
    const broken = shapesOf({ ...fakeClusterView, pods: fakeClusterView.pods.map((pod, index) => (index === 0 ? { ...pod, state: "failing" as const, reason: "ImagePullBackOff" } : pod)), nodes: fakeClusterView.nodes.map((node) => ({ ...node, isReady: false })) });
    expect(words(broken)).toContain("ImagePullBackOff");
    expect(words(broken).filter((text) => text === "not ready")).toHaveLength(3);
  });

  it("says of a service where it is reached, and that no pod is ready behind it", () => {
    const changed = (change: object): string[] => words(shapesOf({ ...fakeClusterView, services: fakeClusterView.services.map((service) => (service.name === "sample-app-backend-service" ? { ...service, ...change } : service)) }));
    expect(words(shapes)).toContain("10.96.12.7:80");
    expect(changed({ type: "NodePort", ports: [{ protocol: "TCP", port: 80, targetPort: "8080", nodePort: 30080 }] })).toContain("10.96.12.7:80 ← *:30080");
    expect(changed({ selector: { app: "x" }, endpoints: [] })).toContain("no pod is ready");
    expect(changed({ selector: { app: "x" }, endpoints: [{ address: "10.244.1.2", isReady: false }] })).toContain("no pod is ready");
    expect(changed({ selector: {}, endpoints: [] })).not.toContain("no pod is ready");
  });

  it("leads from a service to its pods past those that stand above them", () => {
    const [backend] = fakeClusterView.pods;
    if (backend === undefined) throw new Error("there is no pod");
    const pods = Array.from({ length: 4 }, (_, index) => ({ ...backend, name: `pod-${index}`, uid: `uid-${index}`, address: `10.244.1.${index + 20}` }));
    const view: ClusterView = { ...fakeClusterView, pods, traffic: [], services: fakeClusterView.services.filter(({ name }) => name === "sample-app-backend-service").map((service) => ({ ...service, endpoints: pods.map(({ name, address }) => ({ address, pod: name, isReady: true })) })) };
    const layout = layoutTopology(joinClusters(fakeClusterTopology, [view], new Map()));
    const placed = layout.nodes.filter((node) => node.id.startsWith("pod/"));
    expect(placed.some((node) => node.row > 0)).toBe(true);
    const strokes = shapesOf(view).flatMap((shape) => (shape.kind === "line" && shape.stroke === "wire" && shape.strokeWidth === 1.3 ? [shape.points] : []));
    expect(strokes).toHaveLength(pods.length);
    for (const points of strokes) {
      const met = placed.filter(({ x, y }) => points.some((point, index) => {
        const before = points[index - 1] ?? point;
        return Math.min(before.x, point.x) <= x + 20 && Math.max(before.x, point.x) >= x - 20 && Math.min(before.y, point.y) <= y + 20 && Math.max(before.y, point.y) >= y - 20;
      }));
      expect(met).toHaveLength(1);
    }
  });

  it("is quiet about a refusal that is over, and keeps what passes beside one", () => {
    const traffic = fakeClusterView.traffic.map((edge) => (edge.refused === undefined ? edge : { ...edge, requests: 10 }));
    const mixed = shapesOf({ ...fakeClusterView, traffic });
    expect(signs(mixed, clusterSigns.refused)).toEqual([]);
    expect(words(mixed)).toContain("curl → sample-app-backend 3 refused by PeerAuthentication default 0.4 req/s 3.2 ms");
  });

  it("says that the API server does not answer, and keeps the last picture", () => {
    const lost = words(shapesOf({ ...fakeClusterView, link: "lost" }));
    expect(lost[lost.findIndex((text) => text.startsWith("Cluster main"))]).toContain("lost");
    expect(lost).toContain("0.0.1 k2lmn");
  });
});

it("says every element in a sentence", () => {
  const topology = joinClusters(fakeClusterTopology, [fakeClusterView], new Map());
  const say = (id: string, isFolded = false) => describeCluster(topology, [fakeClusterView], trafficGroups(fakeClusterView), id, isFolded, translate);
  for (const element of [...topology.nodes, ...topology.boxes].filter(({ kind }) => ["pod", "service", "cluster", "namespace"].includes(kind))) expect(say(element.id), element.id).not.toBe("");
  expect(say("namespace/main/main-worker/default", true)).toBe(`Namespace default on main-worker: 2 pods, 2 ready. ${t("hover.fold")}`);
  expect(say("node/laptop")).toBe("");
});

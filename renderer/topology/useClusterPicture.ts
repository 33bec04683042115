import { useCallback, useMemo } from "react";
import { clusterId, podId } from "../../playground/model/clusterIds.ts";
import { joinClusters } from "../../playground/model/clusterTopology.ts";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import type { Topology, TopologyEdge } from "../../playground/model/topology.ts";
import { trafficGroups, type TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import type { SceneView } from "../../playground/picture/buildScene.ts";
import type { ClusterSceneTexts } from "../../playground/picture/clusterScene.ts";
import { describeCluster } from "./describeCluster.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import { drawTraffic, mostLanes } from "../../playground/picture/trafficGeometry.ts";
import { trafficWords } from "./trafficWords.ts";
import { useClusters } from "./useClusters.ts";

export interface ClusterParts {
  readonly views: readonly ClusterView[];
  readonly groups: readonly TrafficGroup[];
  /** The cloud's picture with the clusters in it; the same as before where there is none. */
  readonly topology: Topology;
  /** What the scene wants to know of clusters; undefined where there is none. The same function as long as nothing changes. */
  draw(topology: Topology, layout: Layout): SceneView["clusters"];
  describe(id: string, isFolded: boolean): string;
  /** Which namespaces the reader has shown or hidden. */
  readonly chosen: ReadonlyMap<string, boolean>;
  choose(namespace: string, isShown: boolean): void;
}

const noChoice: ReadonlyMap<string, boolean> = new Map();

/** The clusters of a lab in its picture: live objects, live traffic, and which namespaces are shown. */
export function useClusterPicture(lab: string, cloud: Topology): ClusterParts {
  const translate = useTranslate(clusterTexts);
  const store = useStores().lab(lab);
  const remembered = useLab(lab, (state) => state.layout?.namespaces);
  const hasClusters = cloud.nodes.some((node) => node.kind === "cluster-node" && node.cluster !== undefined);
  const views = useClusters(lab, hasClusters);
  const isRunning = useLab(lab, (state) => state.status?.phase !== undefined && state.status.phase !== "stopped");
  const chosen = useMemo(() => readChoice(remembered), [remembered]);
  const groups = useMemo(() => views.flatMap(trafficGroups).map((group) => withMachine(group, cloud)), [views, cloud]);
  const laneIds = useMemo(() => views.flatMap((view) => trafficGroups(view).slice(0, mostLanes).map((group) => `${view.name} ${group.id}`)).sort().join("\n"), [views]);
  const joined = useMemo(() => joinClusters(cloud, views, chosen), [cloud, views, chosen]);
  // Figures of traffic change each second; the layout is computed anew only when something comes or goes.
  const topology = useSame(useMemo(() => withLanes(joined, laneIds), [joined, laneIds]));
  const texts = useMemo((): ClusterSceneTexts => {
    const { t } = translate;
    return {
      cluster: (name) => t("cluster", { name }), link: (link) => (link === "connected" ? "" : t(`cluster.${link}`)), rollout: (name, ready, wanted) => t("rollout", { name, ready, wanted }),
      foldedCluster: (nodes, pods) => t("cluster.folded", { nodes, pods }), foldedNamespace: (pods, ready) => t("namespace.folded", { pods, ready }), state: (state) => t(`state.${state}`),
      cordoned: t("cordoned"), notReady: t("notReady"), sidecars: t("namespace.sidecars"), terminating: t("namespace.terminating"), unscheduled: t("unscheduled"), nobody: t("nobody"),
    };
  }, [translate]);
  const words = useMemo(() => {
    // As the pods themselves are called in the picture.
    const labels = new Map(joined.nodes.flatMap((node) => (node.kind === "pod" && node.label !== undefined ? [[node.id, node.label] as const] : [])));
    const short = new Map(views.flatMap((view) => view.pods.map((pod) => [pod.owner?.name ?? pod.name, labels.get(podId(view.name, pod.namespace, pod.name))] as const)));
    return trafficWords(translate, (name) => short.get(name) ?? name);
  }, [translate, views, joined]);
  const draw = useCallback((drawn: Topology, layout: Layout): SceneView["clusters"] => (hasClusters ? { views, isRunning, texts, words, traffic: drawTraffic(drawn, layout, groups) } : undefined), [hasClusters, isRunning, views, texts, words, groups]);
  return {
    views, groups, topology, draw, chosen,
    describe: (id, isFolded) => describeCluster(topology, views, groups, id, isFolded, translate),
    choose: (namespace, isShown) => store.getState().rememberLayout({ namespaces: { ...Object.fromEntries(chosen), [namespace]: isShown } }),
  };
}

/** A caller outside the cluster is a machine of the lab, where one has its address. */
function withMachine(group: TrafficGroup, cloud: Topology): TrafficGroup {
  if (group.sources.length > 0) return group;
  const machine = cloud.nodes.find((node) => group.from !== "" && (node.address === group.from || node.publicAddress === group.from));
  return machine === undefined ? group : { ...group, from: machine.name };
}

/** A lane for each line of traffic, so that the layout keeps room for it. */
function withLanes(topology: Topology, lanes: string): Topology {
  if (lanes === "") return topology;
  const edges = lanes.split("\n").map((lane): TopologyEdge => {
    const at = lane.indexOf(" ");
    const cluster = clusterId(lane.slice(0, at));
    return { id: lane.slice(at + 1), kind: "traffic", from: cluster, to: cluster };
  });
  return { ...topology, edges: [...topology.edges, ...edges] };
}

/** Keeps the object that was there as long as another says the same. */
function useSame(topology: Topology): Topology {
  const text = useMemo(() => JSON.stringify(topology), [topology]);
  return useMemo((): Topology => JSON.parse(text) as Topology, [text]);
}

/** Reads what was remembered; anything that is not a choice is ignored, because the file may be older or edited. */
function readChoice(value: unknown): ReadonlyMap<string, boolean> {
  if (typeof value !== "object" || value === null) return noChoice;
  return new Map(Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
}

import { parseClusterId } from "../../playground/model/clusterIds.ts";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import type { ClusterTranslate } from "../i18n/clusterTexts.ts";
import { podOf } from "../../playground/picture/clusterScene.ts";
import { describeTraffic } from "./trafficWords.ts";

/** One sentence that says what an element of a cluster is; empty for every other element. */
export function describeCluster(topology: Topology, views: readonly ClusterView[], groups: readonly TrafficGroup[], id: string, isFolded: boolean, translate: ClusterTranslate): string {
  const parsed = parseClusterId(id);
  const { t } = translate;
  if (parsed === undefined) return "";
  const view = views.find((candidate) => candidate.name === parsed.cluster);
  const [first = "", second = ""] = parsed.names;
  const folded = isFolded ? ` ${t("hover.fold")}` : "";
  switch (parsed.kind) {
    case "cluster":
      return t("hover.cluster", { name: parsed.cluster, nodes: topology.boxes.filter((box) => box.kind === "cluster-node" && box.parent === id).length, pods: view?.pods.length ?? 0 }) + folded;
    case "cluster-node": {
      const boxes = topology.boxes.filter((box) => box.parent === id).map((box) => box.id);
      return t("hover.node", { name: first, cluster: parsed.cluster, pods: topology.nodes.filter((node) => node.parent !== undefined && boxes.includes(node.parent)).length }) + folded;
    }
    case "namespace": {
      const pods = topology.nodes.filter((node) => node.parent === id);
      return t("hover.namespace", { name: second, node: first, pods: pods.length, ready: pods.filter((node) => podOf(view, node.id)?.state === "ready").length }) + folded;
    }
    case "pod": {
      const pod = podOf(view, id);
      if (pod === undefined) return "";
      return [
        t("hover.pod", { name: pod.name, address: pod.address ?? "–", state: t(`state.${pod.state}`), reason: pod.reason === undefined ? "" : ` (${pod.reason})` }),
        ...(pod.hasSidecar ? [t("hover.sidecar")] : []),
        ...(pod.restarts > 0 ? [t("hover.restarts", { count: pod.restarts })] : []),
      ].join(" ");
    }
    case "service": {
      const service = view?.services.find((candidate) => candidate.namespace === first && candidate.name === second);
      return service === undefined ? "" : t("hover.service", { name: service.name, type: service.type, address: service.externalAddresses[0] ?? service.clusterAddress ?? "–", ready: service.endpoints.filter((endpoint) => endpoint.isReady).length, total: service.endpoints.length });
    }
    case "ingress": {
      const ingress = view?.ingresses.find((candidate) => candidate.namespace === first && candidate.name === second);
      return ingress === undefined ? "" : t("hover.ingress", { name: ingress.name, rules: ingress.rules.length });
    }
    case "traffic": {
      const group = groups.find((candidate) => candidate.id === id);
      return group === undefined ? "" : describeTraffic(group, translate);
    }
    default:
      return second;
  }
}

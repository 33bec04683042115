import { SquareTerminal } from "lucide-react";
import { useState } from "react";
import { parseClusterId } from "../../playground/model/clusterIds.ts";
import type { ClusterObjectKind, ClusterPod, ClusterView } from "../../playground/model/clusterView.ts";
import { formatPodTerminal } from "../../playground/model/podTerminal.ts";
import { Button } from "../components/Button.tsx";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ClusterParts } from "../topology/useClusterPicture.ts";
import { ClusterFacts } from "./ClusterFacts.tsx";
import { InspectorShell } from "./InspectorShell.tsx";
import { ObjectYaml } from "./ObjectYaml.tsx";
import { PodLog } from "./PodLog.tsx";
import "./cluster.css";

type Tab = "facts" | "log" | "yaml";

interface ClusterInspectorProps {
  readonly lab: string;
  /** Id of something in a cluster: drawn, or only told of (a deployment, a policy). */
  readonly id: string;
  readonly initialTab: Tab;
  readonly clusters: ClusterParts;
  onSelect(id: string): void;
  /** Opens a terminal of this name. */
  onTerminal(name: string): void;
  onClose(): void;
}

/** What is known of something in a cluster: facts, the log of a pod, and the object's YAML. */
export function ClusterInspector({ lab, id, initialTab, clusters, onSelect, onTerminal, onClose }: ClusterInspectorProps) {
  const { t } = useTranslate(clusterTexts);
  const [tab, setTab] = useState<Tab>(parseClusterId(id)?.kind === "policy" ? "yaml" : initialTab);
  const parsed = parseClusterId(id);
  const view = clusters.views.find((candidate) => candidate.name === parsed?.cluster);
  const object = objectOf(id);
  const pod = parsed?.kind === "pod" ? view?.pods.find((candidate) => candidate.namespace === parsed.names[0] && candidate.name === parsed.names[1]) : undefined;
  const tabs: Tab[] = ["facts", ...(pod === undefined ? [] : ["log" as const]), ...(object === undefined ? [] : ["yaml" as const])];
  const shown = tabs.includes(tab) ? tab : "facts";
  const title = parsed === undefined ? "" : parsed.kind === "traffic" ? t("traffic") : (parsed.kind === "namespace" ? parsed.names[1] : parsed.names.at(-1)) ?? parsed.cluster;
  return (
    <InspectorShell<Tab> title={title} tabs={tabs.map((one) => ({ id: one, title: t(`tab.${one}`) }))} shown={shown} onShow={setTab} onClose={onClose}>
      {shown === "facts" && pod !== undefined && parsed !== undefined ? <PodTerminals cluster={parsed.cluster} pod={pod} onTerminal={onTerminal} /> : null}
      {shown === "facts" && parsed !== undefined ? <ClusterFacts id={id} view={view} clusters={clusters} onSelect={onSelect} /> : null}
      {shown === "log" && pod !== undefined && parsed !== undefined ? <PodLog lab={lab} cluster={parsed.cluster} pod={pod} /> : null}
      {shown === "yaml" && object !== undefined && parsed !== undefined ? <ObjectYaml lab={lab} cluster={parsed.cluster} {...object} stamp={stampOf(view, id)} /> : null}
    </InspectorShell>
  );
}

/** A button for each container that runs. */
function PodTerminals({ cluster, pod, onTerminal }: { cluster: string; pod: ClusterPod; onTerminal: (name: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const running = pod.containers.filter((container) => container.state === "running" && container.role !== "init");
  return <p className="pod-terminals">{running.map((container) => <Button key={container.name} size="small" icon={<SquareTerminal size={14} />} title={t("terminal.into", { container: container.name })} onClick={() => onTerminal(formatPodTerminal({ cluster, namespace: pod.namespace, pod: pod.name, container: container.name }))}>{container.name}</Button>)}</p>;
}

/** The object of Kubernetes that an id stands for. */
function objectOf(id: string): { kind: ClusterObjectKind; namespace?: string; name: string } | undefined {
  const parsed = parseClusterId(id);
  const [first = "", second = "", third = ""] = parsed?.names ?? [];
  switch (parsed?.kind) {
    case "pod":
      return { kind: "Pod", namespace: first, name: second };
    case "service":
      return { kind: "Service", namespace: first, name: second };
    case "ingress":
      return { kind: "Ingress", namespace: first, name: second };
    case "deployment":
      return { kind: "Deployment", namespace: first, name: second };
    case "namespace":
      return { kind: "Namespace", name: second };
    case "policy":
      return { kind: first === "PeerAuthentication" ? "PeerAuthentication" : "AuthorizationPolicy", namespace: second, name: third };
    default:
      return undefined;
  }
}

/** Changes when the object does, as far as the window knows it: then its YAML is read again. */
function stampOf(view: ClusterView | undefined, id: string): string {
  const parsed = parseClusterId(id);
  const [namespace, name] = parsed?.names ?? [];
  const all = [...(view?.pods ?? []), ...(view?.services ?? []), ...(view?.deployments ?? []), ...(view?.ingresses ?? []), ...(view?.policies ?? [])];
  return JSON.stringify(all.filter((one) => one.namespace === namespace && one.name === name));
}

import type { ClusterContainer, ClusterPod, PodState } from "../model/clusterView.ts";
import type { PodObject } from "./kubernetesObjects.ts";

/** Name of the mesh's proxy in a pod: Istio's injector gives it. */
export const sidecarName = "istio-proxy";

/** Waiting for these reasons is on the way to running; every other reason to wait is a fault. */
const ordinaryWaits: ReadonlySet<string> = new Set(["", "ContainerCreating", "PodInitializing"]);

/** A pod as the window shows it. */
export function podView(pod: PodObject): ClusterPod {
  const containers = containersOf(pod);
  const { state, reason } = stateOf(pod, containers);
  const owner = ownerOf(pod);
  const templateHash = pod.metadata.labels?.["pod-template-hash"];
  return {
    namespace: pod.metadata.namespace ?? "default",
    name: pod.metadata.name,
    uid: pod.metadata.uid,
    ...(pod.spec.nodeName === undefined ? {} : { node: pod.spec.nodeName }),
    ...(pod.status.podIP === undefined ? {} : { address: pod.status.podIP }),
    phase: pod.status.phase,
    state,
    ...(reason === undefined ? {} : { reason }),
    restarts: containers.reduce((sum, container) => sum + container.restarts, 0),
    containers,
    hasSidecar: containers.some((container) => container.role === "sidecar"),
    ...(owner === undefined ? {} : { owner }),
    ...(templateHash === undefined ? {} : { templateHash }),
    labels: pod.metadata.labels ?? {},
    ...(pod.spec.serviceAccountName === undefined ? {} : { serviceAccount: pod.spec.serviceAccountName }),
    ...(pod.status.startTime === undefined ? {} : { startedAt: pod.status.startTime }),
  };
}

type ContainerSpec = PodObject["spec"]["containers"][number];
type ContainerStatus = PodObject["status"]["containerStatuses"][number];

function containersOf(pod: PodObject): ClusterContainer[] {
  // Since Kubernetes 1.29 a sidecar is an init container that is restarted: it starts before the app and ends after it.
  const roleOf = (container: ContainerSpec, isInit: boolean): ClusterContainer["role"] => (container.name === sidecarName ? "sidecar" : isInit && container.restartPolicy !== "Always" ? "init" : "app");
  return [
    ...pod.spec.containers.map((container) => containerView(container, roleOf(container, false), pod.status.containerStatuses)),
    ...pod.spec.initContainers.map((container) => containerView(container, roleOf(container, true), pod.status.initContainerStatuses)),
  ];
}

function containerView(spec: ContainerSpec, role: ClusterContainer["role"], statuses: readonly ContainerStatus[]): ClusterContainer {
  const status = statuses.find((candidate) => candidate.name === spec.name);
  const { running, terminated, waiting } = status?.state ?? {};
  const reason = waiting?.reason ?? terminated?.reason;
  const last = status?.lastState?.terminated;
  const lastReason = last?.reason ?? (last?.exitCode === undefined ? undefined : `exit ${last.exitCode}`);
  const probes = [
    ...(spec.startupProbe ? (["startup"] as const) : []),
    ...(spec.readinessProbe ? (["readiness"] as const) : []),
    ...(spec.livenessProbe ? (["liveness"] as const) : []),
  ];
  return {
    name: spec.name,
    image: spec.image,
    isReady: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: running ? "running" : terminated ? "terminated" : "waiting",
    ...(reason === undefined ? {} : { reason }),
    ...(lastReason === undefined ? {} : { lastReason }),
    role,
    probes,
  };
}

/** As `kubectl get pods` sums it up in its column STATUS, in fewer words. */
function stateOf(pod: PodObject, containers: readonly ClusterContainer[]): { state: PodState; reason?: string | undefined } {
  if (pod.metadata.deletionTimestamp !== undefined) return { state: "stopping" };
  const { phase } = pod.status;
  if (phase === "Succeeded") return { state: "done" };
  if (phase === "Failed") return { state: "failing", reason: pod.status.reason ?? containers.find((container) => container.state === "terminated" && container.reason !== "Completed")?.reason ?? "Failed" };
  const stuck = containers.find((container) => container.state === "waiting" && !ordinaryWaits.has(container.reason ?? ""));
  if (stuck !== undefined) return { state: "failing", reason: stuck.reason };
  const ended = containers.find((container) => container.role !== "init" && container.state === "terminated" && container.reason !== "Completed");
  if (ended !== undefined) return { state: "failing", reason: ended.reason ?? ended.name };
  const condition = (type: string) => pod.status.conditions.find((candidate) => candidate.type === type);
  if (condition("Ready")?.status === "True") return { state: "ready" };
  const scheduled = condition("PodScheduled");
  if (scheduled?.status === "False" && scheduled.reason === "Unschedulable") return { state: "failing", reason: "Unschedulable" };
  if (phase === "Running" && containers.every((container) => container.role === "init" || container.state === "running")) return { state: "unready", reason: containers.find((container) => container.role !== "init" && !container.isReady)?.name };
  return { state: "starting" };
}

/** Its workload: a ReplicaSet that a deployment made stands for the deployment, whose name is the set's without the template's hash. */
function ownerOf(pod: PodObject): ClusterPod["owner"] {
  const references = pod.metadata.ownerReferences ?? [];
  const reference = references.find((candidate) => candidate.controller === true) ?? references[0];
  if (reference === undefined) return undefined;
  const hash = pod.metadata.labels?.["pod-template-hash"];
  if (reference.kind === "ReplicaSet" && hash !== undefined && reference.name.endsWith(`-${hash}`)) return { kind: "Deployment", name: reference.name.slice(0, -hash.length - 1) };
  return { kind: reference.kind, name: reference.name };
}

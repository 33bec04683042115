import type { ClusterDeployment, ClusterIngress, ClusterNamespace, ClusterNode, ClusterPolicy, ClusterService, ClusterView } from "../model/clusterView.ts";
import type { AuthorizationPolicyObject, DeploymentObject, EndpointSliceObject, IngressObject, NamespaceObject, NodeObject, PeerAuthenticationObject, PodObject, ServiceObject } from "./kubernetesObjects.ts";
import { podView } from "./podView.ts";

/** Everything that was read of a cluster, by kind. */
export interface ClusterObjects {
  readonly pods: readonly PodObject[];
  readonly services: readonly ServiceObject[];
  readonly endpointSlices: readonly EndpointSliceObject[];
  readonly deployments: readonly DeploymentObject[];
  readonly ingresses: readonly IngressObject[];
  readonly nodes: readonly NodeObject[];
  readonly namespaces: readonly NamespaceObject[];
  readonly authorizationPolicies: readonly AuthorizationPolicyObject[];
  readonly peerAuthentications: readonly PeerAuthenticationObject[];
}

/** A machine of the lab that may be a node of the cluster. */
export interface ClusterMachine {
  readonly node: string;
  readonly address?: string;
}

/**
 * What the window shows of a cluster, in an order that does not depend on when things were made. Pure.
 * @param machines the lab's machines, one of which each of Kubernetes' nodes is
 */
export function buildClusterView(name: string, objects: ClusterObjects, machines: readonly ClusterMachine[]): Omit<ClusterView, "link" | "traffic" | "observesTraffic"> {
  return {
    name,
    nodes: objects.nodes.map((node) => nodeView(node, machines)).sort((a, b) => Number(b.isControlPlane) - Number(a.isControlPlane) || a.name.localeCompare(b.name)),
    namespaces: objects.namespaces.map(namespaceView).sort(byName),
    pods: objects.pods.map(podView).sort(byNamespaceAndName),
    services: objects.services.map((service) => serviceView(service, objects.endpointSlices)).sort(byNamespaceAndName),
    deployments: objects.deployments.map(deploymentView).sort(byNamespaceAndName),
    ingresses: objects.ingresses.map(ingressView).sort(byNamespaceAndName),
    policies: [...objects.authorizationPolicies.map(authorizationPolicyView), ...objects.peerAuthentications.map(peerAuthenticationView)].sort(byNamespaceAndName),
  };
}

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name);
const byNamespaceAndName = (a: { namespace: string; name: string }, b: { namespace: string; name: string }): number => a.namespace.localeCompare(b.namespace) || byName(a, b);

/** Which of the lab's machines a node of Kubernetes is: by its name, which kind begins with the cluster's, or by an address. */
export function nodeView(node: NodeObject, machines: readonly ClusterMachine[]): ClusterNode {
  const { name } = node.metadata;
  const addresses = node.status.addresses.filter((one) => one.type === "InternalIP" || one.type === "ExternalIP").map((one) => one.address);
  const machine =
    machines.find((candidate) => candidate.node === name) ??
    machines.find((candidate) => candidate.address !== undefined && addresses.includes(candidate.address)) ??
    machines.filter((candidate) => name.endsWith(`-${candidate.node}`)).sort((a, b) => b.node.length - a.node.length)[0];
  const { podCIDR } = node.spec;
  return {
    name,
    ...(machine === undefined ? {} : { node: machine.node }),
    isReady: node.status.conditions.some((condition) => condition.type === "Ready" && condition.status === "True"),
    isControlPlane: "node-role.kubernetes.io/control-plane" in (node.metadata.labels ?? {}),
    isCordoned: node.spec.unschedulable,
    addresses,
    ...(podCIDR === undefined ? {} : { podCidr: podCIDR }),
    version: node.status.nodeInfo?.kubeletVersion ?? "",
  };
}

function namespaceView({ metadata, status }: NamespaceObject): ClusterNamespace {
  return { name: metadata.name, isTerminating: status?.phase === "Terminating" || metadata.deletionTimestamp !== undefined, injects: metadata.labels?.["istio-injection"] === "enabled" || "istio.io/rev" in (metadata.labels ?? {}) };
}

type LoadBalancerStatus = ServiceObject["status"];
const ingressAddresses = (status: LoadBalancerStatus): string[] => (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);

export function serviceView(service: ServiceObject, slices: readonly EndpointSliceObject[]): ClusterService {
  const namespace = service.metadata.namespace ?? "default";
  const { name } = service.metadata;
  const { clusterIP, externalName, externalIPs, type, selector, ports } = service.spec;
  const mine = slices.filter((slice) => slice.metadata.namespace === namespace && slice.metadata.labels?.["kubernetes.io/service-name"] === name);
  const endpoints = mine.flatMap((slice) =>
    slice.endpoints.flatMap((endpoint) =>
      endpoint.addresses.map((address) => {
        const pod = endpoint.targetRef?.kind === "Pod" ? endpoint.targetRef.name : undefined;
        // A condition that is not told means ready, as the API's description says.
        return { address, ...(pod === undefined ? {} : { pod }), isReady: endpoint.conditions?.ready ?? true };
      }),
    ),
  );
  return {
    namespace,
    name,
    type,
    ...(clusterIP === undefined || clusterIP === "" ? {} : { clusterAddress: clusterIP }),
    externalAddresses: [...new Set([...ingressAddresses(service.status), ...externalIPs, ...(externalName === undefined ? [] : [externalName])])],
    ports: ports.map((port) => ({
      ...(port.name === undefined ? {} : { name: port.name }),
      protocol: port.protocol,
      port: port.port,
      targetPort: String(port.targetPort ?? port.port),
      ...(port.nodePort === undefined || port.nodePort === 0 ? {} : { nodePort: port.nodePort }),
    })),
    selector: selector ?? {},
    endpoints: endpoints.sort((a, b) => (a.pod ?? a.address).localeCompare(b.pod ?? b.address)),
  };
}

/** The state of a rollout as `kubectl rollout status` judges it. */
export function deploymentView(deployment: DeploymentObject): ClusterDeployment {
  const { spec, status, metadata } = deployment;
  const progressing = status.conditions.find((condition) => condition.type === "Progressing");
  const isSeen = status.observedGeneration >= metadata.generation;
  const isComplete = isSeen && status.updatedReplicas >= spec.replicas && status.replicas <= status.updatedReplicas && status.availableReplicas >= status.updatedReplicas;
  const hasFailed = isSeen && progressing?.reason === "ProgressDeadlineExceeded";
  const revision = metadata.annotations?.["deployment.kubernetes.io/revision"];
  return {
    namespace: metadata.namespace ?? "default",
    name: metadata.name,
    wanted: spec.replicas,
    updated: status.updatedReplicas,
    ready: status.readyReplicas,
    total: status.replicas,
    rollout: isComplete ? "complete" : hasFailed ? "failed" : spec.paused ? "paused" : "progressing",
    ...(isComplete || progressing?.message === undefined ? {} : { message: progressing.message }),
    ...(revision === undefined ? {} : { revision }),
    strategy: spec.strategy?.type ?? "RollingUpdate",
    images: (spec.template?.spec?.containers ?? []).map((container) => container.image),
  };
}

function ingressView({ metadata, spec, status }: IngressObject): ClusterIngress {
  return {
    namespace: metadata.namespace ?? "default",
    name: metadata.name,
    ...(spec.ingressClassName === undefined ? {} : { className: spec.ingressClassName }),
    addresses: ingressAddresses(status),
    rules: spec.rules.flatMap((rule) =>
      (rule.http?.paths ?? []).flatMap(({ path, backend }) => (backend.service === undefined ? [] : [{ host: rule.host ?? "*", path: path ?? "/", service: backend.service.name, port: String(backend.service.port?.number ?? backend.service.port?.name ?? "") }])),
    ),
  };
}

function authorizationPolicyView({ metadata, spec }: AuthorizationPolicyObject): ClusterPolicy {
  return { kind: "AuthorizationPolicy", namespace: metadata.namespace ?? "default", name: metadata.name, effect: spec?.action ?? "ALLOW", selector: spec?.selector?.matchLabels ?? {} };
}

function peerAuthenticationView({ metadata, spec }: PeerAuthenticationObject): ClusterPolicy {
  return { kind: "PeerAuthentication", namespace: metadata.namespace ?? "default", name: metadata.name, effect: spec?.mtls?.mode ?? "UNSET", selector: spec?.selector?.matchLabels ?? {} };
}

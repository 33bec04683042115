import type { LabDetail, LabSummary } from "../../playground/contract/contract.ts";
import type { ClusterPod, ClusterService, ClusterView, TrafficEdge } from "../../playground/model/clusterView.ts";
import type { Topology, TopologyNode } from "../../playground/model/topology.ts";
import { internetGatewayId, internetId, nodeId, subnetId, vpcId } from "../../playground/model/topologyIds.ts";

/** A lab with a cluster and a mesh, for work on the window without an engine. */
export const fakeClusterLab: LabSummary = {
  id: "22-mesh-authorization", group: "mesh", title: { fr: "Autoriser dans le maillage", en: "Authorise in the mesh" },
  summary: { fr: "Dire qui peut appeler qui, et voir qui refuse.", en: "Say who may call whom, and see who refuses." },
  minutes: 60, memoryMegabytes: 1500, buildsOn: [], phase: "running", passedChecks: 2, totalChecks: 8, nodeCount: 4,
};

const machine = (name: string, kind: TopologyNode["kind"], role: string, address: string, parent: string, rest: Partial<TopologyNode> = {}): TopologyNode => ({ id: nodeId(name), kind, role, name, parent, address, resourceId: `i-${name}`, terminal: true, securityGroups: [], services: [], ...rest });
export const fakeClusterTopology: Topology = {
  boxes: [
    { id: internetId, kind: "internet", name: "Internet", cidr: "203.0.113.0/24" },
    { id: vpcId("foo"), kind: "vpc", name: "foo", cidr: "10.0.0.0/16" },
    { id: subnetId("foo-public"), kind: "subnet", name: "foo-public", cidr: "10.0.0.0/21", parent: vpcId("foo"), isPublic: true, zone: "a" },
  ],
  nodes: [
    machine("laptop", "internet-host", "laptop", "203.0.113.50", internetId),
    machine("stranger", "internet-host", "stranger", "203.0.113.66", internetId),
    machine("main-control-plane", "cluster-node", "server", "10.0.0.100", subnetId("foo-public"), { publicAddress: "203.0.113.100", cluster: "main" }),
    machine("main-worker", "cluster-node", "server", "10.0.0.101", subnetId("foo-public"), { cluster: "main" }),
    machine("main-worker2", "cluster-node", "server", "10.0.0.102", subnetId("foo-public"), { cluster: "main" }),
    { id: internetGatewayId("foo-igw"), kind: "internet-gateway", role: "internet-gateway", name: "foo-igw", parent: vpcId("foo"), resourceId: "igw-1", terminal: false, securityGroups: [], services: [] },
  ],
  edges: [],
};

interface PodChanges extends Partial<ClusterPod> {
  readonly image?: string;
  readonly sidecar?: boolean;
}
function pod(namespace: string, owner: string, suffix: string, node: string, address: string, { image = "sample-app:v1", sidecar = false, ...rest }: PodChanges = {}): ClusterPod {
  const name = suffix === "" ? owner : `${owner}-${suffix}`;
  const isUp = rest.state === undefined || rest.state === "ready";
  const container = { name: "app", image, isReady: isUp, restarts: rest.restarts ?? 0, state: "running" as const, role: "app" as const, probes: ["readiness" as const, "liveness" as const] };
  return {
    namespace, name, uid: `uid-${name}`, node, address, phase: "Running", state: "ready", restarts: 0, labels: { app: owner }, serviceAccount: owner, startedAt: "2026-11-28T06:00:00Z",
    containers: [container, ...(sidecar ? [{ ...container, name: "istio-proxy", image: "istio/proxyv2:1.31.0", restarts: 0, role: "sidecar" as const }] : [])],
    hasSidecar: sidecar, ...(suffix === "" ? {} : { owner: { kind: "Deployment", name: owner }, templateHash: suffix.split("-")[0] ?? "" }), ...rest,
  };
}
const service = (namespace: string, name: string, clusterAddress: string, pods: readonly ClusterPod[], rest: Partial<ClusterService> = {}): ClusterService => ({
  namespace, name, type: "ClusterIP", clusterAddress, externalAddresses: [], ports: [{ protocol: "TCP", port: 80, targetPort: "8080" }], selector: { app: name },
  endpoints: pods.map((one) => ({ address: one.address ?? "", pod: one.name, isReady: one.state === "ready" })), ...rest,
});

const pods: ClusterPod[] = [
  pod("default", "sample-app-backend", "6f7d8b9c5d-k2lmn", "main-worker", "10.244.1.7", { image: "sample-app-backend:0.0.1", sidecar: true }),
  pod("default", "sample-app-backend", "7c9d4f6b8-q8w2e", "main-worker2", "10.244.2.9", { image: "sample-app-backend:0.0.2", sidecar: true, state: "starting" }),
  pod("default", "sample-app-frontend", "5d8c7b6f9-x2x4z", "main-worker", "10.244.1.9", { image: "sample-app-frontend:0.0.1", sidecar: true, restarts: 2 }),
  pod("default", "sample-app-frontend", "5d8c7b6f9-p4r5t", "main-worker2", "10.244.2.4", { image: "sample-app-frontend:0.0.1", sidecar: true }),
  pod("outside", "curl", "", "main-worker2", "10.244.2.30", { image: "curl:1" }),
  pod("istio-system", "istiod", "7d9c6b5f4-abcde", "main-worker", "10.244.1.3", { image: "istio/pilot:1.31.0" }),
  ...["coredns-1", "kube-proxy-1", "kube-proxy-2", "kube-proxy-3", "etcd", "kube-apiserver"].map((name, index) => pod("kube-system", name, "", index % 2 === 0 ? "main-control-plane" : "main-worker", `10.244.0.${index + 2}`, { image: "registry.k8s.io/coredns:v1.12" })),
];
const podsOf = (owner: string): ClusterPod[] => pods.filter((one) => one.owner?.name === owner);
const edge = (from: TrafficEdge["from"], to: TrafficEdge["to"], rest: Partial<TrafficEdge>): TrafficEdge => ({ id: `traffic/${from.pod ?? from.address ?? ""}/${to.pod ?? ""}`, from, to, requests: 20, rate: 4, errors: 0, median: 3.2, high: 9, encryption: "mtls", lastAt: "2026-11-28T06:42:10Z", ...rest });
const at = (owner: string, index: number): TrafficEdge["from"] => ({ namespace: "default", pod: podsOf(owner)[index]?.name ?? "" });

/** A cluster in the middle of a rollout, with traffic of every kind. */
export const fakeClusterView: ClusterView = {
  name: "main", link: "connected", observesTraffic: true, pods,
  nodes: ["main-control-plane", "main-worker", "main-worker2"].map((name, index) => ({ name, node: name, isReady: true, isControlPlane: index === 0, isCordoned: false, addresses: [`10.0.0.10${index}`], podCidr: `10.244.${index}.0/24`, version: "v1.37.2" })),
  namespaces: ["default", "istio-system", "kube-node-lease", "kube-public", "kube-system", "outside"].map((name) => ({ name, isTerminating: false, injects: name === "default" })),
  services: [
    service("default", "kubernetes", "10.96.0.1", []),
    service("default", "sample-app-backend-service", "10.96.12.7", podsOf("sample-app-backend")),
    service("default", "sample-app-frontend-loadbalancer", "10.96.40.2", podsOf("sample-app-frontend"), { type: "LoadBalancer", externalAddresses: ["203.0.113.129"], ports: [{ protocol: "TCP", port: 80, targetPort: "8080", nodePort: 31080 }] }),
    service("istio-system", "istiod", "10.96.3.3", podsOf("istiod"), { ports: [{ protocol: "TCP", port: 15012, targetPort: "15012" }] }),
  ],
  deployments: [
    { namespace: "default", name: "sample-app-backend", wanted: 2, updated: 1, ready: 1, total: 2, rollout: "progressing", message: "ReplicaSet \"sample-app-backend-7c9d4f6b8\" is progressing.", revision: "2", strategy: "RollingUpdate", images: ["sample-app-backend:0.0.2"] },
    { namespace: "default", name: "sample-app-frontend", wanted: 2, updated: 2, ready: 2, total: 2, rollout: "complete", revision: "1", strategy: "RollingUpdate", images: ["sample-app-frontend:0.0.1"] },
    { namespace: "istio-system", name: "istiod", wanted: 1, updated: 1, ready: 1, total: 1, rollout: "complete", revision: "1", strategy: "RollingUpdate", images: ["istio/pilot:1.31.0"] },
  ],
  ingresses: [],
  policies: [
    { kind: "AuthorizationPolicy", namespace: "default", name: "allow-nothing", effect: "ALLOW", selector: {} },
    { kind: "PeerAuthentication", namespace: "istio-system", name: "default", effect: "STRICT", selector: {} },
  ],
  traffic: [
    edge(at("sample-app-frontend", 0), at("sample-app-backend", 0), {}),
    edge(at("sample-app-frontend", 1), at("sample-app-backend", 0), { rate: 3.5, errors: 2, fault: "UT" }),
    edge({ address: "203.0.113.50" }, at("sample-app-frontend", 0), { encryption: "plain", rate: 1.2 }),
    edge({ namespace: "outside", pod: "curl" }, at("sample-app-backend", 0), { encryption: "plain", rate: 0.4, requests: 3, refused: { count: 3, detail: "filter_chain_not_found", policies: [{ kind: "PeerAuthentication", namespace: "istio-system", name: "default" }] } }),
  ],
};

/** The same pods many times over: what the picture must fold by itself. */
export function fakeCrowdedView(count: number): ClusterView {
  const many = Array.from({ length: count }, (_, index) => pod("default", `app-${index % 5}`, `5d8c7b6f9-p${String(index).padStart(4, "0")}`, index % 2 === 0 ? "main-worker" : "main-worker2", `10.244.${(index % 2) + 1}.${index + 40}`));
  return { ...fakeClusterView, pods: many, services: [], traffic: [] };
}

export const fakeClusterDetail: Pick<LabDetail, "introduction" | "steps"> = {
  introduction: { fr: "Le cluster du lab, vu dans la topologie.", en: "The lab’s cluster, seen in the topology." },
  steps: [],
};
export const fakePolicyYaml = "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\n  namespace: istio-system\nspec:\n  mtls:\n    mode: STRICT\n";

import type { ClusterIngress, ClusterPod, ClusterService, ClusterView } from "./clusterView.ts";
import { systemNamespaces } from "./clusterView.ts";
import { clusterId, clusterNodeBoxId, ingressId, namespaceBoxId, podId, serviceId } from "./clusterIds.ts";
import { shortNames, workloadTitle } from "./shortNames.ts";
import type { Topology, TopologyBox, TopologyEdge, TopologyNode } from "./topology.ts";
import { edgeId } from "./topologyIds.ts";

/** Which namespaces are shown: what the reader chose, else all but those that Kubernetes needs for itself. */
export function shownNamespaces(view: ClusterView, chosen: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const names = new Set([...view.namespaces.map((namespace) => namespace.name), ...view.pods.map((pod) => pod.namespace)]);
  return new Set([...names].filter((name) => chosen.get(name) ?? !systemNamespaces.has(name)));
}

/**
 * Puts clusters into the picture of the cloud: each machine that is a node becomes a box with the namespaces and pods that run on it, services stand
 * before all nodes. A cluster that tells nothing yet is there with its nodes alone.
 * @param chosen namespaces that the reader has shown or hidden
 */
export function joinClusters(topology: Topology, views: readonly ClusterView[], chosen: ReadonlyMap<string, boolean>): Topology {
  const machines = topology.nodes.filter((node) => node.kind === "cluster-node" && node.cluster !== undefined);
  const names = [...new Set(machines.flatMap((node) => node.cluster ?? []))];
  if (names.length === 0) return topology;
  const boxes: TopologyBox[] = [];
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  for (const name of names) {
    const mine = machines.filter((node) => node.cluster === name);
    boxes.push({ id: clusterId(name), kind: "cluster", name, ...(mine[0]?.parent === undefined ? {} : { parent: mine[0].parent }) });
    boxes.push(...mine.map((node): TopologyBox => ({ id: clusterNodeBoxId(name, node.name), kind: "cluster-node", name: node.name, parent: clusterId(name) })));
    const view = views.find((candidate) => candidate.name === name);
    if (view === undefined) continue;
    const shown = shownNamespaces(view, chosen);
    const services = view.services.filter((service) => shown.has(service.namespace) && (chosen.get("kube-system") === true || !isInternal(service)));
    const ingresses = view.ingresses.filter((ingress) => shown.has(ingress.namespace));
    const pods = view.pods.filter((pod) => shown.has(pod.namespace) && pod.state !== "done");
    const boxOfPod = (pod: ClusterPod): string => {
      const machine = view.nodes.find((node) => node.name === pod.node)?.node;
      return machine === undefined || !mine.some((node) => node.name === machine) ? clusterId(name) : namespaceBoxId(name, machine, pod.namespace);
    };
    const short = labelsOf(pods, services);
    const taken = new Set<string>();
    for (const pod of pods) {
      const parent = boxOfPod(pod);
      nodes.push(podNode(name, pod, parent, short(pod)));
      if (parent === clusterId(name) || taken.has(parent)) continue;
      taken.add(parent);
      const machine = view.nodes.find((node) => node.name === pod.node)?.node ?? "";
      boxes.push({ id: parent, kind: "namespace", name: pod.namespace, parent: clusterNodeBoxId(name, machine) });
    }
    nodes.push(...services.map((service) => serviceNode(name, service, short(service))), ...ingresses.map((ingress) => ingressNode(name, ingress)));
    edges.push(...endpointEdges(name, services, pods), ...ingressEdges(name, ingresses, services));
  }
  const moved = topology.nodes.map((node) => (node.cluster === undefined || node.kind !== "cluster-node" ? node : { ...node, parent: clusterNodeBoxId(node.cluster, node.name) }));
  return { ...topology, boxes: [...topology.boxes, ...boxes], nodes: [...moved, ...nodes], edges: [...topology.edges, ...edges] };
}

/** What pods and services are called in the picture: a pod by its workload, and what all names of a namespace begin with is left out. */
function labelsOf(pods: readonly ClusterPod[], services: readonly ClusterService[]): (one: { readonly namespace: string; readonly name: string; readonly owner?: ClusterPod["owner"] }) => string {
  const titled = [...pods.map((pod) => ({ namespace: pod.namespace, title: workloadTitle(pod.owner?.name ?? pod.name) })), ...services.map((service) => ({ namespace: service.namespace, title: service.name }))];
  const byNamespace = new Map([...new Set(titled.map(({ namespace }) => namespace))].map((namespace) => [namespace, shortNames(titled.filter((one) => one.namespace === namespace).map(({ title }) => title))]));
  return ({ namespace, name, owner }) => (byNamespace.get(namespace) ?? String)(owner === undefined ? name : workloadTitle(owner.name));
}

/** Services that nobody asked for, in namespaces that are shown: that by which pods reach the API server, and those of Istio's revision tags. */
const isInternal = ({ namespace, name }: ClusterService): boolean => (namespace === "default" && name === "kubernetes") || (namespace === "istio-system" && name.startsWith("istiod-revision-tag-"));

const common = { securityGroups: [], services: [] };

function podNode(cluster: string, pod: ClusterPod, parent: string, label: string): TopologyNode {
  return { ...common, id: podId(cluster, pod.namespace, pod.name), kind: "pod", role: "pod", name: pod.name, label, parent, resourceId: pod.uid, terminal: pod.containers.some((container) => container.state === "running"), cluster, ...(pod.address === undefined ? {} : { address: pod.address }) };
}

function serviceNode(cluster: string, service: ClusterService, label: string): TopologyNode {
  const address = service.externalAddresses[0] ?? service.clusterAddress;
  const port = service.ports[0]?.port;
  return {
    ...common, id: serviceId(cluster, service.namespace, service.name), kind: "service", role: service.type, name: service.name, label, parent: clusterId(cluster), resourceId: `${service.namespace}/${service.name}`, terminal: false, cluster,
    ...(address === undefined || address === "None" ? {} : { address: port === undefined ? address : `${address}:${port}` }),
  };
}

function ingressNode(cluster: string, ingress: ClusterIngress): TopologyNode {
  const address = ingress.addresses[0];
  return { ...common, id: ingressId(cluster, ingress.namespace, ingress.name), kind: "ingress", role: "ingress", name: ingress.name, parent: clusterId(cluster), resourceId: `${ingress.namespace}/${ingress.name}`, terminal: false, cluster, ...(address === undefined ? {} : { address }) };
}

/** One edge from a service to each of its pods; the label says when a pod gets nothing because it is not ready. */
function endpointEdges(cluster: string, services: readonly ClusterService[], pods: readonly ClusterPod[]): TopologyEdge[] {
  return services.flatMap((service) =>
    service.endpoints.flatMap((endpoint): TopologyEdge[] => {
      const pod = pods.find((candidate) => candidate.namespace === service.namespace && candidate.name === endpoint.pod);
      if (pod === undefined) return [];
      const [from, to] = [serviceId(cluster, service.namespace, service.name), podId(cluster, pod.namespace, pod.name)];
      return [{ id: edgeId(from, to), kind: "endpoint", from, to, ...(endpoint.isReady ? {} : { label: "not ready" }) }];
    }),
  );
}

function ingressEdges(cluster: string, ingresses: readonly ClusterIngress[], services: readonly ClusterService[]): TopologyEdge[] {
  return ingresses.flatMap((ingress) => {
    const names = new Set(ingress.rules.map((rule) => rule.service));
    return services
      .filter((service) => service.namespace === ingress.namespace && names.has(service.name))
      .map((service): TopologyEdge => {
        const [from, to] = [ingressId(cluster, ingress.namespace, ingress.name), serviceId(cluster, service.namespace, service.name)];
        return { id: edgeId(from, to), kind: "endpoint", from, to };
      });
  });
}

import { deploymentObjectSchema, endpointSliceObjectSchema, nodeObjectSchema, podObjectSchema, serviceObjectSchema, type DeploymentObject, type EndpointSliceObject, type NodeObject, type PodObject, type ServiceObject } from "./kubernetesObjects.ts";

/** Objects for tests, in the form in which the API server writes them: fields that the window does not read are among them. */

const running = { running: { startedAt: "2026-11-28T06:00:00Z" } };

/** A pod of a deployment, ready unless the changes say otherwise. */
export function testPod(name: string, changes: { deployment?: string; hash?: string; address?: string; node?: string; namespace?: string; labels?: Record<string, string>; sidecar?: "container" | "init"; status?: object; metadata?: object; containers?: object[] } = {}): PodObject {
  const hash = changes.hash ?? "7d9c6b5f4";
  const labels = { app: changes.deployment ?? name, "pod-template-hash": hash, ...changes.labels };
  const app = { name: "app", image: "sample-app:v1", readinessProbe: { httpGet: { path: "/", port: 8080 } } };
  const proxy = { name: "istio-proxy", image: "istio/proxyv2:1.31.0", ...(changes.sidecar === "init" ? { restartPolicy: "Always", startupProbe: {} } : {}) };
  const status = (container: string) => ({ name: container, ready: true, restartCount: 0, state: running, lastState: {} });
  return podObjectSchema.parse({
    metadata: {
      name, namespace: changes.namespace ?? "default", uid: `uid-${name}`, resourceVersion: "812", creationTimestamp: "2026-11-28T06:00:00Z", labels,
      ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: `${changes.deployment ?? name}-${hash}`, uid: "1", controller: true, blockOwnerDeletion: true }],
      ...changes.metadata,
    },
    spec: {
      nodeName: changes.node ?? "lab-worker-1", serviceAccountName: "default", restartPolicy: "Always",
      containers: changes.containers ?? [app, ...(changes.sidecar === "container" ? [proxy] : [])],
      ...(changes.sidecar === "init" ? { initContainers: [{ name: "istio-init", image: "istio/proxyv2:1.31.0" }, proxy] } : {}),
    },
    status: {
      phase: "Running", podIP: changes.address ?? "10.244.1.7", hostIP: "10.0.0.101", startTime: "2026-11-28T06:00:00Z",
      conditions: [{ type: "PodScheduled", status: "True" }, { type: "Ready", status: "True", lastTransitionTime: "2026-11-28T06:00:09Z" }],
      containerStatuses: [status("app"), ...(changes.sidecar === "container" ? [status("istio-proxy")] : [])],
      ...(changes.sidecar === "init" ? { initContainerStatuses: [{ name: "istio-init", ready: true, restartCount: 0, state: { terminated: { reason: "Completed", exitCode: 0 } } }, status("istio-proxy")] } : {}),
      ...changes.status,
    },
  });
}

export function testService(name: string, spec: object = {}, status: object = {}): ServiceObject {
  return serviceObjectSchema.parse({ metadata: { name, namespace: "default", uid: `uid-${name}` }, spec: { type: "ClusterIP", clusterIP: "10.96.12.7", clusterIPs: ["10.96.12.7"], selector: { app: name }, ports: [{ protocol: "TCP", port: 80, targetPort: 8080 }], ...spec }, status: { loadBalancer: {}, ...status } });
}

export function testSlice(service: string, pods: readonly { name: string; address: string; ready?: boolean }[]): EndpointSliceObject {
  return endpointSliceObjectSchema.parse({
    addressType: "IPv4", metadata: { name: `${service}-x2x4z`, namespace: "default", labels: { "kubernetes.io/service-name": service } }, ports: [{ name: "", port: 8080, protocol: "TCP" }],
    endpoints: pods.length === 0 ? null : pods.map(({ name, address, ready }) => ({ addresses: [address], conditions: { ready: ready ?? true, serving: ready ?? true, terminating: false }, nodeName: "lab-worker-1", targetRef: { kind: "Pod", name, namespace: "default" } })),
  });
}

export function testDeployment(name: string, status: object, changes: { spec?: object; generation?: number } = {}): DeploymentObject {
  return deploymentObjectSchema.parse({
    metadata: { name, namespace: "default", uid: `uid-${name}`, generation: changes.generation ?? 2, annotations: { "deployment.kubernetes.io/revision": "2" } },
    spec: { replicas: 3, selector: { matchLabels: { app: name } }, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } }, template: { metadata: {}, spec: { containers: [{ name: "app", image: "sample-app:v2" }] } }, ...changes.spec },
    status: { observedGeneration: 2, ...status },
  });
}

export function testNode(name: string, address: string, changes: { controlPlane?: boolean; ready?: boolean } = {}): NodeObject {
  return nodeObjectSchema.parse({
    metadata: { name, uid: `uid-${name}`, labels: { "kubernetes.io/hostname": name, ...(changes.controlPlane ? { "node-role.kubernetes.io/control-plane": "" } : {}) } },
    spec: { podCIDR: "10.244.1.0/24", podCIDRs: ["10.244.1.0/24"] },
    status: { addresses: [{ type: "InternalIP", address }, { type: "Hostname", address: name }], conditions: [{ type: "Ready", status: changes.ready === false ? "False" : "True" }], nodeInfo: { kubeletVersion: "v1.37.2", architecture: "amd64" } },
  });
}

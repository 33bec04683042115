import { describe, expect, it } from "vitest";
import { clusterViewSchema } from "../model/clusterView.ts";
import { buildClusterView, deploymentView, nodeView, serviceView, type ClusterObjects } from "./buildClusterView.ts";
import { authorizationPolicyObjectSchema, ingressObjectSchema, namespaceObjectSchema, peerAuthenticationObjectSchema } from "./kubernetesObjects.ts";
import { testDeployment, testNode, testPod, testService, testSlice } from "./testObjects.ts";

const nothing: ClusterObjects = { pods: [], services: [], endpointSlices: [], deployments: [], ingresses: [], nodes: [], namespaces: [], authorizationPolicies: [], peerAuthentications: [] };

describe("buildClusterView", () => {
  it("has everything that the contract asks for, in an order that does not depend on when things were made", () => {
    const objects: ClusterObjects = {
      ...nothing,
      pods: [testPod("web-b"), testPod("web-a"), testPod("coredns", { namespace: "kube-system" })],
      services: [testService("web")],
      nodes: [testNode("lab-worker", "10.0.0.101"), testNode("lab-control-plane", "10.0.0.100", { controlPlane: true })],
      namespaces: [namespaceObjectSchema.parse({ metadata: { name: "default", labels: { "istio-injection": "enabled" } }, status: { phase: "Active" } })],
      ingresses: [ingressObjectSchema.parse({ metadata: { name: "front", namespace: "default" }, spec: { rules: [{ host: "shop.example", http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }] } }] } })],
      authorizationPolicies: [authorizationPolicyObjectSchema.parse({ metadata: { name: "allow-nothing", namespace: "default" }, spec: {} })],
      peerAuthentications: [peerAuthenticationObjectSchema.parse({ metadata: { name: "default", namespace: "istio-system" }, spec: { mtls: { mode: "STRICT" } } })],
    };
    const view = buildClusterView("lab", objects, []);
    expect(view.pods.map((pod) => pod.name)).toEqual(["web-a", "web-b", "coredns"]);
    expect(view.nodes.map((node) => node.name)).toEqual(["lab-control-plane", "lab-worker"]);
    expect(view.namespaces).toEqual([{ name: "default", isTerminating: false, injects: true }]);
    expect(view.ingresses[0]?.rules).toEqual([{ host: "shop.example", path: "/", service: "web", port: "80" }]);
    expect(view.policies).toEqual([
      { kind: "AuthorizationPolicy", namespace: "default", name: "allow-nothing", effect: "ALLOW", selector: {} },
      { kind: "PeerAuthentication", namespace: "istio-system", name: "default", effect: "STRICT", selector: {} },
    ]);
    expect(() => clusterViewSchema.parse({ ...view, link: "connected", traffic: [], observesTraffic: false })).not.toThrow();
  });
});

describe("serviceView", () => {
  it("has the endpoints with their readiness, and the load balancer's address", () => {
    const service = testService("web", { type: "LoadBalancer", ports: [{ protocol: "TCP", port: 80, targetPort: "http", nodePort: 31080 }] }, { loadBalancer: { ingress: [{ ip: "203.0.113.130" }] } });
    const view = serviceView(service, [testSlice("web", [{ name: "web-b", address: "10.244.2.4", ready: false }, { name: "web-a", address: "10.244.1.7" }]), testSlice("other", [{ name: "x", address: "10.244.9.9" }])]);
    expect(view).toMatchObject({ type: "LoadBalancer", externalAddresses: ["203.0.113.130"], ports: [{ port: 80, targetPort: "http", nodePort: 31080 }] });
    expect(view.endpoints).toEqual([{ address: "10.244.1.7", pod: "web-a", isReady: true }, { address: "10.244.2.4", pod: "web-b", isReady: false }]);
  });

  it("has no endpoints where the API server writes null for none", () => {
    expect(serviceView(testService("web"), [testSlice("web", [])]).endpoints).toEqual([]);
  });
});

describe("deploymentView", () => {
  const all = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3 };
  it.each([
    ["complete", all, {}],
    ["progressing", { ...all, replicas: 4, updatedReplicas: 2 }, {}],
    ["progressing", { ...all, readyReplicas: 2, availableReplicas: 2 }, {}],
    // The controller has not looked at the change yet: its figures are about the old template.
    ["progressing", all, { generation: 3 }],
    ["failed", { ...all, updatedReplicas: 1, conditions: [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded", message: "timed out" }] }, {}],
    ["paused", { ...all, updatedReplicas: 1 }, { spec: { paused: true } }],
    ["complete", {}, { spec: { replicas: 0 } }],
  ])("is %s with %j %j", (rollout, status, changes) => {
    expect(deploymentView(testDeployment("web", status, changes)).rollout).toBe(rollout);
  });
});

describe("nodeView", () => {
  const machines = [{ node: "worker", address: "10.0.0.109" }, { node: "worker-1", address: "10.0.0.101" }, { node: "control-plane", address: "10.0.0.100" }];
  it("finds the lab's machine by its name, its address, or what kind's name ends in", () => {
    expect(nodeView(testNode("worker-1", "172.18.0.3"), machines).node).toBe("worker-1");
    expect(nodeView(testNode("x-abc", "10.0.0.101"), machines).node).toBe("worker-1");
    expect(nodeView(testNode("rempart-ab12-lab-control-plane", "172.18.0.2"), machines).node).toBe("control-plane");
    expect(nodeView(testNode("stranger", "172.18.0.9"), machines).node).toBeUndefined();
  });

  it("says that a node is not ready", () => {
    expect(nodeView(testNode("worker-1", "10.0.0.101", { ready: false }), machines)).toMatchObject({ isReady: false, isControlPlane: false, version: "v1.37.2" });
  });
});

import { describe, expect, it } from "vitest";
import type { ClusterPolicy } from "../model/clusterView.ts";
import { parseAccessLog, type AccessLogLine } from "./accessLog.ts";
import { MeshTraffic, type TrafficWorld } from "./meshTraffic.ts";
import { podView } from "./podView.ts";
import { accessLines } from "./testAccessLog.ts";
import { testPod } from "./testObjects.ts";

const front = podView(testPod("front", { address: "10.244.1.9", sidecar: "init" }));
const back = podView(testPod("back", { address: "10.244.2.4", sidecar: "init", labels: { app: "backend" } }));
const plain = podView(testPod("plain", { address: "10.244.1.30", namespace: "other" }));
const world: TrafficWorld = { pods: [front, back, plain], policies: [] };
const line = (text: string, changes: Partial<AccessLogLine> = {}): AccessLogLine => {
  const parsed = parseAccessLog(text);
  if (parsed === undefined) throw new Error(text);
  return { ...parsed, ...changes };
};
const now = Date.parse("2026-11-28T06:42:14.500Z");

const policy = (kind: ClusterPolicy["kind"], name: string, effect: string, changes: Partial<ClusterPolicy> = {}): ClusterPolicy => ({ kind, namespace: "default", name, effect, selector: {}, ...changes });

describe("MeshTraffic", () => {
  it("makes one edge of what both ends tell, with the lock that the receiving end saw", () => {
    const traffic = new MeshTraffic();
    for (let index = 0; index < 10; index += 1) {
      traffic.add("default/front", line(accessLines.sent, { at: now - index * 400, milliseconds: index }));
      traffic.add("default/back", line(accessLines.received, { at: now - index * 400 }));
    }
    const edges = traffic.edges(world, now);
    expect(edges).toHaveLength(1);
    expect(edges[0]).toMatchObject({ from: { pod: "front" }, to: { pod: "back" }, requests: 10, rate: 2, errors: 0, encryption: "mtls", median: 5, high: 9 });
  });

  it("tells of a caller without a sidecar by what the receiving end saw: no lock", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/back", line(accessLines.received, { at: now, peer: "10.244.1.30", serverName: "" }));
    traffic.add("default/back", line(accessLines.received, { at: now, peer: "203.0.113.50", serverName: "" }));
    expect(traffic.edges(world, now)).toMatchObject([{ from: { address: "203.0.113.50" }, encryption: "plain" }, { from: { namespace: "other", pod: "plain" }, encryption: "plain", requests: 1 }]);
  });

  it("does not call a call to a pod without a proxy encrypted, nor say anything where the receiver's log is not there", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/front", line(accessLines.sent, { at: now, peer: "10.244.1.30" }));
    traffic.add("default/front", line(accessLines.sent, { at: now }));
    expect(traffic.edges(world, now).map(({ to, encryption }) => [to.pod, encryption])).toEqual([["back", "unknown"], ["plain", "plain"]]);
  });

  it("traces a refusal without a match to the policies that allow something for this pod", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/back", line(accessLines.refused, { at: now }));
    const policies = [policy("AuthorizationPolicy", "allow-nothing", "ALLOW"), policy("AuthorizationPolicy", "back-allow-front", "ALLOW", { selector: { app: "backend" } }), policy("AuthorizationPolicy", "others", "ALLOW", { selector: { app: "other" } }), policy("AuthorizationPolicy", "elsewhere", "ALLOW", { namespace: "other" }), policy("AuthorizationPolicy", "deny", "DENY")];
    expect(traffic.edges({ ...world, policies }, now)[0]?.refused).toEqual({ count: 1, detail: "rbac_access_denied_matched_policy[none]", policies: [{ kind: "AuthorizationPolicy", namespace: "default", name: "allow-nothing" }, { kind: "AuthorizationPolicy", namespace: "default", name: "back-allow-front" }] });
  });

  it("traces a plain connection to the PeerAuthentication that is nearest to the pod", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/back", line(accessLines.plainRefused, { at: now }));
    const mesh = policy("PeerAuthentication", "default", "STRICT", { namespace: "istio-system" });
    const refusedBy = (policies: ClusterPolicy[]) => traffic.edges({ ...world, policies }, now)[0]?.refused?.policies.map(({ namespace, name }) => `${namespace}/${name}`);
    expect(traffic.edges(world, now)[0]).toMatchObject({ from: { pod: "plain" }, encryption: "plain", errors: 0 });
    expect(refusedBy([mesh])).toEqual(["istio-system/default"]);
    expect(refusedBy([mesh, policy("PeerAuthentication", "default", "STRICT")])).toEqual(["default/default"]);
    expect(refusedBy([mesh, policy("PeerAuthentication", "back", "STRICT", { selector: { app: "backend" } }), policy("PeerAuthentication", "default", "STRICT")])).toEqual(["default/back"]);
    expect(refusedBy([mesh, policy("PeerAuthentication", "default", "PERMISSIVE")])).toEqual([]);
  });

  it("shows what a change of policy did within seconds, and not what was before it", () => {
    const traffic = new MeshTraffic();
    for (let index = 6; index < 20; index += 1) traffic.add("default/back", line(accessLines.refused, { at: now - index * 1000 }));
    for (let index = 0; index < 5; index += 1) traffic.add("default/back", line(accessLines.received, { at: now - index * 1000 }));
    expect(traffic.edges(world, now)[0]).toMatchObject({ requests: 5, errors: 0 });
    expect(traffic.edges(world, now)[0]?.refused).toBeUndefined();
  });

  it("says which fault most requests met, and leads to the service where no pod was reached", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/front", line(accessLines.overflow, { at: now }));
    traffic.add("default/front", line(accessLines.overflow, { at: now }));
    traffic.add("default/front", line(accessLines.timeout, { at: now }));
    const edges = traffic.edges(world, now);
    expect(edges.find((edge) => edge.to.service === "backend")).toMatchObject({ errors: 2, fault: "UO", to: { namespace: "default" } });
    expect(edges.find((edge) => edge.to.pod === "back")).toMatchObject({ errors: 1, fault: "UT" });
  });

  it("keeps an edge for a minute after its last request, with no rate", () => {
    const traffic = new MeshTraffic();
    traffic.add("default/back", line(accessLines.received, { at: now }));
    expect(traffic.edges(world, now + 30_000)[0]).toMatchObject({ requests: 1, rate: 0 });
    expect(traffic.edges(world, now + 61_000)).toEqual([]);
    expect(traffic.prune(now + 61_000)).toBe(false);
  });
});

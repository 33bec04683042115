import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clusterViewSchema, type ClusterView } from "../model/clusterView.ts";
import { ClusterWatch } from "./clusterWatch.ts";
import { accessLines } from "./testAccessLog.ts";
import { FakeApi } from "./testApi.ts";
import { testNode, testPod } from "./testObjects.ts";

beforeEach(() => void vi.useFakeTimers({ now: Date.parse("2026-11-28T06:42:11.000Z") }));
afterEach(() => void vi.useRealTimers());

function start() {
  const api = new FakeApi();
  const told: ClusterView[] = [];
  const watch = new ClusterWatch({ name: "main", api, machines: [{ node: "main-worker", address: "10.0.0.101" }], onChange: (view) => told.push(view), pause: api.pause });
  watch.start();
  return { api, told, watch };
}

describe("ClusterWatch", () => {
  it("tells a change well within a second, and those that come together once", async () => {
    const { api, told, watch } = start();
    expect(watch.view().link).toBe("connecting");
    api.send("/api/v1/nodes", "ADDED", testNode("main-worker", "172.18.0.3"));
    for (const name of ["a", "b", "c"]) api.send("/api/v1/pods", "ADDED", testPod(name));
    await vi.advanceTimersByTimeAsync(300);
    expect(told).toHaveLength(1);
    expect(clusterViewSchema.parse(told[0])).toMatchObject({ name: "main", link: "connected", nodes: [{ node: "main-worker" }] });
    expect(told[0]?.pods.map((pod) => pod.name)).toEqual(["a", "b", "c"]);
    watch.stop();
  });

  it("keeps what it knows while the API server does not answer, and says so", async () => {
    const { api, told, watch } = start();
    api.send("/api/v1/nodes", "ADDED", testNode("main-worker", "172.18.0.3"));
    api.send("/api/v1/pods", "ADDED", testPod("a"));
    api.fail("/api/v1/pods", new Error("connect ECONNREFUSED"));
    await vi.advanceTimersByTimeAsync(300);
    expect(told.at(-1)).toMatchObject({ link: "lost", pods: [{ name: "a" }] });
    watch.stop();
  });

  it("reads the sidecars' logs, shows who calls whom, and forgets it after a minute", async () => {
    const { api, told, watch } = start();
    const front = testPod("front", { address: "10.244.1.9", sidecar: "init" });
    const back = testPod("back", { address: "10.244.2.4", sidecar: "init" });
    for (const pod of [front, back, testPod("plain", { address: "10.244.1.30" })]) api.send("/api/v1/pods", "ADDED", pod);
    await vi.advanceTimersByTimeAsync(300);
    expect(api.logs.map(({ place }) => [place.pod, place.container])).toEqual([["back", "istio-proxy"], ["front", "istio-proxy"]]);
    for (const { place, onLine } of api.logs) {
      onLine("2026-11-28T06:42:10.1Z\tinfo\txdsproxy connected");
      onLine(place.pod === "back" ? accessLines.received : accessLines.sent);
    }
    await vi.advanceTimersByTimeAsync(300);
    expect(told.at(-1)).toMatchObject({ observesTraffic: true, traffic: [{ from: { pod: "front" }, to: { pod: "back" }, encryption: "mtls", requests: 1 }] });
    await vi.advanceTimersByTimeAsync(62_000);
    expect(told.at(-1)?.traffic).toEqual([]);
    watch.stop();
  });

  it("reads a log that ended again without counting a request twice, and not that of a pod that is gone", async () => {
    const { api, told, watch } = start();
    const back = testPod("back", { address: "10.244.2.4", sidecar: "container" });
    api.send("/api/v1/pods", "ADDED", back);
    await vi.advanceTimersByTimeAsync(300);
    api.logs[0]?.onLine(accessLines.received);
    api.logs[0]?.end();
    await vi.advanceTimersByTimeAsync(10);
    await api.pass(1000);
    expect(api.logs).toHaveLength(2);
    api.logs[1]?.onLine(accessLines.received);
    api.logs[1]?.onLine(accessLines.received.replace("10.123Z", "10.623Z"));
    await vi.advanceTimersByTimeAsync(300);
    expect(told.at(-1)?.traffic[0]?.requests).toBe(2);
    api.send("/api/v1/pods", "DELETED", back);
    await vi.advanceTimersByTimeAsync(300);
    expect(api.logs[1]?.isOpen).toBe(false);
    watch.stop();
  });

  it("ends all it began when nobody looks any more", async () => {
    const { api, told, watch } = start();
    api.send("/api/v1/pods", "ADDED", testPod("back", { sidecar: "init" }));
    await vi.advanceTimersByTimeAsync(300);
    watch.stop();
    const before = told.length;
    api.send("/api/v1/pods", "ADDED", testPod("late"));
    await vi.advanceTimersByTimeAsync(5000);
    expect([told.length, api.logs.every((log) => !log.isOpen)]).toEqual([before, true]);
  });
});

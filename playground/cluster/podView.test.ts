import { describe, expect, it } from "vitest";
import { podView } from "./podView.ts";
import { testPod } from "./testObjects.ts";

const waiting = (reason: string) => ({ phase: "Pending", conditions: [{ type: "Ready", status: "False" }], containerStatuses: [{ name: "app", ready: false, restartCount: 0, state: { waiting: { reason } } }] });

describe("podView", () => {
  it("names the deployment behind a ReplicaSet, and not the set", () => {
    const pod = podView(testPod("sample-app-7d9c6b5f4-x2x4z", { deployment: "sample-app" }));
    expect(pod.owner).toEqual({ kind: "Deployment", name: "sample-app" });
    expect(pod).toMatchObject({ state: "ready", hasSidecar: false, restarts: 0, templateHash: "7d9c6b5f4", node: "lab-worker-1" });
    expect(pod.containers[0]).toMatchObject({ role: "app", probes: ["readiness"], state: "running" });
  });

  it("knows a sidecar in both forms, and a step before the start from one", () => {
    for (const sidecar of ["container", "init"] as const) {
      const pod = podView(testPod("web", { sidecar }));
      expect(pod.hasSidecar).toBe(true);
      expect(pod.containers.find((container) => container.name === "istio-proxy")?.role).toBe("sidecar");
      expect(pod.state).toBe("ready");
    }
    expect(podView(testPod("web", { sidecar: "init" })).containers.find((container) => container.name === "istio-init")?.role).toBe("init");
    expect(podView(testPod("plain")).hasSidecar).toBe(false);
  });

  it.each([
    ["a pod that is being made", { status: waiting("ContainerCreating") }, "starting", undefined],
    ["an image that is not there", { status: waiting("ImagePullBackOff") }, "failing", "ImagePullBackOff"],
    ["a crash", { status: { ...waiting("CrashLoopBackOff"), phase: "Running" } }, "failing", "CrashLoopBackOff"],
    ["no room on any node", { status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }], containerStatuses: [] } }, "failing", "Unschedulable"],
    ["a probe that fails", { status: { conditions: [{ type: "Ready", status: "False" }], containerStatuses: [{ name: "app", ready: false, restartCount: 2, state: { running: {} } }] } }, "unready", "app"],
    ["one that is being removed", { metadata: { deletionTimestamp: "2026-11-28T06:10:00Z" } }, "stopping", undefined],
    ["a job that ended well", { status: { phase: "Succeeded" } }, "done", undefined],
    ["an eviction", { status: { phase: "Failed", reason: "Evicted", containerStatuses: [] } }, "failing", "Evicted"],
    ["a container that ended with an error", { status: { conditions: [{ type: "Ready", status: "False" }], containerStatuses: [{ name: "app", ready: false, restartCount: 0, state: { terminated: { reason: "OOMKilled", exitCode: 137 } } }] } }, "failing", "OOMKilled"],
  ])("tells %s", (_, changes, state, reason) => {
    const pod = podView(testPod("web", changes));
    expect([pod.state, pod.reason]).toEqual([state, reason]);
  });

  it("counts restarts of all containers and says why the last life ended", () => {
    const pod = podView(testPod("web", { status: { containerStatuses: [{ name: "app", ready: true, restartCount: 3, state: { running: {} }, lastState: { terminated: { reason: "Error", exitCode: 1 } } }] } }));
    expect(pod.restarts).toBe(3);
    expect(pod.containers[0]?.lastReason).toBe("Error");
  });
});

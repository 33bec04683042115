import { describe, expect, it } from "vitest";
import { podObjectSchema } from "./kubernetesObjects.ts";
import { ObjectWatch } from "./objectWatch.ts";
import { FakeApi, settled } from "./testApi.ts";

const pod = (name: string, version: string) => ({ metadata: { name, namespace: "default", uid: name, resourceVersion: version }, spec: { containers: [] } });

function watchPods(api: FakeApi, mayBeUnknown = false) {
  const abort = new AbortController();
  const told = { changes: 0, links: [] as boolean[] };
  const watch = new ObjectWatch(api, podObjectSchema, { path: "/api/v1/pods", mayBeUnknown, onChange: () => (told.changes += 1), onLink: (isUp) => told.links.push(isUp) }, api.pause);
  void watch.run(abort.signal);
  return { watch, told, abort, names: () => watch.objects.map((object) => object.metadata.name).sort() };
}

describe("ObjectWatch", () => {
  it("holds what is there, follows changes, and forgets what is deleted", async () => {
    const api = new FakeApi();
    const { names, watch } = watchPods(api);
    api.send("/api/v1/pods", "ADDED", pod("a", "1"));
    api.send("/api/v1/pods", "ADDED", pod("b", "2"));
    api.send("/api/v1/pods", "MODIFIED", { ...pod("a", "3"), spec: { containers: [], nodeName: "n" } });
    api.send("/api/v1/pods", "DELETED", pod("b", "4"));
    expect(names()).toEqual(["a"]);
    expect(watch.objects[0]?.spec.nodeName).toBe("n");
  });

  it("goes on from the last version when the connection ends, and says that it was lost", async () => {
    const api = new FakeApi();
    const { names, told } = watchPods(api);
    api.send("/api/v1/pods", "ADDED", pod("a", "7"));
    api.fail("/api/v1/pods", new Error("connect ECONNREFUSED"));
    await settled();
    expect(told.links.at(-1)).toBe(false);
    expect(api.opened.map(({ version }) => version)).toEqual([undefined, "7"]);
    api.send("/api/v1/pods", "ADDED", pod("b", "8"));
    expect(names()).toEqual(["a", "b"]);
    expect(told.links.at(-1)).toBe(true);
  });

  it("reads everything anew when its version is too old, and lets go what went meanwhile only after that", async () => {
    const api = new FakeApi();
    const { names } = watchPods(api);
    api.send("/api/v1/pods", "ADDED", pod("gone", "1"));
    api.send("/api/v1/pods", "ADDED", pod("kept", "2"));
    api.send("/api/v1/pods", "ERROR", { kind: "Status", code: 410 });
    api.end("/api/v1/pods");
    await settled();
    expect(api.opened.at(-1)?.version).toBeUndefined();
    expect(names()).toEqual(["gone", "kept"]);
    api.send("/api/v1/pods", "ADDED", pod("kept", "9"));
    await api.pass(1000);
    expect(names()).toEqual(["kept"]);
  });

  it("waits for a kind that the cluster does not know yet, without calling that a fault", async () => {
    const api = new FakeApi();
    api.unknown.add("/api/v1/pods");
    const { told, names } = watchPods(api, true);
    await settled();
    expect(told.links).toEqual([]);
    api.unknown.clear();
    await api.pass(3000);
    api.send("/api/v1/pods", "ADDED", pod("a", "1"));
    expect(names()).toEqual(["a"]);
  });

  it("does not show what it cannot read", () => {
    const api = new FakeApi();
    const { names } = watchPods(api);
    api.send("/api/v1/pods", "ADDED", { metadata: { name: "odd", namespace: "default", resourceVersion: "1" } });
    api.send("/api/v1/pods", "ADDED", "nonsense");
    expect(names()).toEqual([]);
  });
});

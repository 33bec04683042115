import { describe, expect, test } from "vitest";
import { parseFieldPath, valuesAt } from "../model/kubernetesCheck.ts";
import { fakeRuntime, onlyCheck } from "./fakeRuntime.ts";
import { observeCheck } from "./observeCheck.ts";

const pod = (name: string, fields: Record<string, unknown>) => ({ metadata: { name, labels: { "app.kubernetes.io/name": "web" } }, ...fields });
const deployment = pod("web", { status: { readyReplicas: 3 }, spec: { template: { spec: { containers: [{ image: "a:1" }, { image: "b:1" }] } } } });

async function seen(object: Record<string, unknown>, expectation: Record<string, unknown>, objects?: readonly unknown[]) {
  const runtime = fakeRuntime({ checks: [{ id: "a", kind: "kubernetes", object: { kind: "Deployment", api_version: "apps/v1", ...object }, expect: expectation }], ...(objects ? { objects: () => objects } : {}) });
  return observeCheck(onlyCheck(runtime), runtime);
}

describe("a check of the kind kubernetes", () => {
  test.each([
    ["is there", {}, [deployment], "passed"],
    ["is not there", {}, [], "failed"],
    ["should not be there and is not", { exists: false }, [], "passed"],
    ["should not be there and is", { exists: false }, [deployment], "failed"],
    ["has a number", { fields: [{ path: "status.readyReplicas", equals: 3 }] }, [deployment], "passed"],
    ["has another number", { fields: [{ path: "status.readyReplicas", equals: 2 }] }, [deployment], "failed"],
    ["has enough", { fields: [{ path: "status.readyReplicas", at_least: 2 }] }, [deployment], "passed"],
    ["has too few", { fields: [{ path: "status.readyReplicas", at_least: 4 }] }, [deployment], "failed"],
    ["has a label with dots", { fields: [{ path: 'metadata.labels["app.kubernetes.io/name"]', equals: "web" }] }, [deployment], "passed"],
    ["every container fits", { fields: [{ path: "spec.template.spec.containers[*].image", matches: ":1$" }] }, [deployment], "passed"],
    ["one container does not", { fields: [{ path: "spec.template.spec.containers[*].image", matches: "^a" }] }, [deployment], "failed"],
    ["a field that is nowhere fits nothing", { fields: [{ path: "status.updated", matches: "" }] }, [deployment], "failed"],
    ["a field that is nowhere is absent", { fields: [{ path: "status.updated", absent: true }] }, [deployment], "passed"],
    ["a field that is there is not absent", { fields: [{ path: "status.readyReplicas", absent: true }] }, [deployment], "failed"],
    ["a value of the cloud", { fields: [{ path: "spec.ip", equals: "${instances.server.private_ip}" }] }, [pod("x", { spec: { ip: "10.0.80.20" } })], "passed"],
  ])("%s", async (_title, expectation, objects, state) => expect((await seen({ name: "web" }, expectation, objects)).state).toBe(state));

  test.each([
    ["as many as expected", { count: 2 }, "passed"],
    ["too many", { count: 1 }, "failed"],
    ["at least", { count: { at_least: 2 } }, "passed"],
    ["each of them", { fields: [{ path: "spec.ip", equals: "1" }] }, "failed"],
  ])("of a list: %s", async (_title, expectation, state) => {
    expect((await seen({ label_selector: "app=web" }, expectation, [pod("a", { spec: { ip: "1" } }), pod("b", { spec: { ip: "2" } })])).state).toBe(state);
  });
  test("of a list that should be empty", async () => {
    expect((await seen({ label_selector: "app=web" }, { count: 0 }, [])).state).toBe("passed");
    expect((await seen({ label_selector: "app=web" }, { count: 0 }, [deployment])).state).toBe("failed");
  });

  test("says what a student could type, and what was seen", async () => {
    const observation = await seen({ label_selector: "app=web", namespace: "shop" }, { fields: [{ path: "status.readyReplicas", equals: 4 }] }, [deployment]);
    expect(observation.command).toBe("kubectl get deployment.apps -n shop -l app=web -o yaml");
    expect(observation.output).toContain("status.readyReplicas = 3");
    expect(observation.summary?.en).toBe("web: status.readyReplicas is 3, expected status.readyReplicas = 4");
  });

  test("a cluster that does not answer fails the check, and is said", async () => {
    const observation = await seen({ name: "web" }, { exists: false });
    expect(observation.state).toBe("failed");
    expect(observation.summary?.fr).toContain("cluster");
  });
});

test("paths of fields", () => {
  expect(parseFieldPath("a.b[0].c[*]")?.map(({ key }) => key)).toEqual(["a", "b", 0, "c", "*"]);
  for (const path of ["", ".a", "a..b", "a[", "a[x]", "a b"]) expect(parseFieldPath(path), path).toBeUndefined();
  expect(valuesAt({ a: [{ b: 1 }, { b: null }, {}] }, "a[*].b")).toEqual([1]);
  expect(valuesAt({}, "constructor")).toEqual([]);
});

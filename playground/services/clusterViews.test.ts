import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClusterApi } from "../cluster/clusterApi.ts";
import { FakeApi } from "../cluster/testApi.ts";
import { testNode } from "../cluster/testObjects.ts";
import type { ClusterView } from "../model/clusterView.ts";
import { ClusterViews, clusterNodes, type ClusterLab } from "./clusterViews.ts";
import { testCloud } from "./testLab.ts";

const network = `vpcs: { foo: { cidr_block: 10.0.0.0/16 } }
subnets: { foo-public: { vpc: foo, cidr_block: 10.0.0.0/21 } }
clusters: { main: { subnet: foo-public, control_plane: { private_ip: 10.0.0.100 }, workers: [{ private_ip: 10.0.0.101 }] } }
`;

let folder = "";
let apis: { kubeconfig: string; cluster: string; api: FakeApi }[] = [];
let told: ClusterView[] = [];
let views: ClusterViews;
const lab = (): ClusterLab => ({ id: "17-test", applied: testCloud(network), workspace: { folder } });
const writeKubeconfig = (text: string): Promise<void> => writeFile(join(folder, "kubeconfig"), text);
/** All that is open to the API servers now. */
const open = (): number => apis.reduce((sum, { api }) => sum + api.openWatches, 0);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-views-"));
  apis = [];
  told = [];
  views = new ClusterViews({
    emit: (_lab, view) => told.push(view),
    connect: (kubeconfig, cluster): ClusterApi => {
      const api = new FakeApi();
      apis.push({ kubeconfig, cluster, api });
      return api;
    },
  });
});
afterEach(async () => {
  views.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe("ClusterViews", () => {
  it("follows a cluster while somebody looks, two as one, and nothing after the last has gone", async () => {
    await writeKubeconfig("first");
    const watched = lab();
    expect(await views.watch(watched, true)).toMatchObject([{ name: "main", link: "connecting" }]);
    await views.watch(watched, true);
    expect(apis.map(({ cluster }) => cluster)).toEqual(["main"]);
    await views.watch(watched, false);
    expect(open()).toBeGreaterThan(0);
    await views.watch(watched, false);
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 15_000 });
  });

  it("tells what changes, with the lab's own name of a node", async () => {
    await writeKubeconfig("first");
    await views.watch(lab(), true);
    apis[0]?.api.send("/api/v1/nodes", "ADDED", testNode("main-worker", "172.18.0.3"));
    await vi.waitFor(() => expect(told.at(-1)?.nodes).toMatchObject([{ name: "main-worker", node: "main-worker" }]), { timeout: 15_000 });
  });

  it("finds a cluster that comes later, and another one in its place", async () => {
    const watched = lab();
    expect(await views.watch(watched, true)).toEqual([]);
    await writeKubeconfig("first");
    await vi.waitFor(() => expect(apis).toHaveLength(1), { timeout: 15_000 });
    await writeKubeconfig("second");
    await vi.waitFor(() => expect(apis.map(({ kubeconfig }) => kubeconfig)).toEqual(["first", "second"]), { timeout: 15_000 });
    expect(apis[0]?.api.openWatches).toBe(0);
  });

  it("goes on for those who look when the lab was started anew", async () => {
    await writeKubeconfig("first");
    await views.watch(lab(), true);
    const again = lab();
    expect(await views.views(again)).toMatchObject([{ name: "main" }]);
    expect(apis).toHaveLength(2);
    await views.watch(again, false);
    await vi.waitFor(() => expect(open()).toBe(0), { timeout: 15_000 });
  });

  it("answers questions of a cluster that runs, and refuses others", async () => {
    await expect(views.api(lab(), "main")).rejects.toMatchObject({ code: "cluster.not-running" });
    await writeKubeconfig("first");
    await expect(views.api(lab(), "other")).rejects.toMatchObject({ code: "cluster.not-running" });
    expect(await (await views.api(lab(), "main")).readYaml("Pod", "default", "web")).toContain("name: web");
  });
});

it("knows the machines of a cluster, and none while the lab does not run", () => {
  expect(clusterNodes(lab(), "main").map((node) => node.name)).toEqual(["main-control-plane", "main-worker"]);
  expect(clusterNodes({ applied: undefined })).toEqual([]);
});

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatKubeconfig } from "../cluster/kubeconfig.ts";
import type { KindOrder, RunKind } from "../cluster/runKind.ts";
import type { ContainerSummary } from "../engine/containerEngine.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { labelKeys } from "../engine/labels.ts";
import { compileFabric } from "../fabric/compile.ts";
import { RempartError } from "../model/errors.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { resolveCloud } from "../model/resolve.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { RunningLab } from "./runningLab.ts";
import { fakeShell } from "./testLab.ts";

const loaded: LoadedLab = { lab: { ...clusterLab, setup: [{ node: "laptop", user: "ops", run: "kubectl apply -f start.yml" }] }, folder: "/labs/17-test", ours: true, startNetwork: clusterNetworkText, guides: { fr: "", en: "" } };
const adminConfig = formatKubeconfig(new Map([["main", { server: "https://x:6443", certificateAuthority: "Y2E=", certificate: "Y2VydA==", key: "a2V5" }]]));

let root: string;
let engine: FakeEngine;
let orders: KindOrder[];
/** What is done in kind's place; by default it makes a container for each node. */
let kindDoes: RunKind;
/** What stands in the control planes' files of that name, by container. */
let marks: Map<string, string>;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-clusters-"));
  orders = [];
  marks = new Map();
  const shell = fakeShell(undefined, () => compileFabric(resolveCloud(clusterLab, networkSchema.parse(parseNetworkFile(clusterNetworkText).network))));
  engine = new FakeEngine(["machine", "node"], (container, command, stdin) => (container.labels[labelKeys.part] === "cluster-node" ? answerOfNode(container, command, stdin) : command[0] === "cat" ? "CapBnd:\t000001fffeffffff\n" : shell(container, command, stdin)));
  kindDoes = makeNodes;
});
afterEach(() => rm(root, { recursive: true, force: true }));

function answerOfNode(container: ContainerSummary, command: readonly string[], stdin: string): string {
  const line = command.join(" ");
  if (line === "cat /proc/1/comm") return "systemd\n";
  if (line === "cat /etc/kubernetes/admin.conf") return adminConfig;
  if (line === "cat /kind/rempart") return marks.get(container.id) ?? "";
  const mark = /^echo (\w+) > \/kind\/rempart$/m.exec(stdin)?.[1];
  if (mark !== undefined) marks.set(container.id, mark);
  if (line.includes("get nodes")) return "main-control-plane 10.244.0.0/24 100.64.1.2\nmain-worker 10.244.1.0/24 100.64.1.3\nmain-worker2 10.244.2.0/24 100.64.1.4\n";
  return "";
}

const makeNodes: RunKind = async (order, onLine) => {
  onLine("Preparing nodes");
  for (const node of ["main-control-plane", "main-worker", "main-worker2"]) {
    const id = await engine.createContainer({ name: `${order.prefix}${node}`, image: order.image, labels: { ...order.labels, [labelKeys.node]: node }, network: "none" });
    await engine.startContainer(id);
  }
};

function newLab(): RunningLab {
  return new RunningLab(loaded, {
    engine,
    scope: "abc123",
    labsFolder: root,
    imageReference: () => "machine",
    knownImages: ["instance"],
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live: false,
    onStatus: () => undefined,
    onTopology: () => undefined,
    onProgress: () => undefined,
    clusters: {
      runKind: async (order, onLine, signal) => {
        orders.push(order);
        await kindDoes(order, onLine, signal);
      },
      nodeImage: async () => ({ reference: "node", hasNetworkPlugin: false }),
      podImages: async () => new PassThrough().end(),
      nameInNodes: (name) => `docker.io/library/${name}`,
      memory: async () => ({ available: undefined, total: 8e9 }),
      prepareEngine: async () => undefined,
    },
  });
}
const nodes = async (): Promise<string[]> => (await engine.listContainers({ [labelKeys.part]: "cluster-node" })).map(({ id }) => id);
const setups = (): number => engine.commands.filter((command) => command.includes("kubectl apply -f start.yml")).length;
const file = (name: string): Promise<string> => readFile(join(root, "17-test", name), "utf8");
const networkWith = (from: string, to: string): string => clusterNetworkText.replace(from, to);

describe("a lab with a cluster", () => {
  it("comes up with it, twice without another one, and goes down to nothing", async () => {
    const lab = newLab();
    await lab.up();
    expect(lab.phase).toBe("running");
    expect([...engine.networks.keys()]).toEqual([orders[0]?.name]);
    const made = await nodes();
    expect(made).toHaveLength(3);
    expect([...lab.wiring.pids.keys()].sort()).toEqual(["laptop", "main-control-plane", "main-worker", "main-worker2"]);
    expect(await file("kubeconfig")).toContain("server: https://127.0.0.1:40000");
    expect(setups()).toBe(1);
    await lab.up();
    expect(await nodes()).toEqual(made);
    expect(orders).toHaveLength(1);
    expect(setups()).toBe(1);
    await lab.down(false);
    expect(await engine.listContainers({})).toEqual([]);
    expect(engine.networks.size).toBe(0);
  });

  it("is found again by another process", async () => {
    await newLab().up();
    const lab = newLab();
    await lab.resume();
    expect(lab.phase).toBe("running");
    await lab.applyNetwork(networkWith("port: 80,", "port: 81,"));
    expect(orders).toHaveLength(1);
  });

  it("keeps its cluster when a route changes, and has another one when what cannot be changed does", async () => {
    const lab = newLab();
    await lab.up();
    const made = await nodes();
    await lab.applyNetwork(networkWith("target: foo-igw }]", "target: foo-igw }, { destination: 192.0.2.0/24, target: blackhole }]"));
    expect(await nodes()).toEqual(made);
    await lab.applyNetwork(networkWith("10.244.0.0/16", "10.200.0.0/16"));
    expect((await nodes()).filter((id) => made.includes(id))).toEqual([]);
    expect(orders).toHaveLength(2);
    expect(setups()).toBe(2);
    expect(engine.networks.size).toBe(1);
  });

  it("loses a cluster that network.yml no longer has", async () => {
    const lab = newLab();
    await lab.up();
    await lab.applyNetwork(clusterNetworkText.slice(0, clusterNetworkText.indexOf("clusters:")));
    expect(await nodes()).toEqual([]);
    expect(engine.networks.size).toBe(0);
    expect(lab.phase).toBe("running");
  });

  it("leaves nothing half made when kind fails, says so, and the next start makes it", async () => {
    kindDoes = async (order, onLine, signal) => {
      await makeNodes(order, onLine, signal);
      throw new RempartError("lab.cluster-failed", "kind could not make the cluster");
    };
    const lab = newLab();
    await expect(lab.up()).rejects.toMatchObject({ code: "lab.cluster-failed" });
    expect(await nodes()).toEqual([]);
    expect(engine.networks.size).toBe(0);
    kindDoes = makeNodes;
    await lab.up();
    expect(lab.phase).toBe("running");
  });

  it("can be cancelled while kind is at work", async () => {
    const lab = newLab();
    kindDoes = async (_order, _onLine, signal) => {
      setTimeout(() => lab.cancel(), 10);
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new RempartError("input.cancelled", "cancelled")), { once: true }));
    };
    await expect(lab.up()).rejects.toMatchObject({ code: "input.cancelled" });
    expect(await nodes()).toEqual([]);
    expect(engine.networks.size).toBe(0);
  });

  it("makes a cluster anew that an interrupted start left half way, and no other", async () => {
    await newLab().up();
    const made = await nodes();
    marks.clear();
    const lab = newLab();
    await lab.resume();
    expect(lab.phase).toBe("broken");
    await lab.up();
    expect((await nodes()).filter((id) => made.includes(id))).toEqual([]);
    expect(orders).toHaveLength(2);
  });

  it("starts nodes that stand still, and sets them up again", async () => {
    const lab = newLab();
    await lab.up();
    const [first] = await nodes();
    engine.kill(first ?? "");
    // As the engine's event does.
    await lab.machines.adopt();
    await lab.up();
    expect(orders).toHaveLength(1);
    expect((await engine.listContainers({})).every(({ state }) => state === "running")).toBe(true);
  });

  it("sets up a node that has booted again, once", async () => {
    const lab = newLab();
    await lab.up();
    await engine.restartContainer((await nodes())[1] ?? "");
    await lab.machines.adopt();
    const connects = (): number => engine.commands.filter((command) => command.endsWith(": bash -s")).length;
    const before = connects();
    await lab.reconnectClusters();
    expect(connects()).toBe(before + 3);
    await lab.reconnectClusters();
    expect(connects()).toBe(before + 3);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import type { ContainerSpec } from "../engine/containerEngine.ts";
import { containerSpecs, fabricNode, fabricSpec, type SpecContext } from "./containerSpecs.ts";
import { Machines } from "./machines.ts";
import { testCloud, testNetwork } from "./testLab.ts";

const context: SpecContext = { scope: "abc123", folder: "/labs/my-lab", imageReference: () => "instance", publicKeys: new Map(), privateKeys: new Map() };
function specsOf(text = testNetwork, changed: Partial<SpecContext> = {}): Map<string, ContainerSpec> {
  const all = { ...context, ...changed };
  return new Map([[fabricNode, fabricSpec("my-lab", all)], ...containerSpecs(testCloud(text), all)]);
}
const withoutServer = testNetwork.replace(/ {2}server: .*\n/, "");
const serverChanged = testNetwork.replace("services: [ssh, app]", "services: [ssh]");

let engine: FakeEngine;
let machines: Machines;
beforeEach(() => {
  engine = new FakeEngine(["instance", "other"]);
  machines = new Machines(engine, "abc123", "my-lab");
});

const converge = async (specs = specsOf(), signal?: AbortSignal): Promise<string[]> => {
  const started: string[] = [];
  await machines.converge(specs, (node) => started.push(node), signal);
  return started.sort();
};
const idOf = (node: string): string => machines.get(node)?.container ?? "";
const names = async (): Promise<string[]> => (await engine.listContainers({})).map((container) => container.name).sort();

describe("converge", () => {
  it("makes and starts everything, and tells of each machine", async () => {
    expect(await converge()).toEqual([fabricNode, "bastion", "laptop", "server"]);
    expect(machines.matches(specsOf())).toBe(true);
    expect([...machines.pids.keys()].sort()).toEqual(["bastion", "laptop", "server"]);
    expect([...machines.pids.values()].every((pid) => pid > 0)).toBe(true);
  });

  it("keeps what is as it should be: same containers, same processes", async () => {
    await converge();
    const before = machines.all.map((machine) => [machine.node, machine.container, machine.pid]);
    await converge();
    expect(machines.all.map((machine) => [machine.node, machine.container, machine.pid])).toEqual(before);
  });

  it("replaces a machine whose specification changed, and only that one", async () => {
    await converge();
    const before = new Map(machines.all.map((machine) => [machine.node, machine.container]));
    expect(machines.matches(specsOf(serverChanged))).toBe(false);
    await converge(specsOf(serverChanged));
    expect(idOf("server")).not.toBe(before.get("server"));
    for (const node of ["bastion", "laptop", fabricNode]) expect(idOf(node)).toBe(before.get(node));
    expect(await engine.inspectContainer(before.get("server") ?? "")).toBeUndefined();
  });

  it("removes a machine that is no longer wanted", async () => {
    await converge();
    await converge(specsOf(withoutServer));
    expect(machines.get("server")).toBeUndefined();
    expect(await names()).toEqual(["rempart-abc123-my-lab-bastion", "rempart-abc123-my-lab-laptop", "rempart-abc123-my-lab-net"]);
  });

  it("starts again what stands still, in the same container", async () => {
    await converge();
    const id = idOf("server");
    engine.kill(id);
    await machines.refresh("server");
    expect(machines.pids.has("server")).toBe(false);
    expect(machines.matches(specsOf())).toBe(false);
    await converge();
    expect(idOf("server")).toBe(id);
    expect(machines.pids.has("server")).toBe(true);
  });

  it("completes what an interrupted start left: created but not started, started but unknown to this process", async () => {
    const specs = specsOf();
    const [bastion, server] = [specs.get("bastion"), specs.get("server")];
    if (!bastion || !server) throw new Error("no such machine");
    const created = await engine.createContainer(bastion);
    const running = await engine.createContainer(server);
    await engine.startContainer(running);
    await converge();
    expect(idOf("bastion")).toBe(created);
    expect(idOf("server")).toBe(running);
    expect(machines.matches(specs)).toBe(true);
  });

  it("never touches a container without our labels, of another lab or of another installation", async () => {
    const foreign: { name: string; labels: Record<string, string> }[] = [
      { name: "postgres", labels: {} },
      { name: "somebody", labels: { "dev.rempart.owner": "rempart", "dev.rempart.scope": "zzz999", "dev.rempart.lab": "my-lab", "dev.rempart.node": "server" } },
      { name: "neighbour", labels: { "dev.rempart.owner": "rempart", "dev.rempart.scope": "abc123", "dev.rempart.lab": "other-lab", "dev.rempart.node": "server" } },
    ];
    const before: string[] = [];
    for (const { name, labels } of foreign) {
      const id = await engine.createContainer({ name, image: "other", labels, network: "none" });
      await engine.startContainer(id);
      before.push(JSON.stringify(await engine.inspectContainer(id)));
    }
    await converge();
    await converge(specsOf(withoutServer));
    await machines.removeAll();
    const after = await Promise.all(foreign.map(async ({ name }) => JSON.stringify(await engine.inspectContainer(name))));
    expect(after).toEqual(before);
    expect(await names()).toEqual(["neighbour", "postgres", "somebody"]);
  });

  it("stops between machines when cancelled, and goes on from there the next time", async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(converge(specsOf(), abort.signal)).rejects.toThrow();
    expect(await names()).toEqual([]);
    await converge();
    expect(machines.matches(specsOf())).toBe(true);
  });

  it("says that the image is missing, and leaves nothing half made that the next converge could not use", async () => {
    await expect(converge(specsOf(testNetwork, { imageReference: () => "absent" }))).rejects.toMatchObject({ code: "machine.image-missing" });
    expect(await converge()).toHaveLength(4);
  });
});

describe("discover", () => {
  it("finds the lab's machines from their labels alone", async () => {
    await converge();
    const other = new Machines(engine, "abc123", "my-lab");
    await other.discover();
    expect(other.matches(specsOf())).toBe(true);
    expect(other.pids).toEqual(machines.pids);
  });

  it("finds nothing of another scope or lab", async () => {
    await converge();
    for (const [scope, lab] of [["zzz999", "my-lab"], ["abc123", "other"]] as const) {
      const other = new Machines(engine, scope, lab);
      await other.discover();
      expect(other.all).toEqual([]);
    }
  });
});

describe("containerOf", () => {
  it("tells a machine that has stopped from one that there never was", async () => {
    await converge();
    engine.kill(idOf("server"));
    await machines.refresh("server");
    expect(() => machines.containerOf("server")).toThrow(expect.objectContaining({ code: "lab.node-not-running", message: expect.stringContaining("has stopped") as string }));
    expect(() => machines.containerOf("nobody")).toThrow(expect.objectContaining({ code: "lab.node-not-running" }));
  });

  it("forgets a machine that was removed from outside", async () => {
    await converge();
    await engine.removeContainer(idOf("server"));
    expect(await machines.refresh("server")).toBeUndefined();
    expect(machines.get("server")).toBeUndefined();
  });
});

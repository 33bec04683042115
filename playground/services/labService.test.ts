import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { compileFabric } from "../fabric/compile.ts";
import type { FabricProgram } from "../fabric/fabricProgram.ts";
import { RempartError } from "../model/errors.ts";
import { LabService } from "./labService.ts";
import { resolvePaths } from "./paths.ts";
import { fakeShell, testCloud, testLab } from "./testLab.ts";

let root: string;
let engine: FakeEngine;
let running: FabricProgram;
const events: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-service-"));
  running = compileFabric(testCloud());
  engine = new FakeEngine(["instance"], fakeShell(undefined, () => running));
  events.length = 0;
});
// A start that was cut off may still write its last file.
afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));

function newService(live = false): LabService {
  const unknown = (id: string): RempartError => new RempartError("input.unknown-lab", id, { kind: "input" });
  return new LabService({
    paths: resolvePaths({ REMPART_HOME: root }),
    labs: { list: async () => [testLab], get: async (id) => (id === "my-lab" ? testLab : Promise.reject(unknown(id))), add: async (folder) => Promise.reject(unknown(folder)) },
    engine: async () => engine,
    imageReference: () => "instance",
    knownImages: ["instance"],
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live,
    emit: (event) => events.push(event),
    onMachineEvent: () => undefined,
    checks: async () => [],
  });
}

describe("LabService", () => {
  it("opens a lab once, however many ask at the same time", async () => {
    const service = newService();
    const [one, two] = await Promise.all([service.lab("my-lab"), service.lab("my-lab")]);
    expect(one).toBe(two);
  });

  it("forgets a failure, so that the next one to ask may have more luck", async () => {
    const service = newService();
    engine.unreachable = true;
    await expect(service.lab("my-lab")).rejects.toMatchObject({ code: "machine.engine-unreachable" });
    engine.unreachable = false;
    expect((await service.lab("my-lab")).phase).toBe("stopped");
    await expect(service.lab("nothing")).rejects.toMatchObject({ code: "input.unknown-lab" });
  });

  it("tells of machines, memory and outputs of a lab that runs, and sends many changes as few events", async () => {
    const service = newService();
    // Within a moment that does not end, however long a start takes on a busy computer.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      await (await service.lab("my-lab")).up();
      expect(events).not.toContain("lab.status");
      await vi.advanceTimersByTimeAsync(100);
      expect(events.filter((event) => event === "lab.status")).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
    const status = await service.status("my-lab");
    expect(status).toMatchObject({ lab: "my-lab", phase: "running", outputs: { address: "203.0.113.10" }, memoryBytes: 8_000_000 });
    expect(status.nodes.map((node) => [node.name, node.state]).sort()).toEqual([["bastion", "running"], ["laptop", "running"], ["server", "running"]]);
    expect(events).toContain("lab.topology");
  });

  it("tells every caller of a process that stays what the machines hold now, and keeps nobody waiting for a slow engine", async () => {
    const service = newService(true);
    await (await service.lab("my-lab")).up();
    expect((await service.status("my-lab")).memoryBytes).toBe(8_000_000);
    const other = newService(true);
    await other.lab("my-lab");
    engine.memory = () => new Promise(() => undefined);
    expect((await other.status("my-lab")).memoryBytes).toBe(0);
  });

  it("tells of a link that was impaired, and tells no more once it is whole", async () => {
    const service = newService();
    const lab = await service.lab("my-lab");
    await lab.up();
    const shown = async (): Promise<unknown[]> => (await service.status("my-lab")).nodes.flatMap((node) => (node.impairment ? [[node.name, node.impairment]] : []));
    await lab.impair("laptop:eth0", { lossPercent: 20, delayMilliseconds: 0 });
    expect(await shown()).toEqual([["laptop", { lossPercent: 20, delayMilliseconds: 0 }]]);
    await lab.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 0 });
    expect(await shown()).toEqual([]);
  });

  it("tells a single command, too, that a machine's cable is cut", async () => {
    await (await newService().lab("my-lab")).up();
    running = { ...running, links: running.links.filter((link) => link.id !== "server:eth0") };
    const states = (await newService().status("my-lab")).nodes.map((node) => [node.name, node.state]).sort();
    expect(states).toEqual([["bastion", "running"], ["laptop", "running"], ["server", "disconnected"]]);
  });

  it("finds a lab that runs by its labels, in another process", async () => {
    await (await newService().lab("my-lab")).up();
    const other = newService();
    expect(other.opened("my-lab")).toBeUndefined();
    await other.discover();
    expect(other.opened("my-lab")?.phase).toBe("running");
  });

  /** A start that stopped half way: by the student's word, or because its process died. */
  async function halfStarted(how: "cancelled" | "died"): Promise<number> {
    const first = newService();
    const lab = await first.lab("my-lab");
    let made = 0;
    const create = engine.createContainer.bind(engine);
    engine.createContainer = async (spec) => {
      // Two of them are made; the engine refuses nothing to who cancels, and everything to who is dead.
      if (++made === 3) {
        if (how === "died") throw new Error("killed");
        first.cancelUp("my-lab");
        await new Promise((resolve) => setTimeout(resolve, 5));
        throw new Error("too late to be made");
      }
      await new Promise((resolve) => setTimeout(resolve, made));
      return create(spec);
    };
    await expect(lab.up()).rejects.toThrow();
    engine.createContainer = create;
    return (await engine.listContainers({})).length;
  }

  it("leaves a start that the student cancelled as it is, in every later process, and says so", async () => {
    const made = await halfStarted("cancelled");
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(4);
    const host = newService(true);
    await host.discover();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await engine.listContainers({})).toHaveLength(made);
    const status = await host.status("my-lab");
    expect(status).toMatchObject({ phase: "broken", findings: [{ en: expect.stringContaining("cancelled"), fr: expect.stringContaining("annulé") }] });
    expect(status.nodes.map((node) => node.state)).toContain("absent");

    // Up completes it, and what dies from then on is started again.
    await (await host.lab("my-lab")).up();
    expect(await host.status("my-lab")).toMatchObject({ phase: "running", findings: [] });
    host.dispose();
    await engine.removeContainer((await engine.listContainers({})).find((container) => container.name.endsWith("-server"))?.id ?? "");
    const next = newService(true);
    await next.discover();
    // To its end: what still writes into the lab's folder would meet its removal.
    await vi.waitFor(() => expect(next.opened("my-lab")?.phase).toBe("running"), { timeout: 15_000 });
    expect(await engine.listContainers({})).toHaveLength(4);
    next.dispose();
  });

  it("completes a start whose process died", async () => {
    expect(await halfStarted("died")).toBeLessThan(4);
    const host = newService(true);
    await host.discover();
    await vi.waitFor(() => expect(host.opened("my-lab")?.phase).toBe("running"), { timeout: 15_000 });
    expect(await engine.listContainers({})).toHaveLength(4);
    host.dispose();
  });

  it("forgets with the lab's containers that its start was cancelled", async () => {
    await halfStarted("cancelled");
    const service = newService();
    const lab = await service.lab("my-lab");
    expect(lab.findings).toHaveLength(1);
    await lab.down(false);
    expect(lab.findings).toEqual([]);
    expect((await newService().lab("my-lab")).findings).toEqual([]);
  });

  it("leaves containers of a lab that it cannot read where they are", async () => {
    const { scope } = resolvePaths({ REMPART_HOME: root });
    await engine.createContainer({ name: "x", image: "instance", network: "none", labels: { "dev.rempart.owner": "rempart", "dev.rempart.scope": scope, "dev.rempart.lab": "gone", "dev.rempart.folder": "/gone", "dev.rempart.node": "a" } });
    const service = newService();
    await service.discover();
    expect(await engine.listContainers({})).toHaveLength(1);
  });
});

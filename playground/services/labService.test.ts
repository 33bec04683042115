import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RempartError } from "../model/errors.ts";
import { LabService } from "./labService.ts";
import { resolvePaths } from "./paths.ts";
import { testLab } from "./testLab.ts";

let root: string;
let engine: FakeEngine;
const events: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-service-"));
  engine = new FakeEngine(["instance"], (_container, _command, stdin) => `\n${/rempart-done-\d+/.exec(stdin)?.[0] ?? ""} 0\n`);
  events.length = 0;
});
afterEach(() => rm(root, { recursive: true, force: true }));

function newService(): LabService {
  const unknown = (id: string): RempartError => new RempartError("input.unknown-lab", id, { kind: "input" });
  return new LabService({
    paths: resolvePaths({ REMPART_HOME: root }),
    labs: { list: async () => [testLab], get: async (id) => (id === "my-lab" ? testLab : Promise.reject(unknown(id))), add: async (folder) => Promise.reject(unknown(folder)) },
    engine: async () => engine,
    imageReference: () => "instance",
    knownImages: ["instance"],
    live: false,
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
    await (await service.lab("my-lab")).up();
    const status = await service.status("my-lab");
    expect(status).toMatchObject({ lab: "my-lab", phase: "running", outputs: { address: "203.0.113.10" }, memoryBytes: 8_000_000 });
    expect(status.nodes.map((node) => [node.name, node.state]).sort()).toEqual([["bastion", "running"], ["laptop", "running"], ["server", "running"]]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events.filter((event) => event === "lab.status").length).toBeLessThan(4);
    expect(events).toContain("lab.topology");
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

  it("finds a lab that runs by its labels, in another process", async () => {
    await (await newService().lab("my-lab")).up();
    const other = newService();
    expect(other.opened("my-lab")).toBeUndefined();
    await other.discover();
    expect(other.opened("my-lab")?.phase).toBe("running");
  });

  it("leaves containers of a lab that it cannot read where they are", async () => {
    const { scope } = resolvePaths({ REMPART_HOME: root });
    await engine.createContainer({ name: "x", image: "instance", network: "none", labels: { "dev.rempart.owner": "rempart", "dev.rempart.scope": scope, "dev.rempart.lab": "gone", "dev.rempart.folder": "/gone", "dev.rempart.node": "a" } });
    const service = newService();
    await service.discover();
    expect(await engine.listContainers({})).toHaveLength(1);
  });
});

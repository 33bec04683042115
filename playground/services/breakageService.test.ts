import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { predictPath } from "../model/packetPath.ts";
import type { ToldEvent } from "../reports/attemptEvents.ts";
import { BreakageService } from "./breakageService.ts";
import { DrillService } from "./drillService.ts";
import { RunningLab } from "./runningLab.ts";
import { fakeShell, testLab, testNetwork } from "./testLab.ts";

const route = "drop-route front 0.0.0.0/0";
let root: string;
let engine: FakeEngine;
let lab: RunningLab;
let abort: AbortController;
const scripts: string[] = [];
const changed: string[] = [];
const service = new BreakageService((id) => changed.push(id));

function newLab(live: boolean): RunningLab {
  const made: RunningLab = new RunningLab(testLab, {
    engine, scope: "abc123", labsFolder: root, imageReference: () => "instance", knownImages: ["instance"], ensureImages: async () => undefined, hasTunnelDevice: async () => true,
    live, onStatus: () => undefined, onTopology: () => undefined, onProgress: () => undefined,
  });
  void engine.events({}, (event) => made.containerEvent(event), abort.signal);
  return made;
}
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-breakages-"));
  scripts.length = 0;
  changed.length = 0;
  abort = new AbortController();
  const shell = fakeShell((script) => void scripts.push(script));
  // Nothing that is probed answers: only what is in force can say that a fault is mended.
  engine = new FakeEngine(["instance"], (container, command, stdin) => (/^ping|\/dev\/tcp\//.test(command[2] ?? "") ? { exitCode: 1, stdout: "", stderr: "" } : shell(container, command, stdin)));
  lab = newLab(false);
  await lab.up();
});
afterEach(async () => {
  abort.abort();
  lab.dispose();
  await rm(root, { recursive: true, force: true });
});
const make = async (id: string): Promise<void> => service.make(lab, [service.find(lab, id)], "prof");
const verdict = (): string => predictPath(lab.shown ?? lab.cloud(), { from: "bastion", to: "laptop", protocol: "icmp" }).verdict;
const isRunning = async (node: string): Promise<boolean> => (await engine.listContainers({})).find(({ name }) => name.endsWith(`-${node}`))?.state === "running";

describe("what is broken on purpose", () => {
  it("is in force at once, and neither in network.yml nor in what was applied", async () => {
    const plan = await lab.plan();
    scripts.length = 0;
    await make(route);
    expect(scripts.join("\n")).toMatch(/blackhole default/);
    expect([verdict(), await lab.plan(), (await lab.workspace.readNetwork()).text]).toEqual(["timeout", plan, testNetwork]);
    expect(service.state(lab).breakages).toMatchObject([{ id: route, by: "prof", fault: "drop-route" }]);
    await service.undo(lab, route);
    expect([verdict(), service.state(lab).breakages]).toEqual(["open", []]);
    expect(changed).toEqual(["my-lab", "my-lab"]);
  });

  it("is told by nobody while it is hidden, and felt all the same", async () => {
    await service.hide(lab, true);
    await make(route);
    expect(service.state(lab)).toMatchObject({ hidden: true, breakages: [] });
    expect(verdict()).toBe("open");
    expect(lab.inForce().routeTables.find(({ name }) => name === "front")?.routes).toHaveLength(1);
    expect(await readFile(join(lab.workspace.folder, ".breakages.json"), "utf8")).not.toContain("front");
    await service.hide(lab, false);
    expect(verdict()).toBe("timeout");
  });

  it("is known to the next process, and forgotten with the lab", async () => {
    await make(route);
    const next = newLab(false);
    await next.resume();
    expect(service.state(next).breakages.map(({ id }) => id)).toEqual([route]);
    expect(next.inForce().routeTables).toEqual(lab.inForce().routeTables);
    await next.down(false);
    await expect(readFile(join(lab.workspace.folder, ".breakages.json"), "utf8")).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("keeps an instance off against the repair, over an up, until it is written again", async () => {
    lab.dispose();
    lab = newLab(true);
    await lab.resume();
    await make("kill server");
    await lab.up();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([await isRunning("server"), await isRunning("bastion"), lab.isDamaged]).toEqual([false, true, false]);
    expect(await service.repair(lab, "instances.server")).toBe(true);
    await vi.waitFor(async () => expect(await isRunning("server")).toBe(true), { timeout: 15_000 });
    expect(await service.repair(lab, "instances.server")).toBe(false);
  });

  it("ends with an apply that changes what it is of, and with no other", async () => {
    await make(route);
    await lab.applyNetwork(testNetwork.replace("services: [ssh, app]", "services: [ssh, app], vpc_security_groups: []"));
    expect(service.state(lab).breakages).toHaveLength(1);
    await lab.applyNetwork(testNetwork.replace("routes: [{ destination: 0.0.0.0/0, target: igw }]", "routes: []"));
    expect(service.state(lab).breakages).toEqual([]);
  });

  it.each([["drop-route nowhere", "input.unknown-breakage"], ["", "input.unknown-breakage"]])("is refused when nothing is called '%s'", async (words, code) => {
    await expect(make(words)).rejects.toMatchObject({ code, kind: "input" });
    await expect(service.repair(lab, words)).rejects.toMatchObject({ code: "input.unknown-resource" });
    expect(service.state(lab).breakages).toEqual([]);
  });
});

describe("a drill", () => {
  it("is hidden, counts what was written again for nothing, and is over once the right resource is written again", async () => {
    const told: ToldEvent[] = [];
    const drills = new DrillService({ breakages: service, grading: { run: async () => [] }, onChange: () => undefined, record: (_lab, event) => told.push(event) });
    await expect(drills.judge(lab)).rejects.toMatchObject({ code: "lab.no-drill" });
    const begun = await drills.start(lab, "7", 1);
    expect(begun).toMatchObject({ state: "broken", faults: 1, parts: [] });
    expect(service.state(lab)).toMatchObject({ hidden: true, breakages: [] });
    await expect(drills.start(lab, "8", 1)).rejects.toMatchObject({ code: "lab.already-broken" });
    await drills.witness(lab, [{ what: "machine", about: "bastion" }, { what: "machine", about: "bastion" }]);
    await drills.witness(lab, [{ what: "machine", about: "bastion" }]);
    const [broken] = lab.breakages.all;
    const resources = ["route_tables.front", "instances.server", "instances.bastion"].filter((resource) => !lab.breakages.ofResource(resource).includes(`${broken?.fault} ${broken?.target.join(" ")}`));
    const wrong = resources[0] ?? "";
    await drills.repaired(lab, wrong, await service.repair(lab, wrong));
    expect(await drills.judge(lab)).toMatchObject({ state: "broken", missed: [wrong], evidence: [{ what: "machine", about: "bastion" }] });
    const right = { "drop-route": "route_tables", kill: "instances" }[broken?.fault as "kill"];
    await service.repair(lab, `${right}.${broken?.target[0]}`);
    expect(await drills.judge(lab)).toMatchObject({ state: "repaired", parts: [{ mended: true }] });
    expect(service.state(lab)).toMatchObject({ hidden: false, breakages: [] });
    expect(told).toMatchObject([{ type: "drill.started", seed: 7, faults: 1 }, { type: "drill.repaired", missed: [wrong], evidence: ["machine bastion"] }]);
  });
});

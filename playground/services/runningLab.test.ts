import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RunningLab } from "./runningLab.ts";
import { fakeShell, testLab, testNetwork } from "./testLab.ts";

let root: string;
let engine: FakeEngine;
const phases: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-running-"));
  engine = new FakeEngine(["instance"], fakeShell());
  phases.length = 0;
});
afterEach(() => rm(root, { recursive: true, force: true }));

function newLab(): RunningLab {
  const lab: RunningLab = new RunningLab(testLab, {
    engine,
    scope: "abc123",
    labsFolder: root,
    imageReference: () => "instance",
    knownImages: ["instance"],
    live: false,
    onStatus: () => phases.push(lab.phase),
    onTopology: () => undefined,
    onProgress: () => undefined,
  });
  return lab;
}
const containers = async (): Promise<string[]> => (await engine.listContainers({})).map((container) => container.id).sort();

describe("RunningLab", () => {
  it("comes up, twice without another container, and goes down to nothing but the student's files", async () => {
    const lab = newLab();
    await lab.up();
    expect(lab.phase).toBe("running");
    const made = await containers();
    expect(made).toHaveLength(4);
    await lab.up();
    expect(await containers()).toEqual(made);
    await lab.down(false);
    expect(await containers()).toEqual([]);
    expect(lab.phase).toBe("stopped");
    expect((await lab.workspace.readNetwork()).text).toBe(testNetwork);
    expect([...new Set(phases)]).toEqual(["starting", "running", "stopping", "stopped"]);
  });

  it("is found again by another process, with what was applied and not what was only written since", async () => {
    const first = newLab();
    await first.up();
    await first.workspace.writeNetwork(testNetwork.replace("target: igw", "target: blackhole"));
    const second = newLab();
    await second.resume();
    expect(second.phase).toBe("running");
    expect(second.cloud().routeTables.flatMap((table) => table.routes).some((route) => route.target.kind === "internet-gateway")).toBe(true);
    expect((await second.plan()).changes.length).toBeGreaterThan(0);
    await second.apply();
    expect((await second.plan()).changes).toEqual([]);
  });

  it("is broken, and completed by the next up, when a machine has gone", async () => {
    await newLab().up();
    await engine.removeContainer("rempart-abc123-my-lab-server");
    const lab = newLab();
    await lab.resume();
    expect(lab.isDamaged).toBe(true);
    await lab.up();
    expect(lab.phase).toBe("running");
    expect(await containers()).toHaveLength(4);
  });

  it("refuses a faulty network.yml with all its faults, and leaves what runs", async () => {
    const lab = newLab();
    await lab.up();
    const before = await containers();
    await lab.workspace.writeNetwork(testNetwork.replace("target: igw", "target: nowhere").replace("cidr_block: 10.0.1.0/24", "cidr_block: 10.9.1.0/24"));
    const failure: unknown = await lab.apply().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "input.invalid-network", kind: "input" });
    expect((failure as { faults: unknown[] }).faults.length).toBeGreaterThanOrEqual(2);
    expect(lab.phase).toBe("running");
    expect(await containers()).toEqual(before);
  });

  it("takes tags over without touching a machine or the wiring", async () => {
    const lab = newLab();
    await lab.up();
    const before = await containers();
    const program = lab.wiring.program;
    await lab.workspace.writeNetwork(testNetwork.replace("cidr_block: 10.0.1.0/24", "cidr_block: 10.0.1.0/24, tags: { Name: back }"));
    expect((await lab.apply()).changes.map((change) => `${change.action} ${change.kind}.${change.name}`)).toEqual(["change subnets.back"]);
    expect(await containers()).toEqual(before);
    // The very same: no script was sent.
    expect(lab.wiring.program).toBe(program);
    expect((await lab.plan()).changes).toEqual([]);
  });

  it("lets one of two processes in at a time", async () => {
    const lab = newLab();
    const unlock = await lab.workspace.lock("up");
    await expect(lab.up()).rejects.toMatchObject({ code: "lab.busy" });
    expect(await containers()).toEqual([]);
    await unlock();
    await lab.up();
  });

  it("says that it does not run to whoever asks too early", async () => {
    const lab = newLab();
    expect(() => lab.cloud()).toThrow(expect.objectContaining({ code: "lab.not-running" }));
    await expect(lab.apply()).rejects.toMatchObject({ code: "lab.not-running" });
  });
});

describe("the student's ssh_config", () => {
  it("leads to the bastion through the laptop, and to the server through the bastion, with the pair's private key", async () => {
    const lab = newLab();
    await lab.up();
    const text = await readFile(join(lab.workspace.folder, "ssh_config"), "utf8");
    const hosts = Object.fromEntries(text.split(/^Host /m).slice(1).map((block) => [block.split("\n")[0], block]));
    expect(Object.keys(hosts)).toEqual(["bastion", "server"]);
    expect(hosts["bastion"]).toContain("HostName 203.0.113.10");
    expect(hosts["bastion"]).toContain("ProxyCommand rempart exec my-lab laptop -- ncat %h %p");
    expect(hosts["server"]).toContain("HostName 10.0.1.20");
    expect(hosts["server"]).toContain("ProxyJump bastion");
    expect(hosts["server"]).toContain(`IdentityFile ${lab.workspace.folder}/key-ops.pem`);
    expect(await lab.workspace.read("key-ops.pem")).toContain("OPENSSH PRIVATE KEY");
  });
});

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "../contract/contract.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RunningLab } from "./runningLab.ts";
import { fakeShell, testLab, testNetwork } from "./testLab.ts";

let root: string;
let engine: FakeEngine;
const phases: string[] = [];
let onProgress: (progress: Progress) => void = () => undefined;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-running-"));
  engine = new FakeEngine(["instance"], fakeShell());
  phases.length = 0;
  onProgress = () => undefined;
});
afterEach(() => rm(root, { recursive: true, force: true }));

function newLab(): RunningLab {
  const lab: RunningLab = new RunningLab(testLab, {
    engine,
    scope: "abc123",
    labsFolder: root,
    imageReference: () => "instance",
    knownImages: ["instance"],
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live: false,
    onStatus: () => phases.push(lab.phase),
    onTopology: () => undefined,
    onProgress: (progress) => onProgress(progress),
  });
  return lab;
}
const containers = async (): Promise<string[]> => (await engine.listContainers({})).map((container) => container.id).sort();

describe("RunningLab", () => {
  it("says that a tunnel's device is missing before it starts anything", async () => {
    const withTunnel = { ...testLab, startNetwork: testLab.startNetwork.replace("services: [ssh, app]", "services: [ssh, app], capabilities: [NET_ADMIN], devices: [tun]") };
    const options = { engine, scope: "abc123", labsFolder: root, imageReference: () => "instance", knownImages: ["instance"], ensureImages: async () => undefined, live: false, onStatus: () => undefined, onTopology: () => undefined, onProgress: () => undefined };
    const running = new RunningLab(withTunnel, { ...options, hasTunnelDevice: async () => false });
    await expect(running.up()).rejects.toMatchObject({ code: "machine.no-tun", kind: "machine" });
    expect(await containers()).toEqual([]);
    expect(running.phase).toBe("stopped");
    const able = new RunningLab(withTunnel, { ...options, hasTunnelDevice: async () => true });
    await able.up();
    expect(able.phase).toBe("running");
  });

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

  it("comes up all the same when the shell of the wiring does not answer once, and not when it never does", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      for (const [silences, phase] of [[1, "running"], [2, "broken"]] as const) {
        let silent = silences as number;
        const shell = fakeShell();
        engine = new FakeEngine(["instance"], (container, command, stdin) => (stdin.includes("ip netns add") && silent-- > 0 ? "" : shell(container, command, stdin)));
        const lab = newLab();
        const ended = lab.up().then(() => "up", (error: unknown) => (error as { code?: string }).code);
        let end: string | undefined;
        void ended.then((text) => (end = text));
        while (end === undefined) {
          await new Promise((resolve) => setImmediate(resolve));
          await vi.advanceTimersByTimeAsync(500);
        }
        expect([end, lab.phase]).toEqual([silences === 1 ? "up" : "fabric.timeout", phase]);
        await lab.down(true);
      }
    } finally {
      vi.useRealTimers();
    }
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

  it("keeps what was applied at another up; what was only written since waits for its own apply", async () => {
    const lab = newLab();
    await lab.up();
    await lab.workspace.writeNetwork(testNetwork.replace("target: igw", "target: blackhole"));
    await lab.up();
    expect((await lab.plan()).changes).toHaveLength(1);
    // Once nothing runs any more, the file is what counts.
    await lab.down(false);
    await lab.up();
    expect((await lab.plan()).changes).toEqual([]);
    expect(lab.cloud().routeTables.flatMap((table) => table.routes).some((route) => route.target.kind === "internet-gateway")).toBe(false);
  });

  it("is broken, and not for ever stopping, when the engine refused to remove it", async () => {
    const lab = newLab();
    await lab.up();
    const remove = engine.removeContainer.bind(engine);
    engine.removeContainer = async (id) => (id.endsWith("4") ? Promise.reject(new Error("refused")) : remove(id));
    await expect(lab.down(false)).rejects.toThrow("refused");
    expect(lab.phase).toBe("broken");
    engine.removeContainer = remove;
    await lab.down(false);
    expect(lab.phase).toBe("stopped");
    expect(await containers()).toEqual([]);
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

  it("is not complete when its start was cancelled with all machines made, and is wired by nobody but the next up", async () => {
    const lab = newLab();
    const states: Progress["state"][] = [];
    onProgress = ({ step, done, total, state }) => {
      states.push(state);
      if (step === "machines" && done === total - 1) lab.cancel();
    };
    await expect(lab.up()).rejects.toMatchObject({ code: "input.cancelled" });
    expect(states.at(-1)).toBe("cancelled");
    expect(await containers()).toHaveLength(4);
    expect(lab.phase).toBe("broken");
    const other = newLab();
    await other.resume();
    expect([other.phase, other.isDamaged, other.findings.length]).toEqual(["broken", false, 1]);
    onProgress = () => undefined;
    await other.up();
    expect([other.phase, other.isDamaged, other.findings.length]).toEqual(["running", false, 0]);
    await other.resume();
    expect(other.phase).toBe("running");
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

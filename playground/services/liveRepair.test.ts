import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PassThrough } from "node:stream";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { compileFabric } from "../fabric/compile.ts";
import type { FabricProgram } from "../fabric/fabricProgram.ts";
import { fabricNode } from "./containerSpecs.ts";
import { RunningLab } from "./runningLab.ts";
import { fakeShell, testCloud, testLab, testNetwork } from "./testLab.ts";

let root: string;
let engine: FakeEngine;
let lab: RunningLab;
let abort: AbortController;
/** Scripts that went to the wiring's shell, and what each does beside: true has it fail. */
const scripts: string[] = [];
let onScript: (script: string) => boolean | void;
let running: FabricProgram;
/** As when the kernel tells of a change in a namespace. */
let notify: (namespace: string) => void;
/** Has the notifications of the kernel end, as when their program died. */
let ended: () => void;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-repair-"));
  scripts.length = 0;
  onScript = () => undefined;
  running = compileFabric(testCloud());
  engine = new FakeEngine(["instance"], fakeShell((script) => {
    scripts.push(script);
    return onScript(script);
  }, () => running));
  const open = engine.execStream.bind(engine);
  engine.execStream = async (container, command, options) => {
    const stream = await open(container, command, options);
    if (command[0] === "perl") {
      ended = stream.close;
      notify = (namespace) => void (stream.stdout as PassThrough).write(`${namespace}\n`);
    }
    return stream;
  };
  lab = new RunningLab(testLab, {
    engine,
    scope: "abc123",
    labsFolder: root,
    imageReference: () => "instance",
    knownImages: ["instance"],
    ensureImages: async () => undefined,
    hasTunnelDevice: async () => true,
    live: true,
    onStatus: () => undefined,
    onTopology: () => undefined,
    onProgress: () => undefined,
  });
  abort = new AbortController();
  void engine.events({}, (event) => lab.containerEvent(event), abort.signal);
  await lab.up();
});
afterEach(async () => {
  abort.abort();
  lab.dispose();
  await rm(root, { recursive: true, force: true });
});

const kill = (node: string): void => engine.kill(lab.machines.containerOf(node));
const isWired = (node: string): boolean => scripts.some((script) => script.includes("link add name") && script.includes(`netns ${lab.machines.pids.get(node) ?? "?"}`));
/** That it comes, not how soon: other programs may keep the computer busy. The integration test measures. */
const eventually = { timeout: 15_000, interval: 2 };

describe("LiveRepair", () => {
  it("starts a machine that died at once, and wires it", async () => {
    kill("server");
    expect(lab.machines.get("server")?.running).toBe(false);
    await vi.waitFor(() => expect(isWired("server")).toBe(true), eventually);
    expect(lab.restarts.get("server")).toBe(1);
    await vi.waitFor(() => expect(lab.findings).toHaveLength(1), eventually);
    // Its cable is not told of beside it: that it was away is what a machine's death means.
    expect(lab.findings[0]?.en).toMatch(/^\d\d:\d\d:\d\d: mended: server \(stopped, started, wired again\)\.$/);
    expect(lab.findings[0]?.fr).toMatch(/^\d\d:\d\d:\d\d : réparé : server \(arrêtée, redémarrée, recâblée\)\.$/);
  });

  it("leaves a machine that dies again and again stopped, and says so", async () => {
    for (let death = 1; death <= 3; death++) {
      kill("server");
      await vi.waitFor(() => expect(lab.machines.get("server")?.running).toBe(true), eventually);
    }
    kill("server");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lab.machines.get("server")?.running).toBe(false);
    expect(lab.findings[0]?.en).toContain("left stopped");
    expect(lab.findings[0]?.fr).toContain("laissé à l’arrêt");
  });

  it("does not start what somebody removes, and says so", async () => {
    const container = lab.machines.containerOf("server");
    await engine.removeContainer(container);
    await vi.waitFor(() => expect(lab.findings).toHaveLength(1), eventually);
    expect(lab.machines.get("server")).toBeUndefined();
    expect(lab.phase).toBe("running");
  });

  it("wires everything anew when the container of the wiring died, and lets nobody wait for the dead shell", async () => {
    // What is in the container's memory goes with it.
    await lab.wiring.run("\nrm -f /dev/shm/rempart-program.json");
    const before = scripts.length;
    kill(fabricNode);
    await vi.waitFor(() => expect(scripts.slice(before).some((script) => script.includes("ip netns add vpc-foo"))).toBe(true), eventually);
    await vi.waitFor(() => expect(lab.wiring.isIntact).toBe(true), eventually);
    await vi.waitFor(() => expect(lab.findings.map(({ en }) => en)).toEqual([expect.stringMatching(/mended: all of the wiring\.$/)]), eventually);
  });

  it("listens to the kernel again when that ended by itself, and looks at what it may have missed", async () => {
    const watches = (): number => engine.commands.filter((command) => command.includes(": perl ")).length;
    const begun = watches();
    scripts.length = 0;
    ended();
    await vi.waitFor(() => expect(watches()).toBe(begun + 1), eventually);
    await vi.waitFor(() => expect(scripts.some((script) => script.includes("@namespace"))).toBe(true), eventually);
  });

  it("starts after an apply what died during it", async () => {
    onScript = (script) => {
      if (!script.includes("route replace")) return;
      onScript = () => undefined;
      kill("server");
    };
    await lab.applyNetwork(testNetwork.replace("target: igw", "target: blackhole"));
    await vi.waitFor(() => expect(isWired("server")).toBe(true), eventually);
    expect(lab.machines.get("server")?.running).toBe(true);
  });

  it("mends what an apply that failed half way left, and keeps to what was applied before", async () => {
    let refusals = 1;
    onScript = (script) => script.includes("route replace") && refusals-- > 0;
    await expect(lab.applyNetwork(testNetwork.replace("target: igw", "target: blackhole"))).rejects.toMatchObject({ code: "fabric.script-failed" });
    expect(lab.wiring.isIntact).toBe(false);
    await vi.waitFor(() => expect(lab.wiring.isIntact).toBe(true), eventually);
    expect(JSON.stringify(lab.wiring.program)).toContain('"device":"igw"');
  });

  it("takes no notice of what is told of a container that is no more", async () => {
    const [old] = (await engine.listContainers({})).filter((container) => container.name.endsWith("-server"));
    await engine.removeContainer(old?.id ?? "");
    await vi.waitFor(() => expect(lab.findings).toHaveLength(1), eventually);
    await lab.up();
    lab.containerEvent({ action: "die", id: old?.id ?? "", labels: old?.labels ?? {} });
    expect(lab.machines.get("server")?.running).toBe(true);
    expect(lab.restarts.get("server") ?? 0).toBe(1);
  });

  it("tries again when a repair failed, and forgets the failure once it did not", async () => {
    let refusals = 1;
    onScript = (script) => script.includes("link add name") && refusals-- > 0;
    kill("server");
    await vi.waitFor(() => expect(lab.findings).toHaveLength(1), eventually);
    expect(lab.findings[0]?.en).toContain("refused");
    expect(lab.findings[0]?.fr).toContain("Le réseau du lab n’a pas pu être modifié");
    expect(isWired("server")).toBe(true);
    scripts.length = 0;
    await vi.waitFor(() => expect(isWired("server")).toBe(true), eventually);
    await vi.waitFor(() => expect(lab.findings.map(({ en }) => en)).toEqual([expect.stringContaining("server (stopped, started, wired again)")]), eventually);
  });

  it("shows a cut link at once, mends it, and tells of it for a while in both languages", async () => {
    const shown: string[][] = [];
    onScript = (script) => {
      // The cable is there again as soon as it was made.
      if (script.includes("link add name")) {
        shown.push([...lab.disconnected]);
        running = compileFabric(testCloud());
      }
    };
    const whole = compileFabric(testCloud());
    running = { ...whole, links: whole.links.filter((link) => link.id !== "server:eth0") };
    expect(lab.disconnected).toEqual(new Set());
    notify("vpc-foo");
    await vi.waitFor(() => expect(lab.findings).toHaveLength(1), eventually);
    expect(shown).toEqual([["server"]]);
    expect(lab.disconnected).toEqual(new Set());
    expect(lab.findings[0]?.en).toMatch(/mended: cable of server\.$/);
    expect(lab.findings[0]?.fr).toMatch(/réparé : câble de server\.$/);
    expect(lab.restarts.get("server")).toBeUndefined();
  });

  it("keeps no more than the last few of what was mended", async () => {
    const whole = compileFabric(testCloud());
    onScript = (script) => {
      if (script.includes("link add name")) running = whole;
    };
    for (let round = 0; round < 7; round++) {
      running = { ...whole, links: whole.links.filter((link) => link.id !== (round % 2 === 0 ? "server:eth0" : "bastion:eth0")) };
      notify("vpc-foo");
      await vi.waitFor(() => expect(running).toBe(whole), eventually);
      await lab.wiring.run("true");
    }
    await vi.waitFor(() => expect(lab.findings).toHaveLength(5), eventually);
  });

  it("calls a machine disconnected while it runs and is not wired, and all of them while the wiring is away", async () => {
    engine.startContainer = () => new Promise(() => undefined);
    expect(lab.disconnected.size).toBe(0);
    kill(fabricNode);
    expect([...lab.disconnected].sort()).toEqual(["bastion", "laptop", "server"]);
    kill("server");
    // One that stands still is stopped, which is worse.
    expect([...lab.disconnected].sort()).toEqual(["bastion", "laptop"]);
  });
});

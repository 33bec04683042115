import { Readable } from "node:stream";
import { expect, test, vi } from "vitest";
import { diagnosticSchema, progressSchema, type Diagnostic, type Progress } from "../contract/contract.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { builtBase, instanceImage } from "../images/catalogue.ts";
import { RempartError } from "../model/errors.ts";
import { allDiagnostics, neededDiagnostics } from "./allDiagnostics.ts";
import type { DiagnosticCheck } from "./diagnosticCheck.ts";
import { allowsLabs, Diagnostics } from "./diagnostics.ts";
import { parseProbe } from "./labProbe.ts";
import { type Machine, realMachine } from "./machine.ts";
import { prepareMachine } from "./prepareMachine.ts";

const goodProbe = ["namespace", "link", "bridge", "routing", "forwarding", "filter", "netem", "tun"].map((step) => `${step} ok`).join("\n");

function machine(changes: Partial<Machine> = {}): Machine {
  return {
    ...realMachine(),
    platform: "linux",
    nodeVersion: "20.19.0",
    environment: { DISPLAY: ":0" },
    isRoot: true,
    exists: (path) => path.startsWith("/sys/fs/cgroup"),
    program: (name) => `/usr/bin/${name}`,
    freeBytes: async () => 50e9,
    networks: () => [],
    loads: () => true,
    resolve: () => undefined,
    ...changes,
  };
}
const engineWith = (probe: string, images = [instanceImage()]): FakeEngine => new FakeEngine(images, () => probe);
const find = async (id: string, changes: Partial<Machine>, connect: () => Promise<ContainerEngine>): Promise<Diagnostic> => {
  const found = (await new Diagnostics({ machine: machine(changes), connect }).diagnose()).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no diagnostic ${id}`);
  return found;
};
const unreachable = (code = "machine.engine-unreachable") => async (): Promise<ContainerEngine> => {
  throw new RempartError(code, "no", { kind: "machine" });
};

test("on a good machine nothing needed fails, ids are unique, and every text is there in both languages", async () => {
  const all = await new Diagnostics({ machine: machine(), connect: async () => engineWith(goodProbe) }).diagnose();
  expect(allowsLabs(all)).toBe(true);
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
  for (const one of all) expect(diagnosticSchema.parse(one)).toEqual(one);
  expect(all.filter((one) => one.state === "failed" || one.state === "unknown")).toEqual([]);
  for (const id of neededDiagnostics) expect(allDiagnostics.map((one) => one.id)).toContain(id);
});

test("the engine and the probe are asked for once, and the probe's container is removed", async () => {
  const engine = engineWith(goodProbe);
  let connections = 0;
  await new Diagnostics({
    machine: machine(),
    connect: async () => {
      connections += 1;
      return engine;
    },
  }).diagnose();
  expect(connections).toBe(1);
  expect(engine.commands).toHaveLength(1);
  expect(await engine.listContainers({})).toEqual([]);
});

test("clusters: Windows, a missing command, and an old Docker on a computer that lacks a capability are told; our own daemon copes", async () => {
  const old = (endpoint: string) => async (): Promise<ContainerEngine> => Object.assign(engineWith(goodProbe), { info: async () => ({ ...(await engineWith(goodProbe).info()), version: "20.10.24", endpoint }) });
  const lacking = { privateSocket: "/run/own.sock", read: (path: string) => (path.endsWith("status") ? "CapBnd:\t000001fffeffffff\n" : "40\n") };
  const engine = async (): Promise<ContainerEngine> => engineWith(goodProbe);
  expect(await find("cluster-tools", {}, engine)).toMatchObject({ state: "ok" });
  expect(await find("cluster-tools", { platform: "win32" }, engine)).toMatchObject({ state: "warning" });
  expect(await find("cluster-tools", { program: () => undefined }, engine)).toMatchObject({ state: "warning" });
  expect((await find("cluster-tools", lacking, old("unix:///var/run/docker.sock"))).detail.en).toContain("CAP_SYS_RESOURCE");
  expect(await find("cluster-tools", lacking, old("unix:///run/own.sock"))).toMatchObject({ state: "ok" });
});

test("no engine: root with Docker can start it, root with apt can install it, others are told what to do", async () => {
  expect(await find("engine-reachable", {}, unreachable())).toMatchObject({ state: "failed", canFix: true });
  expect(await find("engine-reachable", { isRoot: false }, unreachable())).toMatchObject({ state: "failed", canFix: false });
  // Another engine than the one that the user named would not be the one that is meant.
  for (const code of ["machine.chosen-engine-unreachable", "input.no-such-context"]) expect(await find("engine-reachable", {}, unreachable(code))).toMatchObject({ state: "failed", canFix: false });
  const without = { program: (name: string) => (name.startsWith("docker") ? undefined : `/usr/bin/${name}`) };
  expect(await find("engine-installed", without, unreachable())).toMatchObject({ state: "failed", canFix: true });
  expect(await find("engine-installed", { ...without, isRoot: false }, unreachable())).toMatchObject({ state: "failed", canFix: false });
  expect((await find("engine-installed", { ...without, platform: "darwin" }, unreachable())).advice?.en).toContain("Docker Desktop");
  // An engine elsewhere needs no daemon here.
  expect(await find("engine-installed", without, async () => engineWith(goodProbe))).toMatchObject({ state: "ok" });
});

test("a user outside the group docker is told so", async () => {
  const found = await find("engine-permission", { isRoot: false }, unreachable("machine.engine-permission"));
  expect(found).toMatchObject({ state: "failed", canFix: false });
  expect(found.advice?.fr).toContain("usermod");
});

test("a missing image can be built; without an engine nobody knows", async () => {
  expect(await find("instance-image", {}, async () => engineWith(goodProbe, []))).toMatchObject({ state: "failed", canFix: true });
  expect(await find("instance-image", {}, unreachable())).toMatchObject({ state: "unknown", canFix: false });
  expect(await find("lab-network", {}, async () => engineWith(goodProbe, []))).toMatchObject({ state: "unknown" });
});

test("what the kernel refuses is named", async () => {
  const probe = goodProbe.replace("filter ok", "filter Operation not permitted").replace("netem ok", "netem Unknown qdisc").replace("tun ok", "tun ");
  const network = await find("lab-network", {}, async () => engineWith(probe));
  expect(network).toMatchObject({ state: "failed" });
  expect(network.detail.en).toContain("filter: Operation not permitted");
  expect(await find("netem", {}, async () => engineWith(probe))).toMatchObject({ state: "warning" });
  expect(await find("tun-device", { exists: () => false }, async () => engineWith(probe))).toMatchObject({ state: "warning" });
  expect(parseProbe("link ok\nfilter no such thing").steps).toEqual(new Map<string, true | string>([["link", true], ["filter", "no such thing"]]));
});

test("capabilities are unknown until tried, tried once, and looked at again by each diagnosis", async () => {
  let probe = goodProbe;
  const engine = new FakeEngine([], () => probe);
  const diagnostics = new Diagnostics({ machine: machine(), connect: async () => engine });
  // Without the image there is nothing to try it in, and the answer is not remembered.
  expect(diagnostics.capabilities()).toEqual({});
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(diagnostics.capabilities()).toEqual({});
  await new Promise((resolve) => setTimeout(resolve, 5));
  await engine.importImage(Readable.from([]), instanceImage());
  for (let asked = 0; asked < 3; asked++) diagnostics.capabilities();
  await vi.waitFor(() => expect(diagnostics.capabilities()).toEqual({ netem: true }), { timeout: 15_000 });
  expect(engine.commands).toHaveLength(1);
  probe = goodProbe.replace("netem ok", "netem Unknown qdisc");
  await diagnostics.diagnose();
  expect(diagnostics.capabilities()).toEqual({ netem: false });
  // A kernel that cannot even make a link was not asked about delays.
  probe = goodProbe.replace("link ok", "link Operation not permitted").replace("netem ok", "netem Cannot find device");
  const other = new Diagnostics({ machine: machine(), connect: async () => engine });
  await other.diagnose();
  expect(other.capabilities()).toEqual({});
});

test("limits of the machine are seen", async () => {
  const engine = async (): Promise<ContainerEngine> => engineWith(goodProbe);
  expect((await find("node-version", { nodeVersion: "20.18.3" }, engine)).state).toBe("failed");
  expect((await find("node-version", { nodeVersion: "22.1.0" }, engine)).state).toBe("ok");
  expect((await find("disk-space", { freeBytes: async () => 0.5e9 }, engine)).state).toBe("failed");
  expect((await find("disk-space", { freeBytes: async () => 2e9 }, engine)).state).toBe("warning");
  expect((await find("memory", { memoryBytes: 1e9 }, unreachable())).state).toBe("warning");
  expect((await find("cgroup", { exists: () => false }, engine)).state).toBe("warning");
  expect((await find("display", { environment: {} }, engine)).state).toBe("warning");
  expect((await find("local-shell", { loads: () => false }, engine)).state).toBe("warning");
  expect((await find("address-overlap", { networks: () => [{ interface: "eth0", cidr: "10.3.4.5/24" }] }, engine)).detail.en).toContain("10.3.4.0/24 (eth0)");
});

test("a check that breaks is unknown and hides no other", async () => {
  const broken: DiagnosticCheck = {
    id: "broken",
    title: { fr: "x", en: "x" },
    applicable: () => true,
    check: async () => {
      throw new Error("boom");
    },
  };
  const all = await new Diagnostics({ machine: machine(), connect: async () => engineWith(goodProbe), checks: [broken, ...allDiagnostics] }).diagnose();
  expect(all[0]).toMatchObject({ id: "broken", state: "unknown", canFix: false });
  expect(all.length).toBeGreaterThan(5);
});

test("a fix builds the image and looks again; what has no fix says so", async () => {
  const engine = engineWith(goodProbe, [builtBase]);
  const diagnostics = new Diagnostics({ machine: machine(), connect: async () => engine });
  const lines: string[] = [];
  expect(await diagnostics.fix("instance-image", { onProgress: (line) => lines.push(line) })).toMatchObject({ state: "ok", canFix: false });
  expect(lines).toContain(`built ${instanceImage()}`);
  await expect(diagnostics.fix("display")).rejects.toMatchObject({ code: "input.no-fix" });
  await expect(diagnostics.fix("nonsense")).rejects.toMatchObject({ code: "input.unknown-diagnostic" });
});

test("preparing a machine repairs in order, tells of each step, and does nothing where all is there", async () => {
  const engine = engineWith(goodProbe, [builtBase]);
  const diagnostics = new Diagnostics({ machine: machine(), connect: async () => engine });
  const progress: Progress[] = [];
  expect(allowsLabs(await prepareMachine(diagnostics, { onProgress: (one) => progress.push(progressSchema.parse(one)) }))).toBe(true);
  expect(progress.filter((one) => one.state === "done").map((one) => [one.step, one.done])).toEqual([["engine-installed", 1], ["engine-reachable", 2], ["instance-image", 3]]);
  progress.length = 0;
  await prepareMachine(diagnostics, { onProgress: (one) => progress.push(one) });
  expect(progress).toEqual([]);
});

test("preparing stops at what cannot be repaired, and still returns the whole list", async () => {
  const diagnostics = new Diagnostics({ machine: machine({ isRoot: false }), connect: unreachable() });
  const progress: Progress[] = [];
  const all = await prepareMachine(diagnostics, { onProgress: (one) => progress.push(one) });
  expect(progress.at(-1)).toMatchObject({ step: "engine-reachable", state: "failed" });
  expect(allowsLabs(all)).toBe(false);
  expect(all.length).toBeGreaterThan(10);
});

test("a cancelled repair is cancelled, not failed", async () => {
  const engine = engineWith(goodProbe, [builtBase]);
  const abort = new AbortController();
  abort.abort();
  const progress: Progress[] = [];
  await prepareMachine(new Diagnostics({ machine: machine(), connect: async () => engine }), { onProgress: (one) => progress.push(one), signal: abort.signal });
  expect(progress.at(-1)).toMatchObject({ step: "instance-image", state: "cancelled" });
});

test("a tunnel's device is looked for in the engine's kernel, and again for as long as it is missing", async () => {
  let probe = goodProbe.replace("tun ok", "tun ");
  const diagnostics = new Diagnostics({ machine: machine({ exists: () => false }), connect: async () => new FakeEngine([instanceImage()], () => probe) });
  expect(await diagnostics.hasTunnelDevice()).toBe(false);
  probe = goodProbe;
  expect(await diagnostics.hasTunnelDevice()).toBe(true);
  await expect(new Diagnostics({ machine: machine(), connect: unreachable() }).hasTunnelDevice()).rejects.toMatchObject({ code: "machine.engine-unreachable" });
});

import { afterEach, describe, expect, it, vi } from "vitest";
import type { ExecStream } from "../engine/containerEngine.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RempartError } from "../model/errors.ts";
import type { FabricProgram } from "./fabricProgram.ts";
import { compileFabric } from "./compile.ts";
import { FabricSession, scriptLimit } from "./session.ts";
import { labCloud } from "./testPrograms.ts";
import { LabWiring } from "./wiring.ts";

/** A wiring container whose shell keeps the scripts and the one file, and fails where told to. */
async function fakeContainer(): Promise<{ engine: FakeEngine; container: string; scripts: string[]; failing: { on: string | undefined; netem: "yes" | "no" } }> {
  const scripts: string[] = [];
  const failing: { on: string | undefined; netem: "yes" | "no" } = { on: undefined, netem: "no" };
  let file = "";
  const engine = new FakeEngine(["image"], (_container, _command, stdin) => {
    const script = /^\([^]*?\bset -e\n([^]*)\n\) 2>&1/.exec(stdin)?.[1] ?? "";
    const marker = /rempart-done-\d+/.exec(stdin)?.[0] ?? "";
    scripts.push(script);
    if (script.startsWith("rm -f /dev/shm/rempart-program.json")) file = "";
    if (failing.on !== undefined && script.includes(failing.on)) return `Error: refused\n\n${marker} 1\n`;
    if (script.startsWith("ip netns add probe-netem")) return `${failing.netem}\n\n${marker} 0\n`;
    if (script.startsWith("cat /dev/shm/rempart-program.json")) return `${file}\n${marker} 0\n`;
    if (script.startsWith("cat > /dev/shm/rempart-program.json.new")) file = script.split("\n")[1] ?? "";
    return `\n${marker} 0\n`;
  });
  const container = await engine.createContainer({ name: "net", image: "image", labels: {}, network: "none" });
  await engine.startContainer(container);
  return { engine, container, scripts, failing };
}

const cloud = labCloud("06-vpc-build", "solution/network.yml");
const program = compileFabric(cloud);
const pids = new Map(cloud.nodes.map((node, index) => [node.name, 1001 + index]));
const withoutRoute: FabricProgram = { ...program, namespaces: program.namespaces.map((entry) => ({ ...entry, routes: entry.routes.filter((route) => route.kind !== "blackhole" || route.table !== 103) })) };
/** The wiring keeps its program in the background: the next script waits for it. */
const settled = (wiring: LabWiring): Promise<unknown> => wiring.run("true");

describe("FabricSession", () => {
  it("runs scripts one after the other and gives each its own output", async () => {
    const engine = new FakeEngine(["image"], (_container, _command, stdin) => `${/echo (\w+)/.exec(stdin)?.[1] ?? ""}\n${/rempart-done-\d+/.exec(stdin)?.[0] ?? ""} 0\n`);
    const container = await engine.createContainer({ name: "net", image: "image", labels: {}, network: "none" });
    await engine.startContainer(container);
    const session = await FabricSession.open(engine, container);
    expect(await Promise.all(["one", "two", "three"].map((word) => session.run(`echo ${word}`)))).toEqual(["one", "two", "three"]);
    expect(engine.commands).toHaveLength(1);
  });

  it("refuses a script after its shell has ended", async () => {
    const { engine, container } = await fakeContainer();
    const session = await FabricSession.open(engine, container);
    session.close();
    expect(session.isOpen).toBe(false);
    await expect(session.run("true")).rejects.toMatchObject({ code: "fabric.session-closed" });
  });
});

describe("a shell that hangs", () => {
  afterEach(() => vi.useRealTimers());

  /** Answers every script but those that say "endless"; `opened` counts the shells. */
  async function hanging(): Promise<{ engine: FakeEngine; container: string; opened: () => number }> {
    const engine = new FakeEngine(["image"], (_container, _command, stdin) => (stdin.includes("endless") ? "half an answer" : `fine\n${/rempart-done-\d+/.exec(stdin)?.[0] ?? ""} 0\n`));
    const container = await engine.createContainer({ name: "net", image: "image", labels: {}, network: "none" });
    await engine.startContainer(container);
    return { engine, container, opened: () => engine.commands.length };
  }

  it("is closed after the limit, with what to do, and those who wait behind it are told", async () => {
    const { engine, container } = await hanging();
    const session = await FabricSession.open(engine, container);
    const begun = performance.now();
    const both = await Promise.allSettled([session.run("endless", 40), session.run("true", 40)]);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(35);
    expect(both.map((one) => one.status === "rejected" && (one.reason as RempartError).code)).toEqual(["fabric.timeout", "fabric.session-closed"]);
    expect(both[0]).toMatchObject({ reason: { kept: expect.stringContaining("machines"), next: expect.stringContaining("again") } });
    expect(session.isOpen).toBe(false);
  });

  it("is followed by a new one at the next call; the wiring is looked at again before it is changed", async () => {
    const { engine, container, opened } = await hanging();
    const wiring = new LabWiring(engine, container);
    await wiring.rebuild(program, pids);
    await settled(wiring);
    await expect(wiring.run("endless", 20)).rejects.toMatchObject({ code: "fabric.timeout" });
    expect(wiring.isIntact).toBe(false);
    expect(await wiring.run("true")).toBe("fine");
    expect(opened()).toBe(2);
  });

  it("has a minute by itself, and more for a long script; one that is answered in time is left alone", async () => {
    expect(scriptLimit("true")).toBeGreaterThanOrEqual(60_000);
    expect(scriptLimit("true\n".repeat(10_000))).toBeGreaterThan(300_000);
    const { engine, container } = await hanging();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const session = await FabricSession.open(engine, container);
    expect(await session.run("true")).toBe("fine");
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(session.isOpen).toBe(true);
    const hung = session.run("endless").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(session.isOpen).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await hung).toMatchObject({ code: "fabric.timeout" });
  });

  it("is given up when the engine does not even open it, and closed when it does so later", async () => {
    const { engine, container } = await hanging();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const real = await engine.execStream(container, ["bash"]);
    let closed = false;
    let answer: (stream: ExecStream) => void = () => undefined;
    engine.execStream = () => new Promise((resolve) => (answer = resolve));
    const opening = FabricSession.open(engine, container).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await opening).toMatchObject({ code: "fabric.timeout" });
    answer({ ...real, close: () => (closed = true) });
    await vi.advanceTimersByTimeAsync(1);
    expect(closed).toBe(true);
  });
});

describe("LabWiring", () => {
  it("sends nothing where nothing is to be done", async () => {
    const { engine, container, scripts } = await fakeContainer();
    const wiring = new LabWiring(engine, container);
    await wiring.rebuild(program, pids);
    await settled(wiring);
    const sent = scripts.length;
    await wiring.apply(program, pids);
    expect(scripts).toHaveLength(sent);
  });

  it("keeps its program in the container, so that another process goes on without wiring anew", async () => {
    const { engine, container, scripts } = await fakeContainer();
    const first = new LabWiring(engine, container);
    await first.rebuild(program, pids);
    await settled(first);
    const second = new LabWiring(engine, container);
    expect(await second.resume(pids)).toBe(true);
    expect(second.program).toEqual(program);
    const sent = scripts.length;
    await second.apply(withoutRoute, pids);
    expect(scripts.slice(sent).find((script) => script.includes("-batch"))?.split("\n").slice(1)).toEqual([expect.stringMatching(/^ip -n vpc-foo -batch - <<'REMPART_END'/), "route del blackhole default table 103", "REMPART_END"]);
  });

  it("wires a machine again whose process id is another one now", async () => {
    const { engine, container, scripts } = await fakeContainer();
    const first = new LabWiring(engine, container);
    await first.rebuild(program, pids);
    await settled(first);
    const second = new LabWiring(engine, container);
    const now = new Map([...pids, ["laptop", 7777]]);
    await second.resume(now);
    const change = await second.apply(program, now);
    expect(change.addedLinks.map((link) => link.id)).toEqual(["laptop:eth0"]);
    expect(scripts.join("\n")).toContain("netns 7777");
  });

  it("is not known to be whole after a change that failed half way", async () => {
    const { engine, container, failing } = await fakeContainer();
    const first = new LabWiring(engine, container);
    await first.rebuild(program, pids);
    await settled(first);
    failing.on = "route del";
    const failure: unknown = await first.apply(withoutRoute, pids).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RempartError);
    expect(failure).toMatchObject({ code: "fabric.script-failed" });
    expect((failure as RempartError).message).toContain("refused");
    // Neither this process nor another one goes on from the program before: both wire anew.
    expect(first.isIntact).toBe(false);
    failing.on = undefined;
    await settled(first);
    expect(first.isIntact).toBe(false);
    expect(await new LabWiring(engine, container).resume(pids)).toBe(false);
    await first.rebuild(withoutRoute, pids);
    expect(first.isIntact).toBe(true);
  });

  it("is not whole any more once its container has restarted, also when somebody opened another shell in it", async () => {
    const { engine, container } = await fakeContainer();
    const wiring = new LabWiring(engine, container);
    await wiring.rebuild(program, pids);
    expect(wiring.isIntact).toBe(true);
    wiring.close();
    await engine.restartContainer(container);
    await wiring.run("true");
    expect(wiring.isIntact).toBe(false);
  });

  it("throws engine errors when the container does not run", async () => {
    const { engine, container } = await fakeContainer();
    engine.kill(container);
    await expect(new LabWiring(engine, container).run("true")).rejects.toMatchObject({ code: "engine.conflict" });
  });
});

describe("an impairment", () => {
  const loss = { lossPercent: 25, delayMilliseconds: 0 };
  const withoutLaptop: FabricProgram = { ...program, links: program.links.filter((link) => link.id !== "laptop:eth0") };
  const port = program.links.find((link) => link.id === "laptop:eth0")?.a.interface ?? "";

  async function impaired(netem: "yes" | "no" = "no"): Promise<Awaited<ReturnType<typeof fakeContainer>> & { wiring: LabWiring }> {
    const container = await fakeContainer();
    container.failing.netem = netem;
    const wiring = new LabWiring(container.engine, container.container);
    await wiring.rebuild(program, pids);
    expect(await wiring.impair("laptop:eth0", loss)).toBe(netem === "yes" ? "netem" : "nftables");
    return { ...container, wiring };
  }
  const dropsIn = (scripts: readonly string[]): string[] => scripts.filter((script) => script.includes(`table ip impair-${port} {`));

  it("is random drops in both directions where there is no netem, in a table that the router's ruleset does not name", async () => {
    const { scripts, wiring } = await impaired();
    expect(dropsIn(scripts)).toHaveLength(1);
    expect(dropsIn(scripts)[0]).toContain(`iifname "${port}" numgen random mod 100000 < 25000 drop`);
    expect(dropsIn(scripts)[0]).toContain(`oifname "${port}" numgen random mod 100000 < 25000 drop`);
    expect(program.namespaces.map((entry) => entry.ruleset).join()).not.toContain("impair-");
    expect(wiring.impairments.get("laptop:eth0")).toEqual({ ...loss, how: "nftables" });
  });

  it.each([[100, " drop;"], [99.9999, "mod 100000 < 99999 drop;"], [0.0001, "mod 100000 < 1 drop;"]])("of %d %% is none that nftables would refuse", async (lossPercent, expected) => {
    const { scripts, wiring } = await impaired();
    await wiring.impair("laptop:eth0", { lossPercent, delayMilliseconds: 0 });
    expect(dropsIn(scripts).at(-1)).toContain(`iifname "${port}" ${expected.trim()}`.replace("mod", "numgen random mod"));
  });

  it("is netem at both ends where the kernel has it", async () => {
    const { scripts } = await impaired("yes");
    const netem = scripts.join("\n").split("\n").filter((line) => line.includes("root netem loss 25% delay 0ms"));
    expect(netem).toEqual([`ip netns exec inet tc qdisc add dev ${port} root netem loss 25% delay 0ms`, `nsenter -t ${pids.get("laptop")} -n tc qdisc add dev eth0 root netem loss 25% delay 0ms`]);
  });

  it("refuses a delay without netem, and leaves the link as it was", async () => {
    const { wiring, scripts } = await impaired();
    const sent = scripts.length;
    await expect(wiring.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 10 })).rejects.toMatchObject({ code: "machine.no-netem" });
    expect(scripts.slice(sent).filter((script) => script.includes("impair-"))).toEqual([]);
    expect(wiring.impairments.get("laptop:eth0")).toMatchObject(loss);
  });

  it.each(["yes", "no"] as const)("is put on again when its machine has started again (netem: %s)", async (netem) => {
    const { scripts, wiring } = await impaired(netem);
    const sent = scripts.length;
    await wiring.apply(program, new Map([...pids, ["laptop", 7777]]));
    const script = scripts.slice(sent).find((candidate) => candidate.includes("link add name"));
    expect(script?.indexOf("link add name")).toBeLessThan(script?.search(netem === "yes" ? "nsenter -t 7777 -n tc qdisc add" : `table ip impair-${port} {`) ?? -1);
  });

  it("outlives a wiring container that started again, and a process that died", async () => {
    const { engine, container, scripts, wiring } = await impaired();
    await settled(wiring);
    const other = new LabWiring(engine, container);
    await other.resume(pids);
    expect(other.impairments).toEqual(wiring.impairments);
    const sent = scripts.length;
    await new LabWiring(engine, container, wiring.impairments).rebuild(program, pids);
    expect(dropsIn(scripts.slice(sent))).toHaveLength(1);
  });

  it("ends when it is taken away, or with its cable: one that is made later is whole", async () => {
    const taken = await impaired();
    expect(await taken.wiring.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 0 })).toBe("none");
    const removed = await impaired();
    await removed.wiring.apply(withoutLaptop, pids);
    expect(removed.scripts.findLast((script) => script.includes("link del"))).toContain(`nft delete table ip impair-${port}`);
    for (const { scripts, wiring } of [taken, removed]) {
      expect(wiring.impairments.size).toBe(0);
      const sent = scripts.length;
      await wiring.rebuild(program, pids);
      expect(dropsIn(scripts.slice(sent))).toEqual([]);
    }
  });
});

import { describe, expect, it } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { RempartError } from "../model/errors.ts";
import type { FabricProgram } from "./fabricProgram.ts";
import { compileFabric } from "./compile.ts";
import { FabricSession } from "./session.ts";
import { labCloud } from "./testPrograms.ts";
import { LabWiring } from "./wiring.ts";

/** A wiring container whose shell keeps the scripts and the one file, and fails where told to. */
async function fakeContainer(): Promise<{ engine: FakeEngine; container: string; scripts: string[]; failing: { on: string | undefined } }> {
  const scripts: string[] = [];
  const failing: { on: string | undefined } = { on: undefined };
  let file = "";
  const engine = new FakeEngine(["image"], (_container, _command, stdin) => {
    const script = /^\([^]*?\bset -e\n([^]*)\n\) 2>&1/.exec(stdin)?.[1] ?? "";
    const marker = /rempart-done-\d+/.exec(stdin)?.[0] ?? "";
    scripts.push(script);
    if (script.startsWith("rm -f /dev/shm/rempart-program.json")) file = "";
    if (failing.on !== undefined && script.includes(failing.on)) return `Error: refused\n\n${marker} 1\n`;
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

import { describe, expect, it } from "vitest";
import { RempartError } from "../model/errors.ts";
import type { FabricProgram } from "./fabricProgram.ts";
import { machineGone } from "./script.ts";
import { fakeContainer, pids, program, settled } from "./testWiring.ts";
import { LabWiring } from "./wiring.ts";

const withoutRoute: FabricProgram = { ...program, namespaces: program.namespaces.map((entry) => ({ ...entry, routes: entry.routes.filter((route) => route.kind !== "blackhole" || route.table !== 103) })) };

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
    expect(scripts.slice(sent).find((script) => script.includes("-batch"))?.split("\n").slice(1)).toEqual([expect.stringMatching(/^ip -n vpc-foo -force -batch - .*<<'REMPART_END' \|\| true$/), "route del blackhole default table 103", "REMPART_END"]);
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

  it("leaves everything as it is when a machine that it was to wire has died meanwhile", async () => {
    const { engine, container, failing } = await fakeContainer();
    const wiring = new LabWiring(engine, container);
    await wiring.rebuild(program, pids);
    await settled(wiring);
    failing.on = machineGone;
    const failure: unknown = await wiring.apply(program, new Map([...pids, ["laptop", 7777]])).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "fabric.script-failed" });
    expect(wiring.isIntact).toBe(true);
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

  it("wires anew only after the ends of old cables are gone from the machines, and never in the engine's own network", async () => {
    const { engine, container, scripts } = await fakeContainer();
    await new LabWiring(engine, container).rebuild(program, pids);
    const [clear = "", wire = ""] = scripts;
    for (const pid of pids.values()) expect(clear).toContain(`/proc/${pid}/net/dev`);
    expect(clear.indexOf("/proc/1/ns/net ] && continue")).toBeLessThan(clear.indexOf("ip link del $device"));
    expect(clear.indexOf("/proc/1/ns/net ] && continue")).toBeGreaterThan(0);
    expect(wire).toContain("link add name");
  });

  it("throws engine errors when the container does not run", async () => {
    const { engine, container } = await fakeContainer();
    engine.kill(container);
    await expect(new LabWiring(engine, container).run("true")).rejects.toMatchObject({ code: "engine.conflict" });
  });
});

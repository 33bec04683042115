import { afterEach, describe, expect, it, vi } from "vitest";
import type { ExecStream } from "../engine/containerEngine.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import type { RempartError } from "../model/errors.ts";
import { FabricSession, scriptLimit } from "./session.ts";
import { fakeContainer, pids, program, settled } from "./testWiring.ts";
import { LabWiring } from "./wiring.ts";

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

  it("has half a minute by itself, and more for a long script; one that is answered in time is left alone", async () => {
    expect(scriptLimit("true")).toBeGreaterThanOrEqual(30_000);
    expect(scriptLimit("true\n".repeat(10_000))).toBeGreaterThan(300_000);
    const { engine, container } = await hanging();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const session = await FabricSession.open(engine, container);
    expect(await session.run("true")).toBe("fine");
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(session.isOpen).toBe(true);
    const hung = session.run("endless").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(29_000);
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

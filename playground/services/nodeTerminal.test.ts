import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { openNodeTerminal } from "./nodeTerminal.ts";

const size = { columns: 80, rows: 24 };
let engine: FakeEngine;
let node: string;

beforeEach(async () => {
  vi.useFakeTimers();
  engine = new FakeEngine();
  await engine.importImage(Readable.from([]), "instance");
  node = await engine.createContainer({ name: "web", image: "instance", labels: {}, network: "none" });
  await engine.startContainer(node);
});
afterEach(() => {
  vi.useRealTimers();
});

/** Opens a terminal, lets something happen, ends the shell, and returns the reason that is given. */
async function reasonAfter(happens: () => Promise<void> | void): Promise<string> {
  const terminal = await openNodeTerminal(engine, node, size);
  const reason = new Promise<string>((resolve) => terminal.onExit(resolve));
  await happens();
  terminal.close();
  return reason;
}

test("a shell that ends in a machine that goes on gives its code", async () => {
  expect(await reasonAfter(() => undefined)).toBe("exit:0");
});

test("a machine that stopped says so", async () => {
  expect(await reasonAfter(() => engine.kill(node))).toBe("node-stopped");
});

test("a shell that was killed in a machine that goes on says so, and one whose machine dies right after it says that", async () => {
  const killed = async (dies: boolean): Promise<string> => {
    const { execTerminal } = engine;
    const shell = await execTerminal.call(engine, node, ["bash"], size);
    vi.spyOn(engine, "execTerminal").mockResolvedValueOnce({ ...shell, ended: Promise.resolve(137) });
    const terminal = await openNodeTerminal(engine, node, size);
    const reason = new Promise<string>((resolve) => terminal.onExit(resolve));
    await vi.advanceTimersByTimeAsync(10);
    if (dies) engine.kill(node);
    await vi.advanceTimersByTimeAsync(1000);
    return reason;
  };
  expect(await killed(false)).toBe("exit:137");
  expect(await killed(true)).toBe("node-stopped");
});

test("a machine that stopped and runs again already says so too", async () => {
  expect(
    await reasonAfter(async () => {
      engine.kill(node);
      vi.advanceTimersByTime(1000);
      await engine.startContainer(node);
    }),
  ).toBe("node-stopped");
});

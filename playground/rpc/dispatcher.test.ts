import { describe, expect, test, vi } from "vitest";
import { createClient } from "../contract/client.ts";
import type { Caller, Handlers } from "../contract/contract.ts";
import { maximumFrameLength } from "../contract/frames.ts";
import { createMemoryTransportPair } from "../contract/memoryTransport.ts";
import { RempartError } from "../model/errors.ts";
import { serve } from "./dispatcher.ts";
import { createTestHandlers } from "./testHandlers.ts";

function connect(given: Partial<Handlers>) {
  const [window, engine] = createMemoryTransportPair();
  const onInternalError = vi.fn();
  const onProtocolFault = vi.fn();
  const onDisconnect = vi.fn();
  const caller = serve(engine, createTestHandlers(given), { onInternalError, maximumConcurrentCalls: 4 });
  return { client: createClient(window, { onProtocolFault, onDisconnect }), caller, window, engine, onInternalError, onProtocolFault, onDisconnect };
}

const untyped = (value: unknown): never => value as never;

describe("client and dispatcher", () => {
  test("a call reaches its handler with defaults filled in, and its result comes back", async () => {
    const down = vi.fn(() => Promise.resolve({}));
    const { client } = connect({ "labs.down": down });
    await expect(client.call("labs.down", { lab: "06-vpc-build" })).resolves.toEqual({});
    expect(down).toHaveBeenCalledWith({ lab: "06-vpc-build", forget: false }, expect.anything());
  });

  test("the client refuses bad parameters before anything is sent", async () => {
    const up = vi.fn();
    const { client } = connect({ "labs.up": up });
    await expect(client.call("labs.up", { lab: "../etc" })).rejects.toMatchObject({ code: "input.bad-parameters", kind: "input" });
    expect(up).not.toHaveBeenCalled();
  });

  test("the dispatcher refuses bad parameters of a client that does not check", async () => {
    const up = vi.fn();
    const { window, engine } = connect({ "labs.up": up });
    const answer = new Promise<string>((resolve) => window.onFrame(resolve));
    window.send(JSON.stringify({ id: 7, method: "labs.up", params: { lab: "../etc" } }));
    expect(JSON.parse(await answer)).toMatchObject({ id: 7, error: { code: "input.bad-parameters" } });
    expect(up).not.toHaveBeenCalled();
    engine.close();
  });

  test.each(["labs.explode", "constructor", "__proto__", "toString"])("the unknown method %s is an error, not a crash", async (method) => {
    const { window } = connect({});
    const answer = new Promise<string>((resolve) => window.onFrame(resolve));
    window.send(JSON.stringify({ id: 1, method, params: {} }));
    expect(JSON.parse(await answer)).toMatchObject({ id: 1, error: { code: "input.unknown-method" } });
  });

  test("an error keeps code, kind, kept, next and faults", async () => {
    const fault = { code: "cidr.overlap", path: "subnets.a", line: 3, column: 5, message: "overlaps" };
    const error = new RempartError("network.invalid", "bad", { kind: "input", kept: "the old network", next: "fix it", faults: [fault] });
    const { client } = connect({ "network.apply": () => Promise.reject(error) });
    await expect(client.call("network.apply", { lab: "x" })).rejects.toMatchObject({ code: "network.invalid", kind: "input", kept: "the old network", next: "fix it", faults: [fault] });
  });

  test("what is no RempartError becomes code internal and is reported for the log", async () => {
    const { client, onInternalError } = connect({ "labs.list": () => Promise.reject(new TypeError("x is undefined")) });
    await expect(client.call("labs.list", {})).rejects.toMatchObject({ code: "internal", message: "x is undefined" });
    expect(onInternalError).toHaveBeenCalledOnce();
  });

  test("a handler that answers outside the contract is an internal error", async () => {
    const { client } = connect({ "labs.list": () => Promise.resolve(untyped({ labs: 3 })) });
    await expect(client.call("labs.list", {})).rejects.toMatchObject({ code: "internal" });
  });

  test("the client refuses an answer outside the contract", async () => {
    const [window, engine] = createMemoryTransportPair();
    engine.onFrame((frame) => engine.send(JSON.stringify({ id: (JSON.parse(frame) as { id: number }).id, result: { labs: 3 } })));
    await expect(createClient(window).call("labs.list", {})).rejects.toMatchObject({ code: "client.bad-result" });
  });

  test("events reach their listeners until they stop listening; those outside the contract are dropped and reported", async () => {
    const { client, caller, onInternalError } = connect({ "labs.list": () => Promise.resolve({ labs: [] }) });
    const seen: unknown[] = [];
    const stop = client.on("terminal.data", (data) => seen.push(data));
    caller.emit("terminal.data", { terminal: "t", data: "é" });
    caller.emit("terminal.data", untyped({ terminal: 4 }));
    await client.call("labs.list", {});
    stop();
    caller.emit("terminal.data", { terminal: "t", data: "late" });
    await client.call("labs.list", {});
    expect(seen).toEqual([{ terminal: "t", data: "é", replay: false }]);
    expect(onInternalError).toHaveBeenCalledOnce();
  });

  test("a bad frame from the engine is reported, and calls go on", async () => {
    const { client, engine, onProtocolFault } = connect({ "labs.list": () => Promise.resolve({ labs: [] }) });
    engine.send("not json");
    engine.send(JSON.stringify({ event: "no.such.event", data: {} }));
    await client.call("labs.list", {});
    expect(onProtocolFault).toHaveBeenCalledTimes(2);
  });

  test("when the transport closes, pending and later calls reject and the caller's signal aborts", async () => {
    let seen: Caller | undefined;
    const { client, engine, onDisconnect } = connect({
      "labs.up": (_params, caller) => {
        seen = caller;
        return new Promise(() => undefined);
      },
    });
    const call = client.call("labs.up", { lab: "x" });
    await vi.waitFor(() => expect(seen).toBeDefined(), { timeout: 15_000 });
    engine.close();
    await expect(call).rejects.toMatchObject({ code: "client.disconnected" });
    await expect(client.call("labs.list", {})).rejects.toMatchObject({ code: "client.disconnected" });
    expect(seen?.signal.aborted).toBe(true);
    expect(onDisconnect).toHaveBeenCalledOnce();
  });

  test.each([["garbage", "{"], ["a request without id", '{"method":"labs.list"}'], ["too large a frame", `"${"x".repeat(maximumFrameLength)}"`]])("%s closes the connection", async (_name, frame) => {
    const { window, caller } = connect({});
    window.send(frame);
    await vi.waitFor(() => expect(caller.signal.aborted).toBe(true), { timeout: 15_000 });
  });

  test("more calls at once than allowed are refused, and those under way are kept", async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client } = connect({ "labs.list": () => gate.then(() => ({ labs: [] })) });
    const allowed = [1, 2, 3, 4].map(() => client.call("labs.list", {}));
    await expect(client.call("labs.list", {})).rejects.toMatchObject({ code: "input.too-many-calls" });
    release();
    await expect(Promise.all(allowed)).resolves.toHaveLength(4);
  });
});

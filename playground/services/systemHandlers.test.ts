import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { methods, type Caller } from "../contract/contract.ts";
import { Diagnostics } from "../diagnostics/diagnostics.ts";
import { FakeEngine } from "../engine/fakeEngine.ts";
import { instanceImage } from "../images/catalogue.ts";
import { RempartError } from "../model/errors.ts";
import { resolvePaths } from "./paths.ts";
import { SettingsStore } from "./settingsStore.ts";
import { systemHandlers, type SystemHandlerParts } from "./systemHandlers.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "rempart-system-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const nobody: Caller = { id: "test", emit: () => undefined, signal: new AbortController().signal };
type Info = ReturnType<(typeof methods)["system.info"]["result"]["parse"]>;

/** The answer of `system.info`, checked against the contract. */
function asking(engine: FakeEngine | undefined): () => Promise<Info> {
  const connect = async (): Promise<FakeEngine> => {
    if (!engine) throw new RempartError("machine.engine-unreachable", "no", { kind: "machine" });
    return engine;
  };
  const paths = resolvePaths({ REMPART_HOME: root });
  const parts: SystemHandlerParts = { paths, settings: new SettingsStore(paths.state), diagnostics: new Diagnostics({ connect }), labs: undefined as never, engine: connect, onProgress: () => undefined, cancelScan: () => undefined, cancelProof: () => undefined };
  const handlers = systemHandlers(parts);
  return async () => methods["system.info"].result.parse(await handlers["system.info"]({}, nobody));
}

describe("system.info", () => {
  it.each([["ok", true], ["Unknown qdisc", false]])("says what the kernel can do with netem (%s), once that was tried", async (seen, expected) => {
    const engine = new FakeEngine([instanceImage()], () => `link ok\nnetem ${seen}\n`);
    const ask = asking(engine);
    expect((await ask()).capabilities).toEqual({});
    await vi.waitFor(async () => expect((await ask()).capabilities).toEqual({ netem: expected }), { timeout: 15_000 });
    expect((await ask()).ready).toBe(true);
    expect(engine.commands).toHaveLength(1);
  });

  it("claims nothing where there is no engine", async () => {
    const ask = asking(undefined);
    await ask();
    expect(await ask()).toMatchObject({ ready: false, capabilities: {} });
  });
});

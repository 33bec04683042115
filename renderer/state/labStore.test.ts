import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RempartError } from "../../playground/model/errors.ts";
import { createFakeClient, type FakeOptions } from "../dev/fakeHost.ts";
import { createLabStore } from "./labStore.ts";

const lab = "07-route-tables-gateways";
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function settle<Value>(work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const watched = work.finally(() => {
    isDone = true;
  });
  for (let round = 0; round < 50 && !isDone; round += 1) await vi.advanceTimersByTimeAsync(20);
  return watched;
}
async function open(overrides: FakeOptions["overrides"] = {}) {
  const errors: unknown[] = [];
  const client = createFakeClient({ pace: 0, overrides });
  const store = createLabStore(client, lab, (error) => errors.push(error));
  await settle(store.getState().load());
  return { store, errors, client };
}

it("loads the lab, its file, its plan and its checks", async () => {
  const { store, errors } = await open();
  expect(errors).toEqual([]);
  expect(store.getState().plan?.change).toBe(1);
  expect(store.getState().checks["nat-exit"]?.state).toBe("failed");
  expect(store.getState().draft).toContain("route_tables:");
});

it("applies: saves the draft first, remembers what was done and plans again", async () => {
  const { store } = await open();
  store.getState().edit(`${store.getState().draft}# more\n`);
  await settle(store.getState().apply());
  expect(store.getState().file?.text).toContain("# more");
  expect(store.getState().lastApply).toMatchObject({ milliseconds: 48 });
  await settle(store.getState().makePlan());
  expect(store.getState().lastApply).toBeUndefined();
  expect(store.getState().plan?.changes).toEqual([]);
  expect(store.getState().checks["nat-exit"]?.state).toBe("passed");
  expect(store.getState().topologyVersion).toBe(1);
});

it("validates what is typed after a pause, once", async () => {
  const validate = vi.fn(async () => ({ faults: [{ code: "x", path: "", message: "bad" }] }));
  const { store } = await open({ "network.validate": validate });
  for (const text of ["a", "ab", "abc"]) store.getState().edit(text);
  await vi.advanceTimersByTimeAsync(400);
  expect(validate).toHaveBeenCalledTimes(1);
  expect(store.getState().faults).toHaveLength(1);
});

describe("when the file changes elsewhere", () => {
  const refused = async () => {
    throw new RempartError("input.changed-on-disk", "changed");
  };

  it("keeps both versions until the student chooses", async () => {
    const { store, errors } = await open({ "network.write": refused });
    store.getState().edit("mine: 1\n");
    expect(await settle(store.getState().save())).toBe(false);
    expect(store.getState().draft).toBe("mine: 1\n");
    expect(store.getState().conflict?.text).toContain("route_tables:");
    expect(errors).toEqual([]);
    await settle(store.getState().resolveConflict("theirs"));
    expect(store.getState().draft).toContain("route_tables:");
    expect(store.getState().conflict).toBeUndefined();
  });

  it("shows what another editor wrote, before a plan or an apply of it", async () => {
    let text = "vpcs: {}\n";
    const { store } = await open({ "network.read": async () => ({ text, revision: text, faults: [] }) });
    text = "vpcs: {}\n# by another editor\n";
    await settle(store.getState().makePlan());
    expect(store.getState().draft).toBe(text);
    text = "vpcs: {}\n# once more\n";
    await settle(store.getState().lookAgain());
    expect(store.getState().draft).toBe(text);
  });

  it("does not apply a draft that another editor has overtaken", async () => {
    const apply = vi.fn();
    let revision = "1";
    const { store } = await open({ "network.read": async () => ({ text: `vpcs: {} # ${revision}\n`, revision, faults: [] }), "network.apply": apply });
    store.getState().edit("mine: 1\n");
    revision = "2";
    await settle(store.getState().apply());
    expect(apply).not.toHaveBeenCalled();
    expect(store.getState().conflict?.revision).toBe("2");
    expect(store.getState().leftTab).toBe("network");
    expect(store.getState().draft).toBe("mine: 1\n");
  });

  it("does not apply what it could not save", async () => {
    const apply = vi.fn();
    const { store } = await open({ "network.write": refused, "network.apply": apply });
    store.getState().edit("mine: 1\n");
    await settle(store.getState().apply());
    expect(apply).not.toHaveBeenCalled();
  });
});

it("hands a command to the terminals without the newline that would run it", async () => {
  const { store } = await open();
  store.getState().typeInto("private-1", "curl -m 3 203.0.113.80\n");
  expect(store.getState().typeRequest).toEqual({ node: "private-1", text: "curl -m 3 203.0.113.80", sequence: 1 });
  store.getState().typeInto("private-1", "curl -m 3 203.0.113.80");
  expect(store.getState().typeRequest?.sequence).toBe(2);
});

it("writes the remembered layout once, half a second after the last change", async () => {
  const write = vi.fn(async () => ({}));
  const { store } = await open({ "layout.set": write });
  store.getState().rememberLayout({ panes: 1 });
  store.getState().rememberLayout({ positions: 2 });
  await vi.advanceTimersByTimeAsync(600);
  expect(write).toHaveBeenCalledTimes(1);
  expect(write).toHaveBeenCalledWith({ lab, layout: { panes: 1, positions: 2 } });
});

it("keeps what the window changed while its layout was read anew, as when the connection comes back", async () => {
  const written: unknown[] = [];
  const answers: (() => void)[] = [];
  let isHeldBack = false;
  const held = <Value,>(value: Value) => new Promise<Value>((resolve) => (isHeldBack ? answers.push(() => resolve(value)) : resolve(value)));
  const usual = createFakeClient({ pace: 0 });
  const { store } = await open({
    "labs.status": async (parameters) => held(await usual.call("labs.status", parameters)),
    "layout.get": () => held({ panes: 1 }),
    "layout.set": async ({ layout }) => {
      written.push(layout);
      return {};
    },
  });
  isHeldBack = true;
  const again = store.getState().load();
  store.getState().rememberLayout({ scenes: ["mine"] });
  // Written while the answer, which is older, is under way.
  await vi.advanceTimersByTimeAsync(600);
  expect(written).toEqual([{ panes: 1, scenes: ["mine"] }]);
  answers[1]?.();
  await vi.advanceTimersByTimeAsync(0);
  // The layout is read; the rest of the lab is not.
  store.getState().rememberLayout({ dnsPart: "later" });
  answers[0]?.();
  await settle(again);
  expect(store.getState().layout).toEqual({ panes: 1, scenes: ["mine"], dnsPart: "later" });
  await vi.advanceTimersByTimeAsync(600);
  expect(written.at(-1)).toEqual({ panes: 1, scenes: ["mine"], dnsPart: "later" });
});

it("writes over nothing that it has not read: what is changed before is added to it", async () => {
  const write = vi.fn(async () => ({}));
  const client = createFakeClient({ pace: 0, overrides: { "layout.get": async () => ({ scenes: ["kept"] }), "layout.set": write } });
  const store = createLabStore(client, lab, (error) => expect.fail(String(error)));
  store.getState().rememberLayout({ terminals: 1 });
  await vi.advanceTimersByTimeAsync(600);
  expect(write).not.toHaveBeenCalled();
  await settle(store.getState().load());
  await vi.advanceTimersByTimeAsync(600);
  expect(write.mock.calls).toEqual([[{ lab, layout: { scenes: ["kept"], terminals: 1 } }]]);
});

it("writes again what the engine could not take, once the connection is back", async () => {
  let isLost = true;
  const written: unknown[] = [];
  const { store, errors } = await open({
    "layout.set": async ({ layout }) => {
      if (isLost) throw new RempartError("connection.lost", "lost");
      written.push(layout);
      return {};
    },
  });
  store.getState().rememberLayout({ panes: 7 });
  await vi.advanceTimersByTimeAsync(600);
  expect(errors).toHaveLength(1);
  isLost = false;
  await settle(store.getState().load());
  await vi.advanceTimersByTimeAsync(600);
  expect(written).toEqual([expect.objectContaining({ panes: 7 })]);
});

it("starts one work at a time, and takes a cancelled start for no fault", async () => {
  const up = vi.fn(async () => {
    throw new RempartError("input.cancelled", "Cancelled.");
  });
  const { store, errors } = await open({ "labs.up": up });
  const first = store.getState().up();
  const second = store.getState().up();
  await settle(Promise.all([first, second]));
  expect(up).toHaveBeenCalledTimes(1);
  expect(errors).toEqual([]);
  expect(store.getState().work).toBeUndefined();
});

it("says why a lab could not be opened", async () => {
  const { store } = await open({
    "labs.get": async () => {
      throw new RempartError("input.unknown-lab", "no such lab");
    },
  });
  expect(store.getState().loadError?.code).toBe("input.unknown-lab");
});

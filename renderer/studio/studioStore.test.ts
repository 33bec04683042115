import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RempartError } from "../../playground/model/errors.ts";
import { createFakeClient } from "../dev/fakeHost.ts";
import { createStudioStore } from "./studioStore.ts";

const lab = "my-lab";
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(write: (text: string | undefined, revision: string) => string) {
  const errors: unknown[] = [];
  const client = createFakeClient({
    pace: 0,
    overrides: {
      "studio.read": async () => ({ lab, folder: "/labs/my-lab", files: { "lab.yml": "id: my-lab\n" }, faults: [], revision: "0" }),
      "studio.write": async ({ files, revision }) => ({ revision: write(files["lab.yml"], revision), faults: [] }),
    },
  });
  const store = createStudioStore(client, lab, (error) => errors.push(error));
  void store.getState().load();
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState().loadError).toBeUndefined();
  return { store, errors };
}

it("writes what is typed, once it pauses, upon the revision that it knows", async () => {
  const written: unknown[] = [];
  const { store } = await open((text, revision) => {
    written.push([text, revision]);
    return String(written.length);
  });
  for (const text of ["a\n", "ab\n", "abc\n"]) store.getState().change({ "lab.yml": text }, "lab.yml");
  expect(store.getState().isSaved).toBe(false);
  await vi.advanceTimersByTimeAsync(600);
  store.getState().change({ "lab.yml": "abcd\n" });
  await vi.advanceTimersByTimeAsync(600);
  expect(written).toEqual([["abc\n", "0"], ["abcd\n", "1"]]);
  expect(store.getState().isSaved).toBe(true);
});

it("keeps what could not be written, and writes it when it is asked again", async () => {
  let isLost = true;
  const written: unknown[] = [];
  const { store, errors } = await open((text) => {
    if (isLost) throw new RempartError("connection.lost", "lost");
    written.push(text);
    return "1";
  });
  store.getState().change({ "lab.yml": "typed while the line was cut\n" });
  await vi.advanceTimersByTimeAsync(600);
  expect(errors).toHaveLength(1);
  expect(store.getState().isSaved).toBe(false);
  isLost = false;
  void store.getState().save();
  await vi.advanceTimersByTimeAsync(100);
  expect(written).toEqual(["typed while the line was cut\n"]);
  expect(store.getState().isSaved).toBe(true);
});

it("writes nothing over what another program changed, until the lab is read again", async () => {
  let calls = 0;
  const { store } = await open(() => {
    calls += 1;
    throw new RempartError("input.changed-on-disk", "changed");
  });
  store.getState().change({ "lab.yml": "mine\n" });
  await vi.advanceTimersByTimeAsync(600);
  expect(store.getState().hasConflict).toBe(true);
  store.getState().change({ "lab.yml": "mine too\n" });
  await vi.advanceTimersByTimeAsync(600);
  expect(calls).toBe(1);
  void store.getState().load();
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState()).toMatchObject({ hasConflict: false, isSaved: true });
});

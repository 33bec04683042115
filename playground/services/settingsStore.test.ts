import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mirrorOf } from "./settingsMirror.ts";
import { SettingsStore } from "./settingsStore.ts";

let folder: string;
let store: SettingsStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-settings-"));
  store = new SettingsStore(join(folder, "state"));
});
afterEach(() => rm(folder, { recursive: true }));

test("defaults without a file; a change keeps the rest and is there for the next start", async () => {
  expect(await store.get()).toMatchObject({ theme: "system", textSize: 14 });
  await store.set({ theme: "dark" });
  await store.set({ language: "fr" });
  const next = new SettingsStore(join(folder, "state"));
  expect(await next.get()).toMatchObject({ theme: "dark", language: "fr" });
});

test("changes made at once are all kept, and no temporary file stays", async () => {
  await Promise.all([store.set({ theme: "dark" }), store.set({ textSize: 20 }), store.set({ copyOnSelect: true })]);
  expect(await store.get()).toMatchObject({ theme: "dark", textSize: 20, copyOnSelect: true });
  expect(await readdir(join(folder, "state"))).toEqual(["settings.json"]);
  expect((await stat(join(folder, "state", "settings.json"))).mode & 0o777).toBe(0o600);
});

test.each(["{ not json", '{"theme":"pink"}'])("a corrupt file (%s) is kept aside and defaults are used", async (text) => {
  await mkdir(join(folder, "state"));
  await writeFile(join(folder, "state", "settings.json"), text);
  expect(await store.get()).toMatchObject({ theme: "system" });
  expect(await readFile(join(folder, "state", "settings.json.corrupt"), "utf8")).toBe(text);
  await store.set({ theme: "light" });
  expect(await store.get()).toMatchObject({ theme: "light" });
});

test("an invalid change is refused and the settings stay", async () => {
  await store.set({ textSize: 18 });
  await expect(store.set({ textSize: 200 })).rejects.toThrow();
  expect(await store.get()).toMatchObject({ textSize: 18 });
});

test("a mirror is kept as references take it, blanks are none, and a wrong one is refused with all its faults", async () => {
  expect(await store.set({ registryMirror: " registry.example:5000/mirror/ " })).toMatchObject({ registryMirror: "registry.example:5000/mirror" });
  await expect(store.set({ textSize: 20, registryMirror: "https://registry.example:0" })).rejects.toMatchObject({ code: "input.registry-mirror", faults: [{ code: "settings.mirror-scheme" }, { code: "settings.mirror-port" }] });
  expect(await store.get()).toMatchObject({ textSize: 14, registryMirror: "registry.example:5000/mirror" });
  expect((await store.set({ registryMirror: "  " })).registryMirror).toBeUndefined();
  expect(await mirrorOf(store)()).toBeUndefined();
});

test("images come from the settings' mirror, unless the environment names one; one that was written into the file by hand is judged when it is wanted", async () => {
  await store.set({ registryMirror: "registry.example:5000" });
  expect(await mirrorOf(store)()).toBe("registry.example:5000");
  vi.stubEnv("REMPART_REGISTRY_MIRROR", "127.0.0.1:5000/m/");
  expect(await mirrorOf(store)()).toBe("127.0.0.1:5000/m");
  vi.stubEnv("REMPART_REGISTRY_MIRROR", "127.0.0.1:5000/M");
  await expect(mirrorOf(store)()).rejects.toMatchObject({ code: "input.registry-mirror", faults: [{ path: "REMPART_REGISTRY_MIRROR" }] });
  vi.unstubAllEnvs();
  await writeFile(store.file, '{"registryMirror":"http://mirror","theme":"dark"}');
  expect(await store.get()).toMatchObject({ theme: "dark", registryMirror: "http://mirror" });
  await expect(mirrorOf(store)()).rejects.toMatchObject({ faults: [{ code: "settings.mirror-scheme", file: store.file }, { code: "settings.mirror-host" }] });
});

test("layouts are kept per lab, and a lab's name never leads to another file", async () => {
  await store.setLayout("06-vpc-build", { panes: [28, 72] });
  expect(await store.layout("06-vpc-build")).toEqual({ panes: [28, 72] });
  expect(await store.layout("07-other")).toEqual({});
  await store.forgetLayout("06-vpc-build");
  await store.forgetLayout("07-other");
  expect(await store.layout("06-vpc-build")).toEqual({});
  await expect(store.layout("../../etc/passwd")).rejects.toThrow(TypeError);
});

import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { guideFaults, splitGuide } from "./guideSteps.ts";
import { LabRegistry, loadLab } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import { labFileLimit, readLabFile } from "./safeLabFile.ts";

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "rempart-labs-")));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const labYml = (id: string, more = ""): string => `id: ${id}
title: { fr: T, en: T }
summary: { fr: S, en: S }
group: access
minutes: 5
memory_mb: 10
internet: { hosts: { laptop: { address: 203.0.113.50 } } }
steps:
  - { id: first, title: { fr: P, en: F } }
${more}`;

async function writeLab(folder: string, id: string, more = ""): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "lab.yml"), labYml(id, more));
  await writeFile(join(folder, "network.yml"), "vpcs: {}\n");
  for (const language of ["fr", "en"]) await writeFile(join(folder, `guide.${language}.md`), "# T\n\nHello.\n\n## F {#first}\n\nText.\n");
  return folder;
}

async function codesOf(promise: Promise<unknown>): Promise<string[]> {
  const error = await promise.then(() => undefined, (reason: unknown) => reason as { code: string; faults?: { code: string; file?: string }[] });
  return error ? [error.code, ...(error.faults ?? []).map((fault) => `${fault.code} ${fault.file ?? ""}`)] : [];
}

test("offers the labs of a folder in order, and keeps a faulty one from hiding the others", async () => {
  await writeLab(join(root, "02-b"), "02-b");
  await writeLab(join(root, "01-a"), "01-a");
  await writeLab(join(root, "03-c"), "03-c", "checks: [ { id: x } ]");
  const registry = new LabRegistry(root);
  expect((await registry.list()).map((loaded) => loaded.lab.id)).toEqual(["01-a", "02-b"]);
  expect(await registry.unreadable()).toMatchObject([{ folder: join(root, "03-c"), error: { code: "input.invalid-lab" } }]);
  await expect(registry.get("03-c")).rejects.toMatchObject({ code: "input.invalid-lab" });
  await expect(registry.get("04-d")).rejects.toMatchObject({ code: "input.unknown-lab" });
});

test("adds a folder, reads it again when asked again, and refuses a taken id", async () => {
  await writeLab(join(root, "ours", "01-a"), "01-a");
  const registry = new LabRegistry(join(root, "ours"));
  const mine = await writeLab(join(root, "mine"), "mine");
  expect(await registry.add(mine)).toMatchObject({ ours: false, folder: mine });
  await writeFile(join(mine, "network.yml"), "vpcs: { foo: { cidr_block: 10.0.0.0/16 } }\n");
  expect((await registry.add(mine)).startNetwork).toContain("foo");
  expect((await registry.get("mine")).startNetwork).toContain("foo");
  for (const id of ["01-a", "mine"]) {
    expect(await codesOf(registry.add(await writeLab(join(root, `copy-of-${id}`), id)))).toEqual(["input.lab-id-taken"]);
  }
  expect((await registry.add(join(root, "ours", "01-a"))).ours).toBe(true);
});

test("lists every fault of every file at once", async () => {
  const folder = await writeLab(join(root, "xy"), "xy", "broken: { one: { title: { fr: T, en: T }, network: broken/none.yml, fails: [nothing] } }");
  await writeFile(join(folder, "network.yml"), "subnets: { a: { vpc: none, cidr_block: 10.0.0.0/21 } }\n");
  await writeFile(join(folder, "guide.en.md"), "## Other {#second}\n\nText.\n");
  const codes = await codesOf(loadLab(folder, false));
  expect(codes[0]).toBe("input.invalid-lab");
  expect(codes).toEqual(expect.arrayContaining(["lab.file-missing broken/none.yml", "guide.step-missing guide.en.md", "guide.unknown-step guide.en.md"]));
  expect(codes.some((code) => code.endsWith(" lab.yml"))).toBe(true);
  expect(codes.some((code) => code.endsWith(" network.yml"))).toBe(true);
});

test("a folder without a lab is refused", async () => {
  expect(await codesOf(loadLab(join(root, "none"), false))).toEqual(["input.no-lab-folder"]);
  expect(await codesOf(loadLab(root, false))).toEqual(["input.no-lab-folder"]);
});

test("nothing outside the lab's folder is read, however it is named", async () => {
  const folder = await writeLab(join(root, "xy"), "xy");
  await writeFile(join(root, "secret"), "secret");
  await symlink(join(root, "secret"), join(folder, "link"));
  await symlink(root, join(folder, "up"));
  await symlink(join(folder, "network.yml"), join(folder, "inside"));
  for (const path of ["../secret", "/etc/hostname", "a/../../secret", "link", "up/secret", "up", ".", "..\\secret"]) {
    expect(await codesOf(readLabFile(folder, path)), path).toEqual(["input.path-escapes"]);
  }
  expect(await readLabFile(folder, "inside")).toBe("vpcs: {}\n");
  expect(await readLabFile(folder, "absent/too")).toBeUndefined();
});

test("only regular files of a sensible size are read", async () => {
  const folder = await writeLab(join(root, "xy"), "xy");
  await mkdir(join(folder, "folder"));
  await writeFile(join(folder, "large"), "x".repeat(labFileLimit + 1));
  expect(await codesOf(readLabFile(folder, "folder"))).toEqual(["input.not-a-file"]);
  expect(await codesOf(readLabFile(folder, "large"))).toEqual(["input.file-too-large"]);
});

test("a copy of each lab of ours, elsewhere, is a lab", { timeout: 30_000 }, async () => {
  for (const loaded of await new LabRegistry(resolvePaths().labAssets).list()) {
    const copy = join(root, loaded.lab.id);
    await cp(loaded.folder, copy, { recursive: true });
    expect((await loadLab(copy, false)).lab).toEqual(loaded.lab);
  }
});

test("every step of our labs ends with something to see: a check or a question, and both languages tell it", async () => {
  for (const { lab, guides } of await new LabRegistry(resolvePaths().labAssets).list()) {
    for (const step of lab.steps) expect(step.checks.length + step.questions.length, `${lab.id} ${step.id}`).toBeGreaterThan(0);
    const inSteps = new Set(lab.steps.flatMap((step) => step.checks));
    expect(lab.checks.filter((check) => !inSteps.has(check.id)).map((check) => check.id)).toEqual([]);
    const commands = (text: string): string[] => [...text.matchAll(/```sh.*\n[\s\S]*?```/g)].map((match) => match[0]);
    expect(commands(guides.en)).toEqual(commands(guides.fr));
  }
});

test("a guide is cut at its step headings, not inside code", () => {
  const parts = splitGuide("---\ntitle: T\n---\n\n# T\n\nHello.\n\n## One {#one}\n\n```sh\n## Two {#two}\n```\n\n### Part\n\n## Three {#three}\nText.\n## One {#one}\nAgain.\n");
  expect(parts.introduction).toBe("Hello.");
  expect([...parts.steps.keys()]).toEqual(["one", "three"]);
  expect(parts.steps.get("three")).toBe("Text.");
  expect(parts.duplicates).toEqual(["one"]);
});

test("a guide that is told twice or not at all is at fault", async () => {
  const { lab } = await loadLab(await writeLab(join(root, "xy"), "xy"), false);
  expect(guideFaults(lab, "## F {#first}\na\n## F {#first}\nb\n", "en").map((fault) => fault.code)).toEqual(["guide.duplicate-step"]);
  expect(guideFaults(lab, "## F {#first}\n", "en").map((fault) => fault.code)).toEqual(["guide.step-missing"]);
});

import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { classWorkbook } from "../grading/classWorkbook.ts";
import { reportSizeLimit } from "../grading/readReport.ts";
import { asPage, seenCheck, testReport, type TestReportOptions } from "../grading/testReport.ts";
import { RempartError } from "../model/errors.ts";
import { chooseValues } from "../model/variants.ts";
import { ClassService } from "./classService.ts";
import { digestOfLab } from "./labDigest.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const { labAssets } = resolvePaths();
const lab = "06-vpc-build";
let folder: string;
let digest: string;
let registry: LabRegistry;
let service: ClassService;
const report = (options: TestReportOptions): ReturnType<typeof testReport> => testReport({ lab, digest, ...options });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-class-"));
  digest = await digestOfLab(join(labAssets, lab));
  // One lab is enough: reading all of ours takes longer than all that is tested here.
  await cp(join(labAssets, lab), join(folder, "labs", lab), { recursive: true });
  registry = new LabRegistry(join(folder, "labs"));
  service = new ClassService(registry);
});
afterAll(() => rm(folder, { recursive: true }));

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(folder, "x-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return path;
}

describe("a folder of reports", () => {
  it("is graded by the labs of this machine, whatever else lies there", async () => {
    const path = await folderWith({
      "alice.html": asPage(report({ student: "Alice" })),
      "group-b/bob.json": JSON.stringify(report({ student: "Bob", attempt: "attempt of Alice" })),
      "group-b/bob.pdf": "%PDF-1.7",
      "carol.pdf": "%PDF-1.7",
      "page.html": "<!doctype html><html><body>hello</body></html>",
      "cut.json": JSON.stringify(report({ student: "Dora" })).slice(0, -40),
      "notes.txt": "not looked at",
      ".hidden.json": "{}",
    });
    await symlink("/etc/passwd", join(path, "link.json"));
    execFileSync("mkfifo", [join(path, "pipe.json")]);
    const { rows, copies } = await service.grade(path);
    expect(rows.map(({ file, verdict, grade }) => [file, verdict.state, verdict.lab, grade?.checks.length !== undefined])).toEqual([
      ["carol.pdf", "not-a-report", undefined, false],
      ["cut.json", "truncated", undefined, false],
      ["page.html", "not-a-report", undefined, false],
      ["alice.html", "intact", "same", true],
      ["group-b/bob.json", "intact", "same", true],
    ]);
    expect(copies.filter(({ strength }) => strength === "certain")).toHaveLength(1);
  });

  it("with a file of 100 MB, or a link to a device, harms nothing", async () => {
    const path = await folderWith({ "a.json": "" });
    const handle = await open(join(path, "big.json"), "w");
    await handle.truncate(100_000_000);
    await handle.close();
    const before = process.memoryUsage().rss;
    expect((await service.grade(path)).rows.map(({ file, verdict }) => [file, verdict.state])).toEqual([["a.json", "not-a-report"], ["big.json", "too-big"]]);
    expect(process.memoryUsage().rss - before).toBeLessThan(reportSizeLimit);
    await symlink("/dev/zero", join(path, "zero.json"));
    expect((await service.verify(join(path, "zero.json"))).row.verdict.state).toBe("not-a-report");
    expect((await service.verify(path)).row.verdict.state).toBe("not-a-report");
  });

  it("that is not there is an error, and so is a file that is not", async () => {
    await expect(service.grade(join(folder, "nowhere"))).rejects.toMatchObject({ code: "input.no-such-folder" });
    await expect(service.verify(join(folder, "nowhere.json"))).rejects.toMatchObject({ code: "input.no-such-file" });
  });
});

describe("an instructor's file", () => {
  it("is judged with all its faults before anything is graded", async () => {
    const path = await folderWith({ "hidden.yml": `lab: ${lab}\npoints: {nothing: 2, neither: 1}\n`, "none.yml": "checks: []\n", "other.yml": "lab: 99-nowhere\n" });
    const refused: unknown = await service.grade(path, [join(path, "hidden.yml")]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RempartError);
    expect(refused).toMatchObject({ code: "input.invalid-instructor-file", faults: [{ path: "points.nothing", line: 2 }, { path: "points.neither", line: 2 }] });
    await expect(service.grade(path, [join(path, "none.yml")])).rejects.toMatchObject({ code: "input.invalid-instructor-file" });
    await expect(service.grade(path, [join(path, "other.yml")])).rejects.toMatchObject({ code: "input.unknown-lab" });
    await expect(service.grade(path, [join(path, "nowhere.yml")])).rejects.toMatchObject({ code: "input.no-such-file" });
  });

  it("adds its checks to the grade", async () => {
    const path = await folderWith({
      "hidden.yml": `lab: ${lab}\nchecks:\n  - {kind: network, id: hidden-range, title: {fr: a, en: a}, expect: [{value: "\${vpcs.foo.cidr_block}", equals: 10.0.0.0/16}], points: 7}\n`,
      "a.json": JSON.stringify(report({})),
    });
    const [without] = (await service.grade(path)).rows;
    const [graded] = (await service.grade(path, [join(path, "hidden.yml")])).rows;
    expect(graded?.grade?.of).toBe((without?.grade?.of ?? 0) + 7);
    expect(graded?.grade?.checks.at(-1)).toMatchObject({ check: "hidden-range", hidden: true, outcome: "unproven" });
  });

  it("follows the variant of each student", async () => {
    const { lab: loaded, startNetwork } = await registry.get(lab);
    const starts = [1, 2, 3, 4, 5, 6].map((seed) => ({ seed, start: chooseValues(loaded.variants, seed)["vpc.start"] ?? "" }));
    const [one, other] = [starts[0], starts.find(({ start }) => start !== starts[0]?.start)];
    const own = chooseValues(loaded.variants, undefined)["vpc.start"] ?? "";
    const handedIn = (student: string, variant: typeof one, start = variant?.start ?? ""): string =>
      JSON.stringify(report({ student, seed: variant?.seed ?? null, steps: [{ type: "network.applied", network: startNetwork.replaceAll(`${own}.`, `${start}.`), plan: { create: 0, change: 0, replace: 0, destroy: 0, changes: [] }, addresses: {} }] }));
    const path = await folderWith({
      "hidden.yml": `lab: ${lab}\nchecks:\n  - {kind: network, id: hidden-range, title: {fr: a, en: a}, expect: [{value: "\${vpcs.foo.cidr_block}", equals: "<<vpc.start>>.0.0/16"}], points: 7}\n`,
      "unknown.yml": `lab: ${lab}\nchecks:\n  - {kind: network, id: hidden-range, title: {fr: a, en: a}, expect: [{value: "x", equals: "<<nothing>>"}]}\n`,
      "a.json": handedIn("Alice", one),
      "b.json": handedIn("Bob", other),
      "c.json": handedIn("Carol", other, one?.start),
    });
    const { rows } = await service.grade(path, [join(path, "hidden.yml")]);
    expect(rows.map(({ student, grade }) => [student, grade?.checks.at(-1)?.outcome])).toEqual([["Alice", "passed"], ["Bob", "passed"], ["Carol", "failed"]]);
    await expect(service.grade(path, [join(path, "unknown.yml")])).rejects.toMatchObject({ faults: [{ code: "lab.unknown-value", line: 3 }] });
  });
});

it("two hundred reports are graded, compared and written in far less than ten seconds", async () => {
  const many: Record<string, string> = {};
  const { lab: loaded, startNetwork } = await registry.get(lab);
  for (let index = 0; index < 200; index++) {
    const steps = Array.from({ length: 12 }, (_, number) => seenCheck(loaded.checks[number % loaded.checks.length]?.id ?? "", number > 6, { command: "curl", output: `HTTP 200\n${"x".repeat(number * 10)}` }));
    const commands = Array.from({ length: 12 }, (_, number) => ({ type: "terminal.command" as const, node: "laptop", command: `ping ${index} ${number}`, output: `answer ${index * number} `.repeat(60) }));
    const answers = [{ type: "question.answered" as const, question: "why", answer: `Because number ${index} ${"says so with many words ".repeat(20)}${index * 7919}` }];
    const student = `Student ${index}`;
    const made = report({ student, start: Date.UTC(2026, 10, 28) + index * 1_234_567, steps: [{ type: "network.applied", network: `${startNetwork}\n# ${index}`, plan: { create: 0, change: 0, replace: 0, destroy: 0, changes: [] }, addresses: {} }, ...steps, ...commands, ...answers], network: `${startNetwork}\nvpcs2: ${index}` });
    many[`${index}.${index % 2 === 0 ? "json" : "html"}`] = index % 2 === 0 ? JSON.stringify(made) : asPage(made);
  }
  const path = await folderWith(many);
  // Time of this process alone: what else the computer does says nothing about us. The bench measures by the clock.
  const before = process.cpuUsage();
  const table = await service.grade(path);
  const workbook = await classWorkbook(table, "fr");
  const used = process.cpuUsage(before);
  const seconds = (used.user + used.system) / 1_000_000;
  expect(table.rows).toHaveLength(200);
  expect(table.rows.every(({ verdict }) => verdict.state === "intact")).toBe(true);
  expect(table.copies).toEqual([]);
  expect(Buffer.from(workbook.subarray(0, 2)).toString()).toBe("PK");
  expect(seconds).toBeLessThan(10);
}, 240_000);

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeRuntime } from "../checks/fakeRuntime.ts";
import type { CheckObservation } from "../contract/contract.ts";
import { GradingService } from "./gradingService.ts";

const texts = { fr: "f", en: "e" };
const timing = { failingMilliseconds: 10, passingMilliseconds: 10, longestMilliseconds: 20, confirmMilliseconds: 1, typedMilliseconds: 1 };
let folder: string;
let told: CheckObservation[];
let grading: GradingService;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rempart-grading-"));
  told = [];
  grading = newService();
});
afterEach(async () => {
  await grading.stop();
  await rm(folder, { recursive: true, force: true });
});

function newService(slower: Partial<typeof timing> = {}): GradingService {
  return new GradingService({ folderOf: () => folder, emit: (_, seen) => told.push(seen), timing: { ...timing, ...slower } });
}

const open = { id: "open", kind: "connect", from: "laptop", to: "10.0.80.20", port: 80, expect: "open" };
const closed = { ...open, id: "closed", port: 22, expect: "timeout", control: "open" };
const steps = [
  { id: "one", title: texts, checks: ["open"], hints: [texts, { fr: "f2", en: "e2" }], questions: [{ id: "why", text: texts }], solve: { commands: [{ node: "server", run: "fix-it" }] } },
  { id: "two", title: texts, solve: { network: "solution.yml" } },
];

test("observations, hints, answers and solved steps survive a restart", async () => {
  const runtime = fakeRuntime({ checks: [open], lab: { steps } });
  expect((await grading.latest(runtime.loaded))[0]?.state).toBe("unknown");
  await grading.run(runtime, undefined, { limitMilliseconds: 0 });
  expect(await grading.hint(runtime.loaded, "one")).toHaveLength(1);
  expect(await grading.hint(runtime.loaded, "one")).toHaveLength(2);
  expect(await grading.hint(runtime.loaded, "one")).toHaveLength(2);
  await grading.answer(runtime.loaded, "why", "because");
  await grading.solve(runtime, "one");
  await grading.stop();

  const next = newService();
  expect((await next.latest(runtime.loaded))[0]?.state).toBe("passed");
  const { steps: told } = await next.describeSteps(runtime.loaded);
  expect(told[0]).toMatchObject({ hintCount: 2, hints: [texts, { fr: "f2", en: "e2" }], questions: [{ answer: "because" }], solved: true, canSolve: true });
  expect(told[1]).toMatchObject({ solved: false });
});

test("what a check measured is kept when it fails later, and replaced when it measures something else", async () => {
  const measures = [{ table: "access", row: "ports", column: "ssh", read: "(\\d+)/open" }];
  const scan = { id: "scan", kind: "command", from: "laptop", run: "nmap", expect: { exit: 0 }, measures };
  let answer = { exitCode: 0, stdout: "22/open 80/open\n(done)\n" };
  const runtime = fakeRuntime({ checks: [scan], exec: () => answer });
  const measuredNow = async () => (await grading.progress(runtime.loaded)).measured.scan?.cells[0]?.values;
  await grading.run(runtime, undefined, { limitMilliseconds: 0 });
  expect(await measuredNow()).toEqual(["22", "80"]);
  answer = { exitCode: 1, stdout: "443/open\n(done)\n" };
  await grading.run(runtime, undefined, { limitMilliseconds: 0 });
  expect(await measuredNow()).toEqual(["22", "80"]);
  answer = { exitCode: 0, stdout: "443/open\n(done)\n" };
  await grading.run(runtime, undefined, { limitMilliseconds: 0 });
  // The summary is the same as at first: what was measured decides.
  await grading.run(runtime, undefined, { limitMilliseconds: 0 });
  await grading.stop();
  expect((await newService().progress(runtime.loaded)).measured.scan).toMatchObject({ command: "nmap", cells: [{ table: "test-lab/access", row: "ports", column: "ssh", values: ["443"] }] });
});

test("a progress file that is not ours is kept aside, not overwritten", async () => {
  await writeFile(join(folder, "progress.json"), "{ not json");
  expect((await grading.latest(fakeRuntime({ checks: [open] }).loaded))[0]?.state).toBe("unknown");
  expect(await readFile(join(folder, "progress.json.corrupt"), "utf8")).toBe("{ not json");
});

test("a solution's command that fails is told, and the step is not recorded as solved", async () => {
  const runtime = fakeRuntime({ lab: { steps }, exec: () => ({ exitCode: 3, stderr: "no such thing" }) });
  await expect(grading.solve(runtime, "one")).rejects.toMatchObject({ code: "lab.solution-failed" });
  expect((await grading.progress(runtime.loaded)).solved).toEqual({});
});

test("the rounds of a solution come one after the other, and its own network and commands last", async () => {
  for (const name of ["broken", "mended"]) await writeFile(join(folder, `${name}.yml`), name);
  const round = (network: string, run: string) => ({ network, commands: [{ node: "server", run }] });
  const runtime = fakeRuntime({ lab: { steps: [{ id: "drill", title: texts, solve: { rounds: [round("broken.yml", "look"), { commands: [{ node: "server", run: "spoil" }] }], ...round("mended.yml", "look again") } }] }, folder, exec: () => ({}) });
  await grading.solve(runtime, "drill");
  expect(runtime.applied).toEqual(["broken", "mended"]);
  expect(runtime.executed.map(({ command }) => /look again|look|spoil/.exec(command.join(" "))?.[0])).toEqual(["look", "spoil", "look again"]);
});

test("a solution's network is filled with what the student has", async () => {
  await writeFile(join(folder, "solution.yml"), 'public_key: "{{laptop:/home/ops/.ssh/id.pub}}"\n');
  const runtime = fakeRuntime({ lab: { steps }, folder, exec: () => ({ stdout: "ssh-ed25519 AAAA me\n" }) });
  await grading.solve(runtime, "two");
  expect(runtime.applied).toEqual(['public_key: "ssh-ed25519 AAAA me"\n']);

  const before = fakeRuntime({ lab: { steps }, folder, exec: () => ({ exitCode: 1 }) });
  await expect(grading.solve(before, "two")).rejects.toMatchObject({ code: "lab.solution-needs-earlier-step" });
  expect(before.applied).toEqual([]);
});

test("what is not there is refused by code", async () => {
  const runtime = fakeRuntime({ lab: { steps: [...steps, { id: "read", title: texts }] } });
  await expect(grading.hint(runtime.loaded, "none")).rejects.toMatchObject({ code: "input.unknown-step" });
  await expect(grading.answer(runtime.loaded, "none", "x")).rejects.toMatchObject({ code: "input.unknown-question" });
  await expect(grading.solve(runtime, "read")).rejects.toMatchObject({ code: "lab.no-solution" });
});

test("while watched, a change is seen without being asked for; a negative follows its control", async () => {
  let isOpen = false;
  const exec = (_: string, command: readonly string[]) => (command.at(-1) === "80" && isOpen ? {} : { exitCode: 1, stderr: "Ncat: TIMEOUT." });
  const runtime = fakeRuntime({ checks: [closed, open], exec });
  const states = async (): Promise<string[]> => (await grading.latest(runtime.loaded)).map((seen) => seen.state);
  await grading.watch(runtime, true);
  await vi.waitFor(async () => expect(await states()).toEqual(["blocked", "failed"]), { timeout: 15_000 });
  isOpen = true;
  await vi.waitFor(async () => expect(await states()).toEqual(["passed", "passed"]), { timeout: 15_000 });
  isOpen = false;
  await vi.waitFor(async () => expect(await states()).toEqual(["blocked", "failed"]), { timeout: 15_000 });
});

test("a command typed in a terminal has failing checks looked at soon, and passing ones no sooner than usual", async () => {
  const looks = { "80": 0, "22": 0 };
  const exec = (_: string, command: readonly string[]) => {
    const port = command.at(-1) === "80" ? "80" : "22";
    looks[port] += 1;
    return port === "22" ? {} : { exitCode: 1, stderr: "Ncat: REFUSED." };
  };
  const slow = newService({ failingMilliseconds: 60_000, passingMilliseconds: 60_000, longestMilliseconds: 60_000 });
  const runtime = fakeRuntime({ checks: [open, { ...open, id: "ssh", port: 22 }], exec });
  const seen = async (): Promise<string[]> => (await slow.latest(runtime.loaded)).map(({ state }) => state);
  await slow.watch(runtime, true);
  await vi.waitFor(async () => expect(await seen()).toEqual(["failed", "passed"]), { timeout: 15_000 });
  const before = { ...looks };
  slow.labTyped("another-lab");
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(looks).toEqual(before);
  slow.labTyped("test-lab");
  await vi.waitFor(() => expect(looks["80"]).toBeGreaterThan(before["80"]), { timeout: 15_000 });
  expect(looks["22"]).toBe(before["22"]);
  await slow.stop();
});

test("a single stray answer changes nothing", async () => {
  let looks = 0;
  const runtime = fakeRuntime({ checks: [open], exec: () => ((looks += 1) === 5 ? { exitCode: 1, stderr: "Ncat: TIMEOUT." } : {}) });
  await grading.watch(runtime, true);
  await vi.waitFor(() => expect(looks).toBeGreaterThan(8), { timeout: 15_000 });
  expect(new Set(told.map((seen) => seen.state))).toEqual(new Set(["passed"]));
});

test("watching lasts as long as the last watcher, and pauses while the lab is down", async () => {
  let looks = 0;
  const runtime = fakeRuntime({ checks: [open], exec: () => ((looks += 1), {}) });
  const rest = () => new Promise((resolve) => setTimeout(resolve, 60));
  await grading.watch(runtime, true);
  await grading.watch(runtime, true);
  await grading.watch(runtime, false);
  await vi.waitFor(() => expect(looks).toBeGreaterThan(2), { timeout: 15_000 });
  grading.stopWatching("test-lab");
  await rest();
  const paused = looks;
  await rest();
  expect(looks).toBe(paused);
  grading.labChanged("test-lab");
  await vi.waitFor(() => expect(looks).toBeGreaterThan(paused), { timeout: 15_000 });
  await grading.watch(runtime, false);
  await rest();
  const ended = looks;
  grading.labChanged("test-lab");
  await rest();
  expect(looks).toBe(ended);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CheckObservation } from "../contract/contract.ts";
import { readAttempt } from "../reports/attempt.ts";
import { AttemptRecorder } from "./attemptRecorder.ts";
import { makeScrub } from "./scrub.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "rempart-recorder-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const scrub = makeScrub({ labsFolder: "/home/ada/rempart", home: "/home/ada", user: "ada", host: "adas-laptop.home" });
const recorder = (where = folder) =>
  new AttemptRecorder({
    folderOf: () => where,
    startOf: () => Promise.resolve({ lab: { id: "my-lab", digest: "0".repeat(64) }, rempart: "1.0.0", platform: "linux x64", language: "fr", seed: null }),
    scrubOf: () => Promise.resolve(scrub),
  });
const seen = (state: CheckObservation["state"], output = ""): CheckObservation => ({ id: "web", state, command: "curl", output, milliseconds: 1 });
const check = (state: CheckObservation["state"], output = "") => ({ type: "check.changed" as const, check: "web", passed: state === "passed", observation: seen(state, output) });

describe("recording", () => {
  it("begins an attempt with the first event, and writes a check only when its state is another one", async () => {
    const one = recorder();
    for (const state of ["failed", "failed", "passed", "passed", "failed"] as const) one.tell("my-lab", check(state));
    const attempt = readAttempt(await one.events("my-lab"));
    expect(attempt.faults).toEqual([]);
    expect(attempt.events.map(({ type }) => type)).toEqual(["attempt.started", "check.changed", "check.changed", "check.changed"]);
    expect(attempt.checks.get("web")?.seen.map(({ observation }) => observation.state)).toEqual(["failed", "passed", "failed"]);
    // Another process knows what was written.
    const other = recorder();
    other.tell("my-lab", check("failed"));
    other.tell("my-lab", check("blocked"));
    expect(readAttempt(await other.events("my-lab")).events).toHaveLength(5);
  });

  it("takes this computer out of what was seen, and cuts what is long", async () => {
    const one = recorder();
    one.tell("my-lab", check("failed", `ada@adas-laptop:/home/ada/rempart/my-lab$ ls /home/ada/x adasson ${"y".repeat(50_000)}`));
    one.tell("my-lab", { type: "network.applied", network: "instances: { ada: {} } # /home/ada/key", plan: { create: 1, change: 0, replace: 0, destroy: 0, changes: [] }, addresses: {} });
    const events = await one.events("my-lab");
    const text = JSON.stringify(events);
    expect(text).toContain("user@computer:~/rempart/my-lab$ ls ~/x adasson");
    expect(text).toContain("instances: { ada: {} } # ~/key");
    expect(text.length).toBeLessThan(20_000);
    expect(readAttempt(events).faults).toEqual([]);
  });

  it("returns at once, and survives a folder that cannot be written", async () => {
    await writeFile(join(folder, "file"), "");
    const broken = recorder(join(folder, "file"));
    broken.tell("my-lab", { type: "lab.started" });
    await broken.settle();
    expect(await broken.events("my-lab").catch(() => "refused")).toBe("refused");
  });

  it("remembers consent from the log, and forgets an attempt with its folder", async () => {
    const one = recorder();
    expect(await one.consent("my-lab")).toBe(false);
    one.tell("my-lab", { type: "terminals.consent", given: true });
    one.tell("my-lab", { type: "terminals.consent", given: true });
    expect(one.hasConsent("my-lab")).toBe(true);
    expect(await one.events("my-lab")).toHaveLength(2);
    const other = recorder();
    expect(await other.consent("my-lab")).toBe(true);
    await other.forget("my-lab");
    await rm(folder, { recursive: true });
    other.tell("my-lab", { type: "lab.started" });
    expect(await other.consent("my-lab")).toBe(false);
    expect(readAttempt(await other.events("my-lab")).events.map(({ type }) => type)).toEqual(["attempt.started", "lab.started"]);
  });
});

describe("taking a computer out of texts", () => {
  it("leaves names that the lab itself uses, and those that say nothing", () => {
    const personal = { labsFolder: "/root/rempart", home: "/root", user: "root", host: "web" };
    expect(makeScrub(personal, "instances: { web: {} }").text("root@web:/root/x /root/rempart/y")).toBe("root@web:/root/x ~/rempart/y");
    expect(makeScrub(personal).text("ssh web webserver")).toBe("ssh computer webserver");
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isEmpty } from "../fabric/diff.ts";
import { predictPath } from "../model/packetPath.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { observeAll, questionKey } from "../testing/allPairs.ts";
import { runLabCommands } from "./labSolution.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";
import { ownLinks } from "./runningLabParts.ts";

/** Longer than the repair waits after what it hears. */
const repairSettles = 1500;

let harness: Harness;
let lab: RunningLab;
beforeAll(async () => {
  harness = await createHarness();
  lab = harness.lab(await new LabRegistry(resolvePaths().labAssets).get("01-cable-switch-router"), true);
  await lab.up();
  await runLabCommands(lab, lab.loaded.lab.steps.flatMap((step) => step.solve?.commands ?? []), "the solution");
});
afterAll(async () => {
  await lab.down(true);
  await harness.dispose();
});

/** Addresses that a machine has, without the loopback's. */
async function addressesOf(node: string): Promise<string[]> {
  const { stdout } = await lab.exec(node, ["ip", "-4", "-brief", "address", "show"]);
  return [...stdout.matchAll(/\b(\d+\.\d+\.\d+\.\d+)\/\d+/g)].flatMap((match) => match[1] ?? []).filter((address) => !address.startsWith("127."));
}

test("what a student sets in the machines stays: the repair does not touch it, and the model claims to know nothing of it", async () => {
  const nodes = lab.cloud().nodes.map((node) => node.name);
  const before = await Promise.all(nodes.map(addressesOf));
  await sleep(repairSettles);
  expect(await Promise.all(nodes.map(addressesOf))).toEqual(before);
  expect(lab.findings).toEqual([]);
  expect(lab.disconnected).toEqual(new Set());
  expect(isEmpty(await lab.wiring.damage(lab.machines.pids, ownLinks(lab.cloud())))).toBe(true);

  const hosts = nodes.flatMap((name, index) => (name.startsWith("r") ? [] : (before[index] ?? [])));
  expect(hosts.sort()).toEqual(["192.168.10.11", "192.168.10.12", "192.168.10.13", "192.168.10.14", "192.168.20.15", "192.168.30.16"]);
  const questions = nodes.flatMap((from) => hosts.map((to) => ({ from, to, protocol: "icmp" as const })));
  const observed = await observeAll(lab, questions);
  expect(questions.filter((question) => observed.get(questionKey(question)) !== "open")).toEqual([]);
  expect(new Set(questions.map((question) => predictPath(lab.cloud(), question).verdict))).toEqual(new Set(["unknown"]));
});

test("a machine that restarts has its cables again, and forgot what was typed", async () => {
  await harness.engine.restartContainer(lab.machines.containerOf("a"));
  await lab.machines.refresh("a");
  await lab.repairWiring();
  expect(await addressesOf("a")).toEqual([]);
  expect((await lab.exec("a", ["ip", "-brief", "link", "show", "eth1"])).stdout).toMatch(/^eth1@\S+\s+UP/);
  expect(await addressesOf("b")).toEqual(["192.168.10.12"]);
});

test("a socket that a student switches off stays off", async () => {
  expect((await lab.exec("d", ["ip", "link", "set", "eth0", "down"])).exitCode).toBe(0);
  await sleep(repairSettles);
  expect((await lab.exec("d", ["ip", "-brief", "link", "show", "eth0"])).stdout).toMatch(/^eth0@\S+\s+DOWN/);
  expect(lab.findings).toEqual([]);
});

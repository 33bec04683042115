import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ExecResult } from "../engine/containerEngine.ts";
import { addressesOnInternet, worldlyQuestions } from "../testing/captureOnInternet.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

let harness: Harness;
let lab: RunningLab;
beforeAll(async () => {
  harness = await createHarness();
  lab = harness.lab(await new LabRegistry(resolvePaths().labAssets).get("02-dns-hierarchy"));
  await lab.up();
});
afterAll(() => harness.dispose());

const sh = (node: string, command: string): Promise<ExecResult> => lab.exec(node, ["bash", "-c", command], { user: "root", timeoutMilliseconds: 30_000 });
const dig = async (question: string): Promise<string> => (await sh("laptop", `dig +time=2 +tries=1 ${question}`)).stdout;

it("asks nobody outside the lab, whatever the name, from the start of its servers on", { timeout: 90_000 }, async () => {
  await vi.waitUntil(async () => (await dig("@203.0.113.201 com NS +norecurse")).includes("a.gtld-servers.net"), { timeout: 20_000, interval: 200 });
  await sh("resolver", "sed -i 's/203.0.113.80$/203.0.113.201/' /etc/bind/root.hints");
  const addresses = await addressesOnInternet(harness, lab, async () => {
    for (const node of ["resolver", "root", "tld", "ns-example-com", "ns-example-org"]) {
      const restarted = await sh(node, "rndc stop; for i in {1..50}; do pgrep -x named > /dev/null || break; sleep 0.1; done; named -4 -n 1 -u bind -c /etc/bind/named.conf && sleep 0.5");
      expect(restarted.exitCode, node).toBe(0);
    }
    await vi.waitUntil(async () => (await dig("www.example.com")).includes("203.0.113.80"), { timeout: 20_000, interval: 200 });
    for (const question of worldlyQuestions) await dig(question);
  });
  expect(addresses.length).toBeGreaterThan(20);
  expect(addresses).toContain("203.0.113.201");
  expect([...new Set(addresses)].filter((address) => !address.startsWith("203.0.113."))).toEqual([]);
});

it("a name server that was killed comes back with its zones, changes of the student included", { timeout: 60_000 }, async () => {
  await sh("ns-example-com", "sed -i 's/^www.example.com. .* A .*/www.example.com. 300 IN A 203.0.113.81/' /etc/bind/zones/db.example.com && rndc reload example.com");
  await vi.waitUntil(async () => (await dig("@203.0.113.203 +short www.example.com")).trim() === "203.0.113.81", { timeout: 10_000, interval: 200 });
  await harness.engine.restartContainer(lab.machines.containerOf("ns-example-com"));
  await lab.machines.refresh("ns-example-com");
  await lab.repairWiring();
  await vi.waitUntil(async () => (await dig("@203.0.113.203 +short www.example.com")).trim() === "203.0.113.81", { timeout: 30_000, interval: 300 });
});

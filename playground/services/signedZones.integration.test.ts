import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { addressesOnInternet, worldlyQuestions } from "../testing/captureOnInternet.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

const domain = "fundamentals-of-devops-example.com";
let harness: Harness;
let lab: RunningLab;
beforeAll(async () => {
  harness = await createHarness();
  const loaded = await new LabRegistry(resolvePaths().labAssets).get("04-dns-operations");
  lab = harness.lab(loaded);
  await lab.up();
  await lab.applyNetwork(await readFile(join(loaded.folder, "solution/network.yml"), "utf8"));
});
afterAll(() => harness.dispose());

const sh = async (node: string, command: string): Promise<string> => (await lab.exec(node, ["bash", "-c", command], { user: "root", timeoutMilliseconds: 30_000 })).stdout;
const dig = (question: string): Promise<string> => sh("laptop", `dig +time=3 +tries=1 ${question}`);

it("the chain of trust reaches from the root's key to the student's zone, as soon as its parent vouches for it", { timeout: 60_000 }, async () => {
  for (const zone of [".", "com", "org", "net", "uk"]) expect(await dig(`+dnssec ${zone} SOA`), zone).toMatch(/flags: [a-z ]*\bad\b/);
  expect(await dig(`+dnssec www.${domain}`)).not.toMatch(/flags: [a-z ]*\bad\b/);
  expect(await sh("laptop", "registrar set-ds --help")).toContain("KEYTAG ALGORITHM DIGEST-TYPE DIGEST");
  await sh("laptop", `registrar set-ds ${domain} $(dig +norecurse @203.0.113.203 ${domain} DNSKEY | dnssec-dsfromkey -2 -f - ${domain} | sed 's/.* DS //')`);
  await sh("resolver", "unbound-control flush_zone com");
  expect(await dig(`+dnssec www.${domain}`)).toMatch(/status: NOERROR[^]*flags: [a-z ]*\bad\b[^]*RRSIG/);
});

it("the validating resolver asks nobody outside the lab, whatever the name, from its start on", { timeout: 90_000 }, async () => {
  const addresses = await addressesOnInternet(harness, lab, async () => {
    await sh("resolver", "unbound-control stop; for i in {1..50}; do pgrep -x unbound > /dev/null || break; sleep 0.1; done; unbound -c /etc/unbound/unbound.conf");
    await vi.waitUntil(async () => (await dig(`+dnssec www.${domain}`)).includes("RRSIG"), { timeout: 20_000, interval: 200 });
    for (const question of worldlyQuestions) await dig(question);
  });
  expect(addresses.length).toBeGreaterThan(20);
  expect(addresses).toContain("203.0.113.201");
  expect([...new Set(addresses)].filter((address) => !address.startsWith("203.0.113."))).toEqual([]);
});

it("a resolver and a registry that were killed come back with the key and the DS records that they had", { timeout: 120_000 }, async () => {
  for (const node of ["resolver", "root", "tld"]) {
    await harness.engine.restartContainer(lab.machines.containerOf(node));
    await lab.machines.refresh(node);
  }
  await lab.repairWiring();
  await vi.waitUntil(async () => /flags: [a-z ]*\bad\b/.test(await dig(`+dnssec www.${domain}`)), { timeout: 40_000, interval: 500 });
});

it("a root that was made anew has another key, and the next start hands that one over", { timeout: 120_000 }, async () => {
  const before = await sh("resolver", "cat /etc/unbound/root.key");
  await harness.engine.removeContainer(lab.machines.containerOf("root"));
  await lab.machines.refresh("root");
  await lab.up();
  expect(await sh("resolver", "cat /etc/unbound/root.key")).not.toBe(before);
  await vi.waitUntil(async () => /flags: [a-z ]*\bad\b/.test(await dig(`+dnssec www.${domain}`)), { timeout: 40_000, interval: 500 });
});

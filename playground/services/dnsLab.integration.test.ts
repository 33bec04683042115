import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ExecResult } from "../engine/containerEngine.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { fabricNode } from "./containerSpecs.ts";
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
  const fabric = lab.machines.containerOf(fabricNode);
  await harness.engine.exec(fabric, ["bash", "-c", "ip netns exec inet tcpdump -n -l -i any 'ip and not arp' > /tmp/dns-capture 2> /tmp/dns-capture.log & echo $! > /tmp/dns-capture.pid; sleep 1"]);
  for (const node of ["resolver", "root", "tld", "ns-example-com", "ns-example-org"]) {
    const restarted = await sh(node, "rndc stop; for i in {1..50}; do pgrep -x named > /dev/null || break; sleep 0.1; done; named -4 -n 1 -u bind -c /etc/bind/named.conf && sleep 0.5");
    expect(restarted.exitCode, node).toBe(0);
  }
  await vi.waitUntil(async () => (await dig("www.example.com")).includes("203.0.113.80"), { timeout: 20_000, interval: 200 });
  // Names that exist in the real world, a private reverse name, keys of the real root: all end at the lab's root.
  for (const question of ["debian.org", "www.wikipedia.org AAAA", "-x 10.0.0.1", "-x 198.41.0.4", ". DNSKEY", "version.bind CH TXT", "m.root-servers.net"]) await dig(question);
  await harness.engine.exec(fabric, ["bash", "-c", "sleep 1; kill $(cat /tmp/dns-capture.pid); sleep 0.3"]);
  const { stdout } = await harness.engine.exec(fabric, ["cat", "/tmp/dns-capture"]);
  const addresses = [...stdout.matchAll(/ IP (\d+\.\d+\.\d+\.\d+)(?:\.\d+)? > (\d+\.\d+\.\d+\.\d+)/g)].flatMap(([, from = "", to = ""]) => [from, to]);
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

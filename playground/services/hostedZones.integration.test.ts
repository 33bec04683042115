import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

const domain = "fundamentals-of-devops-example.com";
const servers = ["203.0.113.203", "203.0.113.204"];
let harness: Harness;
let lab: RunningLab;
let solution: string;
beforeAll(async () => {
  harness = await createHarness();
  const loaded = await new LabRegistry(resolvePaths().labAssets).get("03-domain-zone-records");
  solution = await readFile(join(loaded.folder, "solution/network.yml"), "utf8");
  lab = harness.lab(loaded);
  await lab.up();
  await lab.applyNetwork(solution);
});
afterAll(() => harness.dispose());

const sh = async (node: string, command: string): Promise<string> => (await lab.exec(node, ["bash", "-c", command], { user: "root", timeoutMilliseconds: 30_000 })).stdout.trim();
const ask = (question: string): Promise<string[]> => Promise.all(servers.map((server) => sh("laptop", `dig @${server} +norecurse +time=3 ${question} | sort`)));
const serials = async (): Promise<number[]> => (await ask(`+short ${domain} SOA`)).map((answer) => Number(answer.split(" ")[2]));
const containers = (): string[] => lab.machines.all.map((machine) => `${machine.container} ${machine.startedAt}`).sort();

it("an apply of what is there already reloads nothing", { timeout: 60_000 }, async () => {
  const before = [await serials(), await sh("ns-hosted-1", "cat /var/log/named/named.log")];
  await lab.apply();
  expect([await serials(), await sh("ns-hosted-1", "cat /var/log/named/named.log")]).toEqual(before);
});

it("a changed record is answered when the apply returns, by every server, with a higher serial number, on the same machines", { timeout: 60_000 }, async () => {
  const [before, machines] = [await serials(), containers()];
  await lab.applyNetwork(solution.replace(", \"${instances.web-3.public_ip}\"", "").replace("ttl: 300", "ttl: 20"));
  expect(await ask(`+noall +answer www.${domain} | tr -s ' \\t' ' '`)).toEqual(servers.map(() => `www.${domain}. 20 IN A 203.0.113.11\nwww.${domain}. 20 IN A 203.0.113.12`));
  for (const [index, serial] of (await serials()).entries()) expect(serial).toBeGreaterThan(before[index] ?? Infinity);
  expect(containers()).toEqual(machines);
});

it("an alias is the address of its instance, and a zone that is taken away is served no more", { timeout: 60_000 }, async () => {
  await lab.applyNetwork(solution.replace("    records:\n", '    records:\n      - { name: "@", type: A, alias: web-2 }\n'));
  expect(await ask(`+short ${domain} A`)).toEqual(["203.0.113.12", "203.0.113.12"]);
  await lab.applyNetwork(lab.loaded.startNetwork);
  for (const answer of await ask(`${domain} A`)) expect(answer).toContain("REFUSED");
  expect(await sh("ns-hosted-1", "ls /etc/bind/hosted")).toBe("zones.conf");
});

it("a zone that is signed is so on every server with one key, changes stay signed, and it can cease", { timeout: 90_000 }, async () => {
  const signing = solution.replace(`name: ${domain}\n`, `name: ${domain}\n    dnssec: { signing_status: SIGNING }\n`);
  await lab.applyNetwork(signing);
  const keys = await ask(`+short ${domain} DNSKEY`);
  expect(keys[0]).toMatch(/^257 3 13 /);
  expect(keys[1]).toBe(keys[0]);
  const before = await serials();
  await lab.applyNetwork(signing.replace("ttl: 300", "ttl: 20"));
  for (const answer of await ask(`+noall +answer +dnssec www.${domain}`)) expect(answer).toMatch(/\s20\s+IN\s+RRSIG\s+A 13 3 20 /);
  for (const [index, serial] of (await serials()).entries()) expect(serial).toBeGreaterThan(before[index] ?? Infinity);
  await lab.applyNetwork(solution);
  for (const answer of await ask(`+noall +answer +dnssec www.${domain}`)) expect(answer).not.toContain("RRSIG");
  await lab.applyNetwork(signing);
  expect(await ask(`+short ${domain} DNSKEY`)).toEqual(keys);
});

it("a name server and a registry that were killed come back with all that was changed", { timeout: 120_000 }, async () => {
  await lab.applyNetwork(solution);
  const ordered = await lab.exec("laptop", ["bash", "-c", `registrar register ${domain} --contact A --email a@example.com && registrar set-name-servers ${domain} ns-1262.awsdns-29.org ns-153.awsdns-19.com`]);
  expect(ordered.exitCode, `${ordered.stdout}${ordered.stderr}`).toBe(0);
  for (const node of ["ns-hosted-1", "tld", "registrar"]) {
    await harness.engine.restartContainer(lab.machines.containerOf(node));
    await lab.machines.refresh(node);
  }
  await lab.repairWiring();
  await vi.waitUntil(async () => (await ask(`+short www.${domain}`)).every((answer) => answer === "203.0.113.11\n203.0.113.12\n203.0.113.13"), { timeout: 30_000, interval: 300 });
  await vi.waitUntil(async () => (await sh("laptop", `registrar show ${domain} 2>&1`)).includes("ns-153.awsdns-19.com"), { timeout: 30_000, interval: 300 });
});

it("nobody but the registrar changes the registry's zone", { timeout: 30_000 }, async () => {
  const update = `printf '%s\\n' 'server 203.0.113.202' 'zone com.' 'update add stolen-example.com. 60 NS ns-153.awsdns-19.com.' send | nsupdate 2>&1; echo "exit $?"`;
  expect(await sh("laptop", update)).toMatch(/REFUSED[^]*exit 2/);
  expect(await sh("registrar", update)).toBe("exit 0");
});

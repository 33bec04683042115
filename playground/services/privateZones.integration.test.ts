import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { compileFabric } from "../fabric/compile.ts";
import { isEmpty } from "../fabric/diff.ts";
import { parseLabFile } from "../model/labFile.ts";
import { predictPath } from "../model/packetPath.ts";
import { edit } from "../model/testCloud.ts";
import { allQuestions, observeAll, questionKey } from "../testing/allPairs.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { RunningLab } from "./runningLab.ts";

const labText = `
id: private-zones
title: { fr: Essai, en: Test }
summary: { fr: Essai, en: Test }
group: dns
minutes: 1
memory_mb: 100
internet:
  hosts:
    laptop: { address: 203.0.113.50, role: laptop }
    public-resolver: { address: 203.0.113.53, role: resolver, services: [dns] }
    root: { address: 203.0.113.201, role: name-server, services: [dns] }
    elsewhere: { address: 203.0.113.80, services: [whoami] }
dns:
  resolver: public-resolver
  zones:
    .: { name_servers: { a.root-servers.net: root } }
    example.com: { name_servers: { ns.example.com: root }, records: [{ name: www, type: A, records: [203.0.113.10] }, { name: elsewhere, type: A, records: [203.0.113.80] }] }
    example.org: { name_servers: { ns.example.org: root }, records: [{ name: www, type: A, records: [203.0.113.80] }] }
`;
/** `app` has no way out whatever: no route, an ACL that denies everything, a group that lets nothing out. Bar is a peer, without a zone. */
const networkText = `
vpcs: { foo: { cidr_block: 10.0.0.0/16 }, bar: { cidr_block: 10.1.0.0/16 } }
subnets:
  foo-public: { vpc: foo, cidr_block: 10.0.0.0/24 }
  foo-private: { vpc: foo, cidr_block: 10.0.80.0/24 }
  bar-private: { vpc: bar, cidr_block: 10.1.80.0/24 }
internet_gateways: { foo-igw: { vpc: foo } }
peering_connections: { foo-bar: { vpc: foo, peer_vpc: bar } }
elastic_ips: { web-ip: { public_ip: 203.0.113.10, instance: web } }
route_tables:
  public: { vpc: foo, subnets: [foo-public], routes: [{ destination: 0.0.0.0/0, target: foo-igw }, { destination: 10.1.0.0/16, target: foo-bar }] }
  private: { vpc: foo, subnets: [foo-private], routes: [{ destination: 10.0.0.0/24, target: blackhole }] }
  bar: { vpc: bar, subnets: [bar-private], routes: [{ destination: 10.0.0.0/16, target: foo-bar }] }
network_acls: { closed: { vpc: foo, subnets: [foo-private] } }
security_groups:
  open: { vpc: foo, ingress: [{ protocol: all, cidr_blocks: [0.0.0.0/0] }] }
  sealed: { vpc: foo, egress: [] }
instances:
  web: { subnet: foo-public, private_ip: 10.0.0.10, vpc_security_groups: [open], services: [whoami] }
  app: { subnet: foo-private, private_ip: 10.0.80.20, vpc_security_groups: [sealed] }
  peer: { subnet: bar-private, private_ip: 10.1.80.20 }
hosted_zones:
  inside:
    name: example.com
    vpcs: [foo]
    records:
      - { name: www, type: A, alias: web }
      - { name: backend, type: A, ttl: 300, records: ["\${instances.app.private_ip}"] }
      - { name: shop, type: CNAME, records: [www.example.org] }
`;

let harness: Harness;
let lab: RunningLab;
let resolverFile = "";
beforeAll(async () => {
  harness = await createHarness();
  const parsed = parseLabFile(labText);
  if (!parsed.lab) throw new Error(JSON.stringify(parsed.faults));
  const loaded: LoadedLab = { lab: parsed.lab, folder: "/nowhere", ours: false, startNetwork: networkText, guides: { fr: "", en: "" } };
  lab = harness.lab(loaded, true);
  await lab.up();
  resolverFile = await sh("app", "cat /etc/resolv.conf");
});
afterAll(() => harness.dispose());

const sh = async (node: string, command: string): Promise<string> => (await lab.exec(node, ["bash", "-c", command], { user: "root", timeoutMilliseconds: 30_000 })).stdout.trim();
const ask = (node: string, question: string): Promise<string> => sh(node, `dig +time=2 +tries=1 ${question}`);
const containers = (): string[] => lab.machines.all.map((machine) => `${machine.container} ${machine.startedAt}`).sort();

it("the apply returns when the VPC's own resolver answers its instances, whatever routes, network ACLs and security groups say", async () => {
  expect(resolverFile).toContain("nameserver 10.0.0.2");
  expect(await ask("app", "+short backend.example.com")).toBe("10.0.80.20");
  expect(await ask("app", "+short +tcp www.example.com")).toBe("10.0.0.10");
  expect(await sh("app", "getent hosts www.example.com")).toMatch(/^10\.0\.0\.10\s/);
  expect(await ask("app", "no.example.com")).toContain("status: NXDOMAIN");
  expect(await ask("app", "example.com SOA")).toContain("ns-0.awsdns-00.com.");
});

it("split view: who asks from the Internet has the public answer, and never hears of the private one", { timeout: 60_000 }, async () => {
  await vi.waitUntil(async () => (await ask("laptop", "+short www.example.com")) === "203.0.113.10", { timeout: 20_000, interval: 200 });
  expect(await ask("laptop", "backend.example.com")).toContain("status: NXDOMAIN");
  // A private zone hides the whole public one of its name, as in AWS.
  expect(await ask("app", "elsewhere.example.com")).toContain("status: NXDOMAIN");
  expect(await ask("laptop", "+short elsewhere.example.com")).toBe("203.0.113.80");
});

it("names of the Internet resolve without NAT, also at the end of a CNAME, and nothing leaves the lab", { timeout: 60_000 }, async () => {
  const fabric = lab.machines.containerOf(fabricNode);
  await harness.engine.exec(fabric, ["bash", "-c", "for n in inet vpc-foo; do ip netns exec $n tcpdump -n -l -i any 'ip and not arp' > /tmp/capture-$n 2> /dev/null & echo $!; done > /tmp/capture-pids; sleep 1"]);
  expect(await ask("app", "+short www.example.org")).toBe("203.0.113.80");
  expect(await ask("app", "+short shop.example.com")).toBe("www.example.org.\n203.0.113.80");
  for (const question of ["debian.org", "-x 10.0.0.1", "-x 198.41.0.4", "www.wikipedia.org AAAA"]) expect(await ask("app", question), question).toContain("status: NXDOMAIN");
  await harness.engine.exec(fabric, ["bash", "-c", "sleep 1; kill $(cat /tmp/capture-pids); sleep 0.3"]);
  const { stdout } = await harness.engine.exec(fabric, ["bash", "-c", "cat /tmp/capture-*"]);
  const addresses = [...stdout.matchAll(/ IP (\d+\.\d+\.\d+\.\d+)(?:\.\d+)? > (\d+\.\d+\.\d+\.\d+)/g)].flatMap(([, from = "", to = ""]) => [from, to]);
  expect(addresses).toEqual(expect.arrayContaining(["10.0.0.2", "203.0.113.201"]));
  expect([...new Set(addresses)].filter((address) => !address.startsWith("203.0.113.") && !address.startsWith("10.0."))).toEqual([]);
});

it("is predicted right, from everywhere to every address, and nothing of it looks damaged", { timeout: 60_000 }, async () => {
  const questions = allQuestions(lab.cloud(), [53, 80]);
  const observed = await observeAll(lab, questions);
  const differ = questions.flatMap((question) => {
    const predicted = predictPath(lab.cloud(), question).verdict;
    return predicted === "unknown" || predicted === observed.get(questionKey(question)) ? [] : [`${questionKey(question)}: predicted ${predicted}, observed ${observed.get(questionKey(question))}`];
  });
  expect(differ).toEqual([]);
  expect(questions.filter((question) => question.to === "10.0.0.2" && observed.get(questionKey(question)) === "open").map(questionKey)).toEqual(["web > 10.0.0.2 tcp/53", "web > 10.0.0.2 udp/53", "app > 10.0.0.2 tcp/53", "app > 10.0.0.2 udp/53"]);
  const damage = await lab.wiring.damage(lab.machines.pids, new Set());
  expect(isEmpty(damage) ? {} : damage).toEqual({});
});

it("it answers nobody outside its VPC: no peer, no host of the Internet, nothing but questions", { timeout: 60_000 }, async () => {
  const outside = /\beth1\s+inet (203\.0\.113\.\d+)/.exec(await sh("resolver-foo", "ip -o -4 address"))?.[1] ?? "";
  expect(outside).not.toBe("");
  // They do reach what they may reach.
  expect(await sh("peer", "curl -s -m 3 http://10.0.0.10")).toContain("10.1.80.20");
  expect(await sh("laptop", "curl -s -m 3 http://203.0.113.80")).toContain("203.0.113.50");
  for (const [node, server] of [["peer", "10.0.0.2"], ["laptop", outside], ["laptop", "10.0.0.2"]] as const) {
    for (const how of ["", "+tcp "]) expect(await ask(node, `${how}@${server} www.example.com`), `${node} ${server} ${how}`).toMatch(/timed out|no servers could be reached/);
  }
  expect(await sh("peer", "cat /etc/resolv.conf")).not.toContain("10.");
  expect(await sh("web", "ping -c 1 -W 1 10.0.0.2 > /dev/null; echo $?")).toBe("1");
  expect(await sh("web", "timeout 2 bash -c 'exec 3<>/dev/tcp/10.0.0.2/80' 2>&1; echo $?")).toBe("124");
  // It asks nobody in its VPC.
  expect(await sh("resolver-foo", "timeout 2 bash -c 'exec 3<>/dev/tcp/10.0.0.10/80' 2>&1; echo $?")).toBe("124");
});

it("a changed record is answered when the apply returns, though the old one was to be kept for long, on machines that stay", { timeout: 60_000 }, async () => {
  const machines = containers();
  expect(await ask("app", "+short backend.example.com")).toBe("10.0.80.20");
  expect(await ask("app", "new.example.com")).toContain("status: NXDOMAIN");
  await lab.applyNetwork(edit(networkText, ['records: ["${instances.app.private_ip}"]', 'records: ["${instances.app.private_ip}", 10.0.80.21]'], ["      - { name: shop", "      - { name: new, type: A, records: [10.0.80.30] }\n      - { name: shop"]));
  expect((await ask("app", "+short backend.example.com")).split("\n").sort()).toEqual(["10.0.80.20", "10.0.80.21"]);
  expect(await ask("app", "+short new.example.com")).toBe("10.0.80.30");
  expect(containers()).toEqual(machines);
});

it("an apply of what is there already loads nothing, and what the resolver keeps stays", { timeout: 60_000 }, async () => {
  await ask("app", "www.example.org");
  const log = await sh("resolver-foo", "grep -c 'start of service' /var/log/unbound/unbound.log; unbound-control list_auth_zones");
  await lab.apply();
  expect(await sh("resolver-foo", "grep -c 'start of service' /var/log/unbound/unbound.log; unbound-control list_auth_zones")).toBe(log);
  await ask("app", "www.example.org");
  expect(await sh("resolver-foo", "tail -1 /var/log/unbound/unbound.log")).toMatch(/reply: 10\.0\.80\.20 www\.example\.org\. A IN NOERROR 0\.000000 1 /);
});

it("another VPC may join the zone, and the last zone takes the resolver with it, while the instances stay", { timeout: 90_000 }, async () => {
  const instances = (): string[] => ["web", "app", "peer"].map((node) => lab.machines.containerOf(node));
  const before = instances();
  await lab.applyNetwork(edit(networkText, ["vpcs: [foo]", "vpcs: [bar, foo]"]));
  expect(await sh("peer", "cat /etc/resolv.conf")).toContain("nameserver 10.1.0.2");
  expect(await ask("peer", "+short www.example.com")).toBe("10.0.0.10");
  await lab.applyNetwork(networkText.slice(0, networkText.indexOf("hosted_zones:")));
  expect(lab.cloud().nodes.map((node) => node.name)).not.toContain("resolver-foo");
  expect(await sh("app", "cat /etc/resolv.conf")).not.toContain("10.0.0.2");
  expect(await ask("app", "@10.0.0.2 www.example.com")).toMatch(/timed out|no servers could be reached/);
  expect(instances()).toEqual(before);
});

it("killed, it comes back with its zones and its cables", { timeout: 60_000 }, async () => {
  await lab.applyNetwork(networkText);
  const answers = (): Promise<boolean> => vi.waitUntil(async () => (await ask("app", "+short www.example.com")) === "10.0.0.10" && (await ask("app", "+short www.example.org")) === "203.0.113.80", { timeout: 30_000, interval: 300 });
  await answers();
  await harness.engine.restartContainer(lab.machines.containerOf("resolver-foo"));
  await lab.machines.refresh("resolver-foo");
  await lab.repairWiring();
  await answers();
  // A cable that somebody takes away is put back by itself.
  const link = compileFabric(lab.cloud()).links.find((entry) => entry.id === "resolver-foo:eth0")?.a.interface ?? "";
  await harness.engine.exec(lab.machines.containerOf(fabricNode), ["ip", "-n", "vpc-foo", "link", "del", link]);
  await answers();
});

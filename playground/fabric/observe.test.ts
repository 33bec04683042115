import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileFabric } from "./compile.ts";
import { isEmpty, type FabricChange } from "./diff.ts";
import { parseObservation, repairOf } from "./observe.ts";
import { changeScript } from "./script.ts";
import { cloudOf } from "./testPrograms.ts";

/** What iproute2 6.1 and nft 1.0 printed for the lab below while it ran. */
const recorded = readFileSync(new URL("recorded/observation.txt", import.meta.url), "utf8");

const program = compileFabric(
  cloudOf(
    "{ id: recorded, title: { fr: a, en: a }, summary: { fr: a, en: a }, group: private-networks, minutes: 1, memory_mb: 1, internet: {} }",
    `
vpcs: { bench: { cidr_block: 10.0.0.0/16 } }
internet_gateways: { igw: { vpc: bench } }
subnets:
  net-1: { vpc: bench, cidr_block: 10.0.1.0/24 }
  net-2: { vpc: bench, cidr_block: 10.0.2.0/24 }
route_tables:
  table-1: { vpc: bench, subnets: [net-1], routes: [{ destination: 0.0.0.0/0, target: igw }, { destination: 10.0.2.0/24, target: blackhole }] }
  table-2: { vpc: bench, subnets: [net-2], routes: [{ destination: 0.0.0.0/0, target: igw }] }
security_groups: { all: { vpc: bench, ingress: [{ protocol: tcp, cidr_blocks: [0.0.0.0/0] }, { protocol: udp, cidr_blocks: [0.0.0.0/0] }] } }
instances:
  node-1-1: { subnet: net-1, private_ip: 10.0.1.10, vpc_security_groups: [all] }
  node-2-1: { subnet: net-2, private_ip: 10.0.2.10, vpc_security_groups: [all] }
`,
  ),
);
const digests = new Map([...parseObservation(recorded).namespaces].map(([name, entry]) => [name, entry.rulesetDigest]));
const none: ReadonlySet<string> = new Set();

/** What would have to be repaired if the system had printed this. */
const repairAfter = (output: string, ownLinks = none): FabricChange => repairOf(program, parseObservation(output), digests, { ownLinks });
/** The same as lines of the script. */
const linesAfter = (output: string): string[] => changeScript(repairAfter(output), new Map([["node-1-1", 1001], ["node-2-1", 1002]])).split("\n");

describe("parseObservation", () => {
  const router = parseObservation(recorded).namespaces.get("vpc-bench");

  it("reads interfaces, addresses, rules and routes of every namespace", () => {
    expect([...parseObservation(recorded).namespaces.keys()]).toEqual(["vpc-bench", "inet"]);
    expect(router?.interfaces.get("igw")).toBe(true);
    expect(router?.interfaces.size).toBe(4);
    expect(router?.addresses.get("lo")).toEqual(["10.0.1.1/32", "10.0.2.1/32"]);
    expect(router?.addresses.get("igw")).toEqual(["169.254.128.2/30"]);
    expect(router?.rules.find((rule) => rule.priority === 2000)).toEqual({ priority: 2000, input: undefined, table: 99, isStrange: false });
    expect(router?.rules.filter((rule) => rule.input !== undefined).map((rule) => rule.table)).toEqual([101, 102]);
    expect(router?.routes).toContainEqual({ table: 101, destination: "10.0.2.0/24", kind: "blackhole", device: undefined, via: undefined });
    expect(router?.routes).toContainEqual({ table: 102, destination: "default", kind: "unicast", device: "igw", via: "169.254.128.1" });
  });

  it("leaves out what the kernel made by itself", () => {
    expect(router?.routes.filter((route) => route.destination.startsWith("169.254.") || route.destination.startsWith("127."))).toEqual([]);
  });

  it("throws on what is no output of iproute2", () => {
    expect(() => parseObservation('@namespace a\n[{"ifname":1}]\n@rules\n[]\n@routes\n[]\n@ruleset\n')).toThrow();
  });

  it("knows nothing of a system without namespaces", () => {
    expect(parseObservation("").namespaces.size).toBe(0);
  });
});

describe("repairOf", () => {
  it("equals the program on a system that is as it should be", () => {
    expect(isEmpty(repairAfter(recorded))).toBe(true);
  });

  it("has a link that vanished repaired, with its routes", () => {
    const port = program.links.find((link) => link.id === "node-1-1:eth0")?.a.interface ?? "";
    const change = repairAfter(recorded.replace(`"ifname":"${port}"`, '"ifname":"other"'));
    expect(change.addedLinks.map((link) => link.id)).toEqual(["node-1-1:eth0"]);
    expect(change.namespaces.flatMap((entry) => entry.setRoutes.map((route) => route.destination))).toEqual(["10.0.1.10/32"]);
  });

  it("has a link that is down repaired, unless its machine may set it down itself", () => {
    const port = program.links.find((link) => link.id === "node-1-1:eth0")?.a.interface ?? "";
    const down = recorded.replace(new RegExp(`("ifname":"${port}".*?"operstate":)"UP"`), '$1"LOWERLAYERDOWN"');
    expect(down).not.toBe(recorded);
    expect(repairAfter(down).addedLinks.map((link) => link.id)).toEqual(["node-1-1:eth0"]);
    expect(isEmpty(repairAfter(down, new Set(["node-1-1:eth0"])))).toBe(true);
  });

  it("has a missing route, and only that, put back", () => {
    const change = repairAfter(recorded.replace('{"type":"blackhole","dst":"10.0.2.0/24","table":"101","flags":[]},', ""));
    expect(change.addedLinks).toEqual([]);
    expect(change.namespaces).toHaveLength(1);
    expect(change.namespaces[0]).toMatchObject({ name: "vpc-bench", removedRoutes: [], addedRules: [], ruleset: undefined });
    expect(change.namespaces[0]?.setRoutes).toEqual([{ table: 101, destination: "10.0.2.0/24", kind: "blackhole", device: undefined, via: undefined }]);
  });

  it("has a route that nobody asked for taken away, and one with another target corrected", () => {
    const strange = repairAfter(recorded.replace('{"type":"blackhole","dst":"10.0.2.0/24","table":"101","flags":[]},', '$&{"dst":"192.0.2.0/24","dev":"igw","table":"101","scope":"link","flags":[]},'));
    expect(strange.namespaces[0]?.removedRoutes.map((route) => route.destination)).toEqual(["192.0.2.0/24"]);
    const turned = repairAfter(recorded.replace('"gateway":"169.254.128.1","dev":"igw","table":"101"', '"gateway":"169.254.128.77","dev":"igw","table":"101"'));
    expect(turned.namespaces[0]?.setRoutes).toEqual([{ table: 101, destination: "default", kind: "unicast", device: "igw", via: "169.254.128.1" }]);
  });

  it("has a missing rule put back", () => {
    const change = repairAfter(recorded.replace('{"priority":2000,"src":"all","table":"99"},', ""));
    expect(change.namespaces[0]?.addedRules).toEqual([{ priority: 2000, input: undefined, table: 99 }]);
  });

  const withRule = (rule: string): string => recorded.replace('{"priority":2000,"src":"all","table":"99"}', `$&,${rule}`);

  it.each([
    ["at a priority of its own", '{"priority":999,"src":"10.0.1.10","table":"99"}', ["rule del priority 999"]],
    ["that turns back what enters by a port", '{"priority":999,"src":"all","iif":"igw","table":"102"}', ["rule del priority 999"]],
    ["that drops by its mark", '{"priority":5,"src":"all","fwmark":"0x1","action":"blackhole"}', ["rule del priority 5"]],
    ["of the same priority as one of ours", '{"priority":2000,"src":"all","table":"101"}', ["rule del priority 2000", "rule del priority 2000", "rule add priority 2000 lookup 99"]],
    ["like one of ours but for its source", '{"priority":2000,"src":"10.0.1.10","table":"99"}', ["rule del priority 2000", "rule del priority 2000", "rule add priority 2000 lookup 99"]],
    ["before all the kernel's own", '{"priority":0,"src":"all","table":"99"}', ["rule del priority 0", "rule del priority 0", "rule add priority 0 lookup 255"]],
  ])("has a rule too many taken away, %s, and ours of that priority set again", (_, rule, expected) => {
    const lines = linesAfter(withRule(rule));
    expect(lines.filter((line) => line.startsWith("rule "))).toEqual(expected);
    expect(lines.filter((line) => /^(link|route|address) /.test(line))).toEqual([]);
  });

  it("has a rule that every namespace is born with put back", () => {
    expect(linesAfter(recorded.replace('{"priority":32766,"src":"all","table":"main"},', "")).filter((line) => line.startsWith("rule "))).toEqual(["rule add priority 32766 lookup 254"]);
  });

  it("takes a rule for ours whose interface is not there for the moment", () => {
    const port = program.links.find((link) => link.id === "node-1-1:eth0")?.a.interface ?? "";
    const detached = recorded.replace(`"iif":"${port}"`, `"iif":"${port}","iif_detached":null`);
    expect(detached).not.toBe(recorded);
    expect(isEmpty(repairAfter(detached))).toBe(true);
  });

  it("has a link made again that lost its address, with the routes through it", () => {
    const lost = recorded.replace(/\{"family":"inet","local":"169\.254\.128\.2".*?\}/, "");
    expect(lost).not.toBe(recorded);
    const change = repairAfter(lost);
    expect(change.removedLinks.map((link) => link.id)).toEqual(["igw-bench"]);
    expect(change.addedLinks.map((link) => link.id)).toEqual(["igw-bench"]);
    const lines = linesAfter(lost);
    expect(lines).toContain("address add 169.254.128.2/30 dev igw");
    expect(lines.filter((line) => line.startsWith("route replace default via"))).toHaveLength(2);
  });

  it("has an address of the router itself put back, and a strange one taken away", () => {
    const change = repairAfter(recorded.replace('"local":"10.0.2.1","prefixlen":32', '"local":"10.0.7.7","prefixlen":32'));
    expect(change.namespaces).toMatchObject([{ name: "vpc-bench", removedAddresses: ["10.0.7.7/32"], addedAddresses: ["10.0.2.1/32"] }]);
  });

  it("has a ruleset that somebody changed replaced as a whole", () => {
    const change = repairAfter(recorded.replace("meta l4proto 17 return", "return"));
    expect(change.namespaces.map((entry) => entry.name)).toEqual(["vpc-bench"]);
    expect(change.namespaces[0]?.ruleset).toBe(program.namespaces.find((entry) => entry.name === "vpc-bench")?.ruleset);
  });

  it("has a namespace that vanished made again with everything in it", () => {
    const change = repairAfter(recorded.slice(recorded.indexOf("@namespace inet")));
    expect(change.addedNamespaces.map((entry) => entry.name)).toEqual(["vpc-bench"]);
    expect(change.addedLinks).toHaveLength(3);
    expect(change.namespaces.find((entry) => entry.name === "vpc-bench")?.addedRules).toHaveLength(3);
  });
});

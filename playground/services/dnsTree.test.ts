import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { testCloud } from "../model/testCloud.ts";
import type { DnsZone } from "../model/dnsView.ts";
import { askScript, parseAnswers, type DirectAnswer } from "./dnsAsk.ts";
import { describeTree, firstAsks, secondAsks, type TreeWorld } from "./dnsTree.ts";
import { possibleZones } from "./dnsTreeWatch.ts";

const addresses: Readonly<Record<string, string>> = { root: "203.0.113.1", tld: "203.0.113.2", one: "203.0.113.3", two: "203.0.113.4" };
const world: TreeWorld = { servers: Object.values(addresses), nodeOf: (address) => Object.keys(addresses).find((node) => addresses[node] === address) };
const zones = [".", "com", "example.com"];

/** As `dig` prints an answer; records are given as `section owner type value`. */
function said(server: string, name: string, type: string, flags: string, records: readonly string[] = [], status = "NOERROR"): string {
  const section = (title: string): string => {
    const lines = records.filter((record) => record.startsWith(`${title} `)).map((record) => record.split(" ")).map(([, owner = "", kind = "", ...value]) => `${owner === "." ? "." : `${owner}.`}\t300\tIN\t${kind}\t${value.join(" ")}`);
    return lines.length === 0 ? "" : `\n;; ${title} SECTION:\n${lines.join("\n")}\n`;
  };
  return `\n; <<>> DiG 9.18.49-1~deb12u1-Debian <<>> @${addresses[server] ?? server} ${name} ${type} +norecurse\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 1\n;; flags: ${flags}; QUERY: 1, ANSWER: 1\n\n;; QUESTION SECTION:\n;${name}.\t\tIN\t${type}\n${["ANSWER", "AUTHORITY", "ADDITIONAL"].map(section).join("")}\n;; Query time: 0 msec\n`;
}
const refused = (server: string, name: string): string => said(server, name, "NS", "qr", [], "REFUSED");
const healthy = [
  said("root", ".", "NS", "qr aa", ["ANSWER . NS a.root.net."]), said("root", "com", "NS", "qr", ["AUTHORITY com NS a.gtld.net.", "ADDITIONAL a.gtld.net A 203.0.113.2"]), said("root", "example.com", "NS", "qr", ["AUTHORITY com NS a.gtld.net."]),
  refused("tld", "."), said("tld", "com", "NS", "qr aa", ["ANSWER com NS a.gtld.net."]), said("tld", "example.com", "NS", "qr", ["AUTHORITY example.com NS ns1.example.com.", "ADDITIONAL ns1.example.com A 203.0.113.3"]),
  refused("one", "."), refused("one", "com"), said("one", "example.com", "NS", "qr aa", ["ANSWER example.com NS ns1.example.com."]),
  refused("two", "."), refused("two", "com"), refused("two", "example.com"),
  said("root", "a.root.net", "A", "qr aa", ["ANSWER a.root.net A 203.0.113.1"]),
  said("one", "ns1.example.com", "A", "qr aa", ["ANSWER ns1.example.com A 203.0.113.3"]),
];
/** The tree when some answers are others than in a sound one. */
function tree(...others: readonly string[]): DnsZone[] {
  const key = (text: string): string => /@\S+ \S+ \S+/.exec(text)?.[0] ?? "";
  const texts = [...healthy.filter((text) => !others.some((other) => key(other) === key(text))), ...others];
  return describeTree(zones, parseAnswers(texts.join("")), world);
}
const lowest = (list: readonly DnsZone[]): DnsZone | undefined => list.find((zone) => zone.name === "example.com");

describe("delegations", () => {
  test("a sound tree: each zone below its parent, each server where it is", () => {
    const list = tree();
    expect(list.map((zone) => [zone.name, zone.parent, zone.isDelegated, zone.servedBy.join(), zone.faults.length])).toEqual([[".", undefined, true, "root", 0], ["com", ".", true, "tld", 0], ["example.com", "com", true, "one", 0]]);
    expect(lowest(list)?.servers).toEqual([{ name: "ns1.example.com", address: "203.0.113.3", node: "one", atParent: true, atChild: true, hasGlue: true, state: "answers" }]);
  });

  test("a parent that knows nothing of a zone: it is served, and not delegated", () => {
    const zone = lowest(tree(said("tld", "example.com", "NS", "qr aa", [], "NXDOMAIN")));
    expect(zone).toMatchObject({ isDelegated: false, servedBy: ["one"] });
    expect(zone?.faults[0]?.fr).toContain("La zone com ne nomme aucun serveur pour example.com");
  });

  test("a server that answers, but not for this zone; and glue of another machine", () => {
    const zone = lowest(tree(said("tld", "example.com", "NS", "qr", ["AUTHORITY example.com NS ns1.example.com.", "ADDITIONAL ns1.example.com A 203.0.113.4"])));
    expect(zone?.servers[0]).toMatchObject({ node: "two", state: "lame" });
    expect(zone?.faults.map((fault) => fault.en)).toEqual(["ns1.example.com leads to two, which has no authority for example.com.", "The glue of ns1.example.com says 203.0.113.4, its own zone says 203.0.113.3."]);
  });

  test("glue that leads to nobody; the second round asks there", () => {
    const wrong = said("tld", "example.com", "NS", "qr", ["AUTHORITY example.com NS ns1.example.com.", "ADDITIONAL ns1.example.com A 203.0.113.99"]);
    expect(lowest(tree(wrong))?.servers[0]).toMatchObject({ address: "203.0.113.99", state: "silent" });
    expect(secondAsks(zones, parseAnswers([wrong, ...healthy.filter((text) => !text.includes("@203.0.113.2 example.com NS"))].join("")), world)).toContainEqual({ server: "203.0.113.99", name: "example.com", type: "NS" });
  });

  test("a name server within its own zone, without glue, is found by nobody", () => {
    const zone = lowest(tree(said("tld", "example.com", "NS", "qr", ["AUTHORITY example.com NS ns1.example.com."])));
    expect(zone?.servers[0]).toMatchObject({ state: "no-address", hasGlue: false });
    expect(zone?.faults[0]?.en).toContain("the glue is missing");
  });

  test("a name server that lies in another zone needs no glue", () => {
    const zone = lowest(tree(said("tld", "example.com", "NS", "qr", ["AUTHORITY example.com NS a.gtld.net."]), said("one", "example.com", "NS", "qr aa", ["ANSWER example.com NS a.gtld.net."]), said("tld", "a.gtld.net", "A", "qr aa", ["ANSWER a.gtld.net A 203.0.113.3"])));
    expect(zone?.servers[0]).toMatchObject({ node: "one", state: "answers", hasGlue: false });
    expect(zone?.faults).toEqual([]);
  });

  test("parent and zone that name different servers", () => {
    const zone = lowest(tree(said("one", "example.com", "NS", "qr aa", ["ANSWER example.com NS ns1.example.com.", "ANSWER example.com NS ns2.example.com."]), said("one", "ns2.example.com", "A", "qr aa", ["ANSWER ns2.example.com A 203.0.113.3"])));
    expect(zone?.faults.map((fault) => fault.fr)).toEqual(["Seule la zone nomme ns2.example.com : le parent n’en sait rien."]);
  });

  test("a zone that nobody serves any more is still delegated; a name without a zone is none", () => {
    expect(lowest(tree(refused("one", "example.com")))).toMatchObject({ servedBy: [], servers: [{ state: "lame" }] });
    expect(describeTree([...zones, "nothing.example.com"], parseAnswers(healthy.join("")), world)).toHaveLength(3);
  });
});

describe("signatures", () => {
  const key = "AAAA";
  const data = Buffer.concat([Buffer.from([1, 1, 3, 13]), Buffer.from(key, "base64")]);
  const tag = 257 + (3 << 8) + 13;
  const digest = createHash("sha256").update(Buffer.from("\x07example\x03com\x00", "latin1")).update(data).digest("hex");
  const ds = (text: string): string => said("tld", "example.com", "DS", "qr aa", [`ANSWER example.com DS ${tag} 13 2 ${text.slice(0, 56)} ${text.slice(56)}`]);
  const dnskey = (zone: string, server: string): string => said(server, zone, "DNSKEY", "qr aa", [`ANSWER ${zone} DNSKEY 257 3 13 ${key}`]);
  const state = (...others: readonly string[]): string | undefined => lowest(tree(...others))?.security;
  const comDigest = createHash("sha256").update(Buffer.from("\x03com\x00", "latin1")).update(data).digest("hex");
  const signedAbove = [dnskey(".", "root"), dnskey("com", "tld"), said("root", "com", "DS", "qr aa", [`ANSWER com DS ${tag} 13 2 ${comDigest}`])];

  test("the chain is whole only where each parent vouches for a key of its child", () => {
    expect(state()).toBe("unsigned");
    expect(state(dnskey("example.com", "one"))).toBe("island");
    expect(state(dnskey("example.com", "one"), ds(digest))).toBe("orphan");
    expect(state(dnskey("example.com", "one"), ds(digest), ...signedAbove)).toBe("secure");
    expect(state(dnskey("example.com", "one"), ds(digest.replace(/^../, "00")), ...signedAbove)).toBe("bogus");
    expect(lowest(tree(ds(digest), ...signedAbove))).toMatchObject({ security: "bogus", dsTags: [tag], keyTags: [] });
  });
});

test("the first round asks every server for every zone; the script asks each server in one go, and skips one that is dead", () => {
  expect(firstAsks(zones, world)).toHaveLength(12);
  const script = askScript([{ server: "203.0.113.1", name: "com", type: "NS" }, { server: "203.0.113.1", name: ".", type: "NS" }]);
  expect(script.match(/^ask 203/gm)).toHaveLength(1);
  expect(script).toContain("com NS +norecurse\n. NS +norecurse");
  const none: DirectAnswer[] = parseAnswers("; <<>> DiG 9.18 <<>> @203.0.113.9 com NS\n;; connection timed out; no servers could be reached\n");
  expect(none).toEqual([]);
});

test("zones come from the lab, the network, servers' own files and what was asked for", () => {
  const [first, ...others] = testCloud().nodes;
  const node = { ...first!, files: [{ path: "/etc/bind/named.conf", content: 'options {};\nzone "internal" {\n', mode: "644" }] };
  const lab = { dns: { zones: { "example.com": { name_servers: {}, ttl: 1, negative_ttl: 1, delegated: true, records: [] } }, hosted_zone_name_servers: {} } };
  expect(possibleZones(lab as never, { hostedZones: [{ name: "x", id: "z", domain: "my.org", records: [] } as never], nodes: [node, ...others] }, ["www.asked.net", "we ird.name"])).toEqual([".", "example.com", "com", "my.org", "org", "internal", "asked.net", "net", "name"]);
});

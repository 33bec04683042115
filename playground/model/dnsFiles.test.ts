import { describe, expect, test } from "vitest";
import { dnsFiles, zoneOf } from "./dnsFiles.ts";
import { signedZones } from "./dnssec.ts";
import { type Lab, labSchema } from "./lab.ts";
import { networkSchema } from "./network.ts";
import { resolveCloud } from "./resolve.ts";
import { validateLab } from "./validate.ts";

const texts = { fr: "f", en: "e" };
const labOf = (zones: Record<string, unknown>, resolver: string | undefined = "resolver"): Lab =>
  labSchema.parse({
    id: "names",
    title: texts,
    summary: texts,
    group: "dns",
    minutes: 1,
    memory_mb: 1,
    internet: {
      hosts: {
        laptop: { address: "203.0.113.50" },
        resolver: { address: "203.0.113.53", services: ["dns"] },
        root: { address: "203.0.113.201", services: ["dns"] },
        own: { address: "203.0.113.203", services: ["dns"] },
      },
    },
    dns: { ...(resolver === undefined ? {} : { resolver }), zones },
  });
const withUnbound = (lab: Lab, validates = false): Lab => {
  const hosts = lab.internet?.hosts ?? {};
  const resolver = hosts.resolver;
  if (!lab.internet || !lab.dns || !resolver) throw new Error("the lab has no resolver");
  return { ...lab, internet: { ...lab.internet, hosts: { ...hosts, resolver: { ...resolver, services: ["resolver"] } } }, dns: { ...lab.dns, dnssec_validation: validates } };
};
const root = { name_servers: { "a.root-servers.net": "root" } };
const example = { name_servers: { "ns1.example.com": "own" }, records: [{ name: "www", type: "A", ttl: 20, records: ["203.0.113.80"] }, { name: "@", type: "MX", records: ["10 mail.example.com"] }, { name: "@", type: "TXT", records: ['say "hi"'] }] };
const zoneFile = (lab: Lab, host: string, name: string): string[] =>
  (dnsFiles(lab, host).find((file) => file.path === `/etc/bind/zones/db.${name}`)?.content ?? "").split("\n").map((line) => line.replace(/\s+/g, " ").trim());
const codes = (zones: Record<string, unknown>, resolver?: string): string[] => validateLab(labOf(zones, resolver), networkSchema.parse({})).map((fault) => fault.code);

describe("zones as files", () => {
  const lab = labOf({ ".": root, com: { name_servers: { "a.gtld-servers.net": "root" } }, "example.com": example });
  test("a zone has its SOA, its servers, its records and its server's address", () => {
    expect(zoneFile(lab, "own", "example.com")).toEqual(
      expect.arrayContaining(["$TTL 300", "example.com. IN NS ns1.example.com.", "www.example.com. 20 IN A 203.0.113.80", "example.com. IN MX 10 mail.example.com.", 'example.com. IN TXT "say \\"hi\\""', "ns1.example.com. IN A 203.0.113.203"]),
    );
  });
  test("the parent delegates with glue, and nobody else does", () => {
    expect(zoneFile(lab, "root", "com")).toEqual(expect.arrayContaining(["example.com. IN NS ns1.example.com.", "ns1.example.com. IN A 203.0.113.203"]));
    expect(zoneFile(lab, "root", "root").join("\n")).toContain("com. IN NS a.gtld-servers.net.");
    expect(zoneFile(lab, "root", "root").join("\n")).not.toContain("example.com.");
    const alone = labOf({ ".": root, com: { name_servers: { "a.gtld-servers.net": "root" } }, "example.com": { ...example, delegated: false } });
    expect(zoneFile(alone, "root", "com").join("\n")).not.toContain("example.com.");
  });
  test("who has no part in it has no file, and every host asks the lab's resolver", () => {
    expect(dnsFiles(lab, "laptop")).toEqual([]);
    const cloud = resolveCloud(lab, networkSchema.parse({}));
    expect(cloud.nodes.map((node) => node.resolver?.family)).toEqual([4, 4, 4, 4]);
    expect(resolveCloud({ ...lab, dns: undefined }, networkSchema.parse({})).nodes[0]?.resolver).toBeUndefined();
  });
  test("no server speaks to anybody of its own accord", () => {
    for (const host of ["resolver", "root", "own"]) {
      const text = dnsFiles(lab, host)[0]?.content ?? "";
      for (const line of ["listen-on-v6 { none; };", "notify no;", "dnssec-validation no;", "empty-zones-enable no;"]) expect(text).toContain(line);
      expect(text).not.toContain("forwarders");
    }
    expect(dnsFiles(lab, "resolver").find((file) => file.path === "/etc/bind/root.hints")?.content).toContain("203.0.113.201");
  });
  test("a host of the service resolver runs unbound, which knows the lab's root alone, and asks nobody over IPv6", () => {
    const files = dnsFiles(withUnbound(lab), "resolver");
    expect(files.map((file) => file.path)).toEqual(["/etc/unbound/unbound.conf", "/etc/unbound/root.hints"]);
    for (const line of ["do-ip6: no", 'module-config: "iterator"', 'root-hints: "/etc/unbound/root.hints"', "log-replies: yes", "log-tag-queryreply: yes", "qname-minimisation: no"]) expect(files[0]?.content).toContain(line);
    expect(files[0]?.content).not.toMatch(/forward|trust-anchor/);
    expect(files[1]?.content).toContain("203.0.113.201");
    expect(dnsFiles(withUnbound(lab), "root").map((file) => file.path)).toContain("/etc/bind/named.conf");
  });
  test("told to validate, it has the place of the root's key", () => {
    const files = dnsFiles(withUnbound(lab, true), "resolver");
    expect(files[0]?.content).toContain('module-config: "validator iterator"');
    expect(files[0]?.content).toContain('trust-anchor-file: "/etc/unbound/root.key"');
    expect(files[2]).toMatchObject({ path: "/etc/unbound/root.key" });
    const signed = labOf({ ".": { ...root, dnssec: true } });
    expect(validateLab(withUnbound(signed, true), networkSchema.parse({}))).toEqual([]);
    expect(validateLab(withUnbound(lab, true), networkSchema.parse({})).map((fault) => fault.code)).toEqual(["dns.validation-without-root"]);
    expect(validateLab({ ...lab, dns: signed.dns && { ...signed.dns, dnssec_validation: true } }, networkSchema.parse({})).map((fault) => fault.code)).toEqual(["dns.validation-without-resolver"]);
  });
  test("a signed zone is signed by its server, which takes its children's DS records from itself alone; another is as it was", () => {
    const signed = labOf({ ".": { ...root, dnssec: true }, com: { name_servers: { "a.gtld-servers.net": "root" }, dnssec: true, updates_from: "laptop" }, "example.com": example });
    const text = dnsFiles(signed, "root")[0]?.content ?? "";
    expect(text).toContain('dnssec-policy "rempart" {');
    expect(text).toContain('zone "." { type primary; file "/var/cache/bind/db.root"; allow-update { 127.0.0.1; }; dnssec-policy "rempart"; };');
    expect(text).toContain('zone "com" { type primary; file "/var/cache/bind/db.com"; allow-update { 127.0.0.1; 203.0.113.50; }; dnssec-policy "rempart"; };');
    expect(dnsFiles(signed, "own")[0]?.content).not.toContain("dnssec-policy");
    expect(signedZones(signed.dns)).toEqual([
      { name: ".", node: "root", ttl: 300, parent: undefined },
      { name: "com", node: "root", ttl: 300, parent: { name: ".", node: "root", ttl: 300 } },
    ]);
  });
  test("a child of an unsigned parent, or one that is not delegated, has nobody to vouch for it", () => {
    const zones = { ".": root, com: { name_servers: { "a.gtld-servers.net": "root" }, dnssec: true }, "example.com": { ...example, dnssec: true, delegated: false } };
    expect(signedZones(labOf(zones).dns).map(({ name, parent }) => `${name} ${parent?.name ?? "-"}`)).toEqual(["com -", "example.com -"]);
  });
  test("the closest zone holds a name", () => {
    expect(zoneOf("www.example.com", [".", "com", "example.com", "ample.com"])).toBe("example.com");
    expect(zoneOf("anexample.com", [".", "com", "example.com"])).toBe("com");
    expect(zoneOf("a.net", [".", "com"])).toBe(".");
  });
});

describe("faults", () => {
  const withRecords = (records: unknown[]) => ({ ".": { ...root, records } });
  test.each([
    ["lab.unknown-node", { ".": { name_servers: { "a.root-servers.net": "nobody" } } }],
    ["dns.host-without-service", { ".": { name_servers: { "a.root-servers.net": "laptop" } } }],
    ["dns.no-root", { com: { name_servers: { "a.gtld-servers.net": "root" } } }],
    ["dns.no-name-server", { ".": { name_servers: {} } }],
    ["dns.name-server-record", { ".": root, "example.com": { ...example, records: [{ name: "ns1", type: "A", records: ["203.0.113.9"] }] } }],
    ["dns.signed-by-two", { ".": { name_servers: { "a.root-servers.net": "root", "b.root-servers.net": "own" }, dnssec: true } }],
    ["dns.duplicate-record-set", withRecords([{ name: "a", type: "A", records: ["203.0.113.9"] }, { name: "a", type: "A", records: ["203.0.113.8"] }])],
    ["dns.cname-not-alone", withRecords([{ name: "@", type: "CNAME", records: ["www.example.com"] }])],
    ["dns.cname-not-alone", withRecords([{ name: "a", type: "CNAME", records: ["b"] }, { name: "a", type: "A", records: ["203.0.113.9"] }])],
    ["dns.record-value", withRecords([{ name: "a", type: "A", records: ["2001:db8::1"] }])],
    ["dns.record-value", withRecords([{ name: "a", type: "MX", records: ["mail.example.com"] }])],
    ["dns.record-value", withRecords([{ name: "a", type: "TXT", records: ["two\nlines"] }])],
  ])("%s", (code, zones) => expect(codes(zones)).toContain(code));
  test("none in a sound tree", () => expect(codes({ ".": root, "example.com": example })).toEqual([]));
  test("a resolver that is not there", () => expect(codes({ ".": root }, "nobody")).toContain("lab.unknown-node"));
});

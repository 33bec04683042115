import { describe, expect, test } from "vitest";
import { buildTopology } from "./buildTopology.ts";
import type { Cloud } from "./cloud.ts";
import { hostedZonesConfiguration, hostedZoneText } from "./hostedZoneFiles.ts";
import { formatAddress } from "./ip.ts";
import { predictPath } from "./packetPath.ts";
import { planNetwork } from "./planDiff.ts";
import { resolveCloud } from "./resolve.ts";
import { edit, testCloud, testFiles, testLabText, testNetworkText } from "./testCloud.ts";
import { validateTexts } from "./validate.ts";
import { privateZonesConfiguration } from "./vpcResolverFiles.ts";

const dnsLabText = edit(testLabText, ["    whoami:", "    ns: {address: 203.0.113.203, services: [dns]}\n    whoami:"]) + `
dns:
  zones:
    .: {name_servers: {a.root-servers.net: ns}}
    com: {name_servers: {ns.com: ns}}
    example.org: {name_servers: {ns.example.org: ns}}
  hosted_zone_name_servers: {ns-1.example.net: ns}
`;
const zones = `hosted_zones:
  inside:
    name: shop.internal
    vpcs: [foo]
    records:
      - {name: db, type: A, ttl: 20, records: ["\${instances.app.private_ip}"]}
      - {name: web, type: A, alias: web}
      - {name: www, type: CNAME, records: [web.shop.internal]}
outputs:`;
const networkText = edit(testNetworkText, ["outputs:", zones]);
const cloudOf = (text = networkText, labText = testLabText): Cloud => testCloud(text, labText);
const cloud = cloudOf();
const node = (of: Cloud, name: string) => of.nodes.find((candidate) => candidate.name === name);
const addresses = (of: Cloud, name: string): string[] => (node(of, name)?.interfaces ?? []).map((entry) => `${entry.name} ${entry.attachment.kind} ${entry.address ? formatAddress(entry.address) : ""}/${entry.prefixLength ?? ""}`);

describe("a private zone", () => {
  test("gives its VPC a resolver at base + 2, whom the instances of that VPC ask, and nobody else", () => {
    expect(addresses(cloud, "resolver-foo")).toEqual(["eth0 vpc 10.0.0.2/16"]);
    expect(node(cloud, "resolver-foo")).toMatchObject({ kind: "resolver", role: "resolver", services: ["resolver"], terminal: false });
    expect(node(cloud, "resolver-bar")).toBeUndefined();
    const asked = (of: Cloud): string[] => of.nodes.flatMap(({ name, resolver }) => (resolver ? [`${name} ${formatAddress(resolver)}`] : []));
    expect(asked(cloud)).toEqual(["web 10.0.0.2", "app 10.0.0.2"]);
    expect(asked(cloudOf(edit(networkText, ["{cidr_block: 10.0.0.0/16}", "{cidr_block: 10.0.0.0/16, domain_name_servers: [10.0.80.53]}"])))).toEqual(["web 10.0.80.53", "app 10.0.80.53"]);
    expect(asked(testCloud())).toEqual([]);
    expect(Object.keys(cloud.names)).not.toContain("resolver-foo");
  });

  test("in a lab with DNS the resolver has an address on the Internet besides, which moves nobody's", () => {
    const launch = edit(networkText, ["foo-public: {vpc: foo, cidr_block: 10.0.0.0/21", "foo-public: {vpc: foo, cidr_block: 10.0.0.0/21, map_public_ip_on_launch: true"], ["{public_ip: 203.0.113.10, instance: web}", "{}"]);
    const [withZone, without] = [cloudOf(launch, dnsLabText), cloudOf(edit(launch, ["    vpcs: [foo]\n", ""]), dnsLabText)];
    expect(addresses(withZone, "resolver-foo")).toEqual(["eth0 vpc 10.0.0.2/16", expect.stringMatching(/^eth1 internet 203\.0\.113\.\d+\/24$/)]);
    expect({ ...withZone, nodes: [], hostedZones: [], vpcs: [] }).toEqual({ ...without, nodes: [], hostedZones: [], vpcs: [] });
    expect(node(withZone, "web")?.interfaces).toEqual(node(without, "web")?.interfaces);
    const configuration = node(withZone, "resolver-foo")?.files.find((file) => file.path === "/etc/unbound/unbound.conf")?.content ?? "";
    expect(configuration).toContain("access-control: 10.0.0.0/16 allow");
    expect(configuration).not.toContain("0.0.0.0/0 allow");
    expect(configuration).toContain("root-hints");
    expect(node(withZone, "resolver-foo")?.files.map((file) => file.path)).toContain("/etc/unbound/root.hints");
    expect(node(cloud, "resolver-foo")?.files.find((file) => file.path === "/etc/unbound/unbound.conf")?.content).not.toContain("root-hints");
  });

  test("leads to private addresses, by an alias too, and no public name server hears of it", () => {
    const [zone] = cloud.hostedZones;
    const lines = zone ? hostedZoneText(cloud, zone).split("\n").map((line) => line.replace(/\s+/g, " ").trim()) : [];
    expect(lines).toEqual(expect.arrayContaining(["shop.internal. IN NS ns-0.awsdns-00.com.", "db.shop.internal. 20 IN A 10.0.80.20", "web.shop.internal. 60 IN A 10.0.0.10", "www.shop.internal. 300 IN CNAME web.shop.internal."]));
    expect(hostedZonesConfiguration(cloud)).not.toContain("shop.internal");
    const configuration = privateZonesConfiguration(cloud, "foo");
    expect(configuration).toContain('name: "shop.internal."\n  zonefile: "/etc/unbound/private/db.shop.internal"');
    expect(configuration).toContain('local-data: "db. 60 IN A 10.1.80.20"');
    expect(privateZonesConfiguration(cloud, "bar")).not.toContain("shop.internal");
  });

  test("no change of a zone, record or instance changes what the resolver is made from", () => {
    const changed = cloudOf(edit(networkText, ["ttl: 20", "ttl: 30"], ["name: shop.internal", "name: store.internal"], ["web.shop.internal", "web.store.internal"], ["private_ip: 10.0.80.20", "private_ip: 10.0.80.21"]));
    expect(node(changed, "resolver-foo")).toEqual(node(cloud, "resolver-foo"));
  });

  test("is planned VPC by VPC and record by record; from public to private it is another zone", () => {
    const { lab } = testFiles(networkText, dnsLabText);
    const planOf = (before: string, after: string) => {
      const resolve = (text: string): Cloud => resolveCloud(lab, testFiles(text, dnsLabText).network);
      return planNetwork(lab, resolve(before), resolve(after)).changes.flatMap((change) => [`${change.action} ${change.name}`, ...change.attributes.map(({ path, before: old, after: wanted }) => `${path}: ${old ?? "-"} -> ${wanted ?? "-"}`)]);
    };
    expect(planOf(networkText, edit(networkText, ["vpcs: [foo]", "vpcs: [foo, bar]"]))).toEqual(["change inside", "vpcs: - -> bar"]);
    expect(planOf(networkText, edit(networkText, ["ttl: 20", "ttl: 30"]))).toEqual(["change inside", "records[db A].ttl: 20 -> 30"]);
    const published = edit(networkText, ["    vpcs: [foo]\n", ""]);
    expect(planOf(published, networkText)[0]).toBe("replace inside");
    expect(planOf(networkText, published)[0]).toBe("replace inside");
  });

  test("is in the picture: the resolver in its VPC, the zone with its VPCs and records", () => {
    const topology = buildTopology(cloud);
    expect(topology.nodes.find((entry) => entry.kind === "resolver")).toMatchObject({ id: "node/resolver-foo", parent: "vpc/foo", address: "10.0.0.2", terminal: false });
    expect(topology.zones).toMatchObject([{ domain: "shop.internal", vpcs: ["vpc/foo"], records: [{ name: "db", type: "A", ttl: 20, value: "10.0.80.20" }, { name: "web", value: "10.0.0.10", alias: "web" }, { value: "web.shop.internal" }] }]);
    expect(buildTopology(testCloud()).zones).toBeUndefined();
  });
});

describe("the resolver of a VPC, predicted", () => {
  const ask = (from: string, to: string, protocol: "tcp" | "udp" | "icmp", port: number | undefined, text = networkText, labText = testLabText): string => {
    const { verdict, hops } = predictPath(testCloud(text, labText), { from, to, protocol, ...(port === undefined ? {} : { port }) });
    return `${verdict} ${hops.at(-1)?.reason ?? ""}`;
  };
  const shut = edit(networkText, ["  app-sg:\n    vpc: foo\n", "  app-sg:\n    vpc: foo\n    egress: []\n"], ["instances:\n", "network_acls:\n  shut: {vpc: foo, subnets: [foo-private]}\ninstances:\n"], ["{destination: 0.0.0.0/0, target: foo-nat}", "{destination: 10.0.0.0/28, target: blackhole}"]);

  test("answers its own instances on port 53, whatever security groups, network ACLs and routes say", () => {
    for (const text of [networkText, shut]) {
      for (const protocol of ["udp", "tcp"] as const) expect(ask("app", "10.0.0.2", protocol, 53, text)).toBe("open answer-received");
    }
    expect(ask("app", "web", "tcp", 8080, shut)).toBe("timeout security-group-denies-out");
    expect(ask("app", "resolver-foo", "udp", 53)).toBe("open answer-received");
  });

  test("answers nothing else, and nobody else", () => {
    expect(ask("app", "10.0.0.2", "tcp", 80)).toBe("timeout resolver-dns-alone");
    expect(ask("app", "10.0.0.2", "icmp", undefined)).toBe("timeout resolver-dns-alone");
    expect(ask("db", "10.0.0.2", "udp", 53)).toBe("timeout resolver-of-others");
    expect(ask("laptop", "10.0.0.2", "udp", 53)).toBe("timeout not-on-internet");
    const outside = node(cloudOf(networkText, dnsLabText), "resolver-foo")?.interfaces[1]?.address;
    expect(ask("laptop", outside ? formatAddress(outside) : "", "udp", 53, networkText, dnsLabText)).toBe("timeout resolver-address");
    expect(ask("db", "10.1.0.2", "udp", 53)).toBe("timeout address-unused");
  });

  test("a name server answers questions over UDP", () => {
    expect(ask("laptop", "ns", "udp", 53, networkText, dnsLabText)).toBe("open answer-received");
    expect(ask("laptop", "whoami", "udp", 53, networkText, dnsLabText)).toBe("refused answer-received");
  });
});

const second = "outputs:";
test.each([
  ["network.absent", ["vpcs: [foo]", "vpcs: [fo]"]],
  ["dns.private-signed", ["    vpcs: [foo]\n", "    vpcs: [foo]\n    dnssec: {signing_status: SIGNING}\n"]],
  ["dns.vpc-twice", ["vpcs: [foo]", "vpcs: [foo, foo]"]],
  ["dns.private-domain-twice", [second, "  twin: {name: shop.internal, vpcs: [bar, foo]}\noutputs:"]],
  ["dns.not-a-domain", ["name: shop.internal", "name: ."]],
  ["dns.not-a-domain", ["name: shop.internal", "name: com"]],
  ["dns.private-delegation", ["{name: www, type: CNAME", "{name: www, type: NS"]],
  ["dns.own-name-servers", ["{name: www, type: CNAME", "{name: '@', type: NS"]],
  ["dns.private-zone-public-address", ["${instances.app.private_ip}\"]}", "${instances.app.public_ip}\"]}"]],
  ["network.reserved-name", ["  db: {subnet", "  resolver-foo: {subnet: foo-private}\n  db: {subnet"]],
  ["file.schema", ["vpcs: [foo]", "vpcs: []"]],
] as const)("%s: %s", (code, change) => {
  const codes = validateTexts(dnsLabText, edit(networkText, change)).faults.map((fault) => fault.code);
  if (code === "file.schema") expect(codes).not.toEqual([]);
  else expect(codes).toContain(code);
});

test.each([
  ["the same domain public and private", [second, "  outside: {name: shop.internal}\noutputs:"]],
  ["the same domain private for two VPCs, in a zone each", [second, "  other: {name: shop.internal, vpcs: [bar]}\noutputs:"]],
  ["somebody else's domain, seen from inside", ["name: shop.internal", "name: example.org"]],
  ["a single label", ["name: shop.internal", "name: internal"]],
] as const)("allowed: %s", (_what, change) => {
  expect(validateTexts(dnsLabText, edit(networkText, change)).faults).toEqual([]);
});

test("needs no DNS in the lab, which a public zone does", () => {
  expect(validateTexts(testLabText, networkText).faults).toEqual([]);
  expect(validateTexts(testLabText, edit(networkText, ["    vpcs: [foo]\n", ""])).faults.map((fault) => fault.code)).toEqual(["dns.no-hosted-zones"]);
});

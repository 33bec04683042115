import { describe, expect, test } from "vitest";
import { hostedZonesConfiguration, hostedZoneText } from "./hostedZoneFiles.ts";
import { planNetwork } from "./planDiff.ts";
import { resolveCloud } from "./resolve.ts";
import { edit, testFiles, testLabText, testNetworkText } from "./testCloud.ts";
import { validateTexts } from "./validate.ts";

const labText = edit(testLabText, ["    whoami:", "    ns: {address: 203.0.113.203, services: [dns]}\n    whoami:"]) + `
dns:
  zones:
    .: {name_servers: {a.root-servers.net: ns}}
    example.org: {name_servers: {ns.example.org: ns}}
  hosted_zone_name_servers: {ns-1.example.net: ns, ns-2.example.net: ns}
`;
const zones = `
hosted_zones:
  shop:
    name: shop-example.com
    records:
      - {name: www, type: A, ttl: 20, records: ["\${instances.web.public_ip}", 203.0.113.9]}
      - {name: "@", type: A, alias: web}
      - {name: blog, type: CNAME, records: [www.shop-example.com]}
      - {name: "@", type: TXT, records: ["it's \\"ours\\""]}
`;
const networkText = testNetworkText.replace("outputs:", `${zones.trim()}\noutputs:\n  servers: \${hosted_zones.shop.name_servers}`);
const { lab, network } = testFiles(networkText, labText);
const cloud = resolveCloud(lab, network);

describe("a hosted zone", () => {
  test("becomes a zone file: its servers come by themselves, values are looked up, an alias follows its instance", () => {
    const [zone] = cloud.hostedZones;
    const lines = zone ? hostedZoneText(cloud, zone).split("\n").map((line) => line.replace(/\s+/g, " ").trim()) : [];
    expect(lines).toEqual(
      expect.arrayContaining([
        "SERIAL ; serial", "shop-example.com. IN NS ns-1.example.net.", "shop-example.com. IN NS ns-2.example.net.", "www.shop-example.com. 20 IN A 203.0.113.10", "www.shop-example.com. 20 IN A 203.0.113.9",
        "shop-example.com. 60 IN A 203.0.113.10", "blog.shop-example.com. 300 IN CNAME www.shop-example.com.", 'shop-example.com. 300 IN TXT "it\'s \\"ours\\""',
      ]),
    );
    expect(hostedZonesConfiguration(cloud)).toContain('zone "shop-example.com" { type primary; file "/etc/bind/hosted/db.shop-example.com"; };');
    expect(zone?.id).toMatch(/^Z[0-9A-F]{17}$/);
    expect(cloud.outputs.servers).toBe("ns-1.example.net ns-2.example.net");
  });

  test("is planned record set by record set, and no change of a record replaces anything", () => {
    const planOf = (text: string) => planNetwork(lab, cloud, resolveCloud(lab, testFiles(text, labText).network)).changes.flatMap((change) => [`${change.action} ${change.name}`, ...change.attributes.map(({ path, before, after }) => `${path}: ${before ?? "-"} -> ${after ?? "-"}`)]);
    expect(planOf(networkText)).toEqual([]);
    expect(planOf(edit(networkText, [", ttl: 20", ", ttl: 60"], [", 203.0.113.9]", "]"]))).toEqual(["change shop", "records[www A].ttl: 20 -> 60", "records[www A]: 203.0.113.9 -> -"]);
    expect(planOf(edit(networkText, ["shop-example.com\n    records", "store-example.com\n    records"]))[0]).toBe("replace shop");
  });

  test("is signed by its servers when it says so, in the plan as one changed attribute", () => {
    const signing = (status: string) => resolveCloud(lab, testFiles(edit(networkText, ["name: shop-example.com\n", `name: shop-example.com\n    dnssec: {signing_status: ${status}}\n`]), labText).network);
    expect(planNetwork(lab, cloud, signing("SIGNING")).changes).toMatchObject([{ action: "change", attributes: [{ path: "dnssec.signing_status", after: "SIGNING" }] }]);
    expect(planNetwork(lab, cloud, signing("NOT_SIGNING")).changes).toEqual([]);
    expect(hostedZonesConfiguration(signing("SIGNING"))).toContain('file "/etc/bind/hosted/db.shop-example.com"; dnssec-policy "rempart"; inline-signing yes; key-directory "/etc/bind/hosted/keys"; };');
  });

  test("has tags that say something to people alone", () => {
    const tagged = resolveCloud(lab, testFiles(edit(networkText, ["name: shop-example.com\n", "name: shop-example.com\n    tags: {team: blue}\n"]), labText).network);
    expect(planNetwork(lab, cloud, tagged).changes).toMatchObject([{ action: "change", kind: "hosted_zones", attributes: [{ path: "tags.team", after: "blue" }] }]);
    expect({ ...tagged, tags: {} }).toEqual({ ...cloud, tags: {} });
  });

  test("an alias goes along when its instance gets another address", () => {
    const moved = resolveCloud(lab, testFiles(edit(networkText, ["public_ip: 203.0.113.10", "public_ip: 203.0.113.11"]), labText).network);
    expect(moved.hostedZones[0]?.records[1]?.values).toEqual(["203.0.113.11"]);
  });
});

test.each([
  ["dns.not-a-domain", ["name: shop-example.com", "name: com"]],
  ["dns.zone-of-the-lab", ["name: shop-example.com", "name: example.org"]],
  ["dns.domain-twice", ["outputs:", "  other: {name: shop-example.com}\noutputs:"]],
  ["dns.own-name-servers", ["{name: blog, type: CNAME", "{name: '@', type: NS"]],
  ["dns.records-or-alias", ["type: A, alias: web", "type: A"]],
  ["dns.alias-type", ["type: A, alias: web", "type: AAAA, alias: web"]],
  ["dns.alias-ttl", ["type: A, alias: web", "type: A, ttl: 5, alias: web"]],
  ["dns.alias-absent", ["alias: web", "alias: wep"]],
  ["network.absent", ["${instances.web.public_ip}\", 203", "${instances.wep.public_ip}\", 203"]],
  ["network.unknown-attribute", ["${instances.web.public_ip}\", 203", "${instances.web.publicip}\", 203"]],
  ["dns.no-public-address", ["alias: web", "alias: app"]],
  ["dns.no-public-address", ["${instances.web.public_ip}\", 203", "${instances.app.public_ip}\", 203"]],
  ["dns.record-value", ["${instances.web.public_ip}\", 203", "${instances.web.id}\", 203"]],
  ["dns.record-value", ["records: [www.shop-example.com]", "records: ['${instances.web.public_ip}']"]],
  ["dns.cname-not-alone", ["name: blog", "name: www"]],
  ["dns.cname-not-alone", ["{name: blog, type: CNAME, records: [www.shop-example.com]}", "{name: '@', type: CNAME, records: [www.shop-example.com]}"]],
  ["dns.duplicate-record-set", ["{name: blog, type: CNAME, records: [www.shop-example.com]}", "{name: www, type: A, records: [203.0.113.9]}"]],
] as const)("%s: %s", (code, change) => {
  expect(validateTexts(labText, edit(networkText, change)).faults.map((fault) => fault.code)).toContain(code);
});

test("a lab without servers for them says so at each zone, and all faults come at once", () => {
  const { faults } = validateTexts(labText.replace(/ {2}hosted_zone_name_servers.*\n/, ""), edit(networkText, ["alias: web", "alias: web, ttl: 3"]));
  expect(faults.map((fault) => `${fault.path} ${fault.code}`)).toEqual(expect.arrayContaining(["hosted_zones.shop dns.no-hosted-zones", "hosted_zones.shop.records[1].ttl dns.alias-ttl"]));
});

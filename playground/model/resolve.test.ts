import { describe, expect, it } from "vitest";
import type { Cloud } from "./cloud.ts";
import { RempartError } from "./errors.ts";
import { resourceId } from "./ids.ts";
import { interpolate } from "./interpolate.ts";
import { formatAddress, formatPrefix, type IpAddress } from "./ip.ts";
import { parseNetworkFile } from "./networkFile.ts";
import { resolveCloud } from "./resolve.ts";
import { edit, testCloud, testFiles, testLabText, testNetworkText } from "./testCloud.ts";

const text = (address: IpAddress | undefined): string => (address ? formatAddress(address) : "");
const node = (cloud: Cloud, name: string) => cloud.nodes.find((candidate) => candidate.name === name);
const addressOf = (cloud: Cloud, name: string): string => text(node(cloud, name)?.interfaces[0]?.address);
const publicOf = (cloud: Cloud, name: string): string => text(node(cloud, name)?.interfaces[0]?.publicAddress);

describe("resolveCloud", () => {
  it("gives the same cloud for the same files", () => {
    expect(testCloud()).toEqual(testCloud());
  });

  it("puts the local route first and makes a main table where none is declared", () => {
    const cloud = testCloud(edit(testNetworkText, ["    subnets: [bar-private]\n", ""]));
    expect(cloud.routeTables.map((table) => `${table.name} ${table.isMain} ${table.routes.map((route) => `${formatPrefix(route.prefix)}>${route.target.kind}`).join(" ")}`)).toEqual([
      "public false 10.0.0.0/16>local 0.0.0.0/0>internet-gateway",
      "private false 10.0.0.0/16>local 10.1.0.0/16>peering-connection 0.0.0.0/0>nat-gateway",
      "bar-table false 10.1.0.0/16>local 10.0.0.0/16>peering-connection",
      "foo-main true 10.0.0.0/16>local",
      "bar-main true 10.1.0.0/16>local",
    ]);
    expect(cloud.subnets.map((subnet) => `${subnet.name} ${subnet.routeTable} ${subnet.isPublic}`)).toEqual(["foo-public public true", "foo-private private false", "bar-private bar-main false"]);
  });

  it("uses a declared main table instead of an implicit one", () => {
    const cloud = testCloud(edit(testNetworkText, ["    subnets: [bar-private]\n", "    main: true\n"]));
    expect(cloud.routeTables.map((table) => table.name)).toEqual(["public", "private", "bar-table", "foo-main"]);
    expect(cloud.subnets.find((subnet) => subnet.name === "bar-private")?.routeTable).toBe("bar-table");
  });

  it("gives the instances of a VPC its resolver, and nobody else", () => {
    const cloud = testCloud(edit(testNetworkText, ["{cidr_block: 10.0.0.0/16}", "{cidr_block: 10.0.0.0/16, domain_name_servers: [10.0.0.53]}"]));
    const asks = new Set(cloud.nodes.map((entry) => `${entry.interfaces[0]?.attachment.kind === "subnet" ? entry.interfaces[0].attachment.vpc : "elsewhere"}: ${text(entry.resolver)}`));
    expect([...asks].sort()).toEqual(["bar: ", "elsewhere: ", "foo: 10.0.0.53"]);
  });

  it("gives every VPC a default group, and instances without groups are in it", () => {
    const cloud = testCloud(edit(testNetworkText, ["vpc_security_groups: [app-sg], ", ""]));
    expect(cloud.securityGroups.map((group) => group.key)).toEqual(["foo/web-sg", "foo/app-sg", "bar/bar-sg", "foo/default", "bar/default"]);
    expect(node(cloud, "app")?.interfaces[0]?.securityGroups).toEqual(["foo/default"]);
    expect(cloud.securityGroups[3]).toMatchObject({ ingress: [{ protocol: "all", prefixes: [], groups: ["foo/default"] }] });
    expect(cloud.securityGroups[3]?.egress[0]?.prefixes.map(formatPrefix)).toEqual(["0.0.0.0/0"]);
  });

  it("allocates private addresses from .4 on, declared ones first, NAT gateways before instances", () => {
    const cloud = testCloud(
      edit(testNetworkText, [", private_ip: 10.0.0.5", ""], ["private_ip: 10.0.0.10, ", ""], ["  app: {subnet: foo-private, private_ip: 10.0.80.20", "  fixed: {subnet: foo-public, private_ip: 10.0.0.6}\n  late: {subnet: foo-public}\n  app: {subnet: foo-private"]),
    );
    expect(text(cloud.natGateways[0]?.privateAddress)).toBe("10.0.0.4");
    expect(["web", "fixed", "late", "app"].map((name) => addressOf(cloud, name))).toEqual(["10.0.0.5", "10.0.0.6", "10.0.0.7", "10.0.80.4"]);
  });

  it("fills a subnet to its last usable address", () => {
    const many = Array.from({ length: 11 }, (_, index) => `  n${index}: {subnet: tiny}`).join("\n");
    const cloud = testCloud(edit(testNetworkText, ["  bar-private:", "  tiny: {vpc: foo, cidr_block: 10.0.200.0/28}\n  bar-private:"], ["instances:\n", `instances:\n${many}\n`]));
    expect(addressOf(cloud, "n0")).toBe("10.0.200.4");
    expect(addressOf(cloud, "n10")).toBe("10.0.200.14");
  });

  it("allocates public addresses in the top half of the Internet, one each, that others do not move", () => {
    const launch = edit(testNetworkText, ["foo-private: {vpc: foo, cidr_block: 10.0.80.0/21", "foo-private: {vpc: foo, cidr_block: 10.0.80.0/21, map_public_ip_on_launch: true"], ["{public_ip: 203.0.113.30}", "{}"]);
    const cloud = testCloud(launch);
    const drawn = [publicOf(cloud, "app"), text(cloud.elasticIps[1]?.address)];
    for (const address of drawn) expect(Number(address.split(".")[3])).toBeGreaterThanOrEqual(128);
    expect(new Set(drawn).size).toBe(2);
    expect(publicOf(cloud, "web")).toBe("203.0.113.10");
    expect(publicOf(cloud, "db")).toBe("");
    const more = testCloud(edit(launch, ["elastic_ips:\n", "elastic_ips:\n  another: {}\n"], ["instances:\n", "instances:\n  before: {subnet: foo-private}\n"]));
    expect([publicOf(more, "app"), text(more.elasticIps.find(({ name }) => name === "nat-ip")?.address)]).toEqual(drawn);
  });

  it("prefers an elastic IP to an address mapped on launch", () => {
    const cloud = testCloud(edit(testNetworkText, ["foo-public: {vpc: foo, cidr_block: 10.0.0.0/21", "foo-public: {vpc: foo, cidr_block: 10.0.0.0/21, map_public_ip_on_launch: true"]));
    expect(publicOf(cloud, "web")).toBe("203.0.113.10");
    expect(cloud.elasticIps.map((elasticIp) => elasticIp.association)).toEqual([{ kind: "instance", name: "web" }, { kind: "nat-gateway", name: "foo-nat" }]);
  });

  it("names every node, and the lab's names beside them", () => {
    const cloud = testCloud(testNetworkText, `${testLabText}names: {whoami.example.com: 203.0.113.80}\n`);
    expect(cloud.names).toEqual({ web: "10.0.0.10", app: "10.0.80.20", db: "10.1.80.20", laptop: "203.0.113.50", whoami: "203.0.113.80", "whoami.example.com": "203.0.113.80" });
  });

  it("sorts the rules of a network ACL by number", () => {
    const cloud = testCloud(edit(testNetworkText, ["instances:\n", "network_acls:\n  a: {vpc: foo, subnets: [foo-public], ingress: [{rule_number: 200, action: deny, protocol: all}, {rule_number: 100, action: allow, protocol: tcp, port: 80}]}\ninstances:\n"]));
    expect(cloud.networkAcls[0]?.ingress.map((rule) => rule.number)).toEqual([100, 200]);
    expect(cloud.subnets[0]?.networkAcl).toBe("a");
  });

  it("knows what listens, and where there is no terminal", () => {
    const cloud = testCloud(edit(testNetworkText, ["services: [whoami]}", "services: [ssh, whoami], ports: [9000, 22]}"]), `${testLabText}no_terminal: [db]\n`);
    expect(node(cloud, "db")).toMatchObject({ listens: [22, 80, 9000], terminal: false });
    expect(node(cloud, "app")?.terminal).toBe(true);
  });

  it("wires machines to switches and cables, those that only a cable names included", () => {
    const cloud = testCloud(testNetworkText, `${testLabText}switches: [lan]\nmachines:\n  a: {interfaces: {eth0: {switch: lan, address: 192.168.10.1/24}}}\n  b: {}\nlinks: [{from: "a:eth1", to: "b:eth0"}]\n`);
    expect(node(cloud, "a")?.interfaces.map(({ name, attachment, prefixLength }) => ({ name, attachment, prefixLength }))).toEqual([
      { name: "eth0", attachment: { kind: "switch", name: "lan" }, prefixLength: 24 },
      { name: "eth1", attachment: { kind: "cable", index: 0, end: "from" }, prefixLength: undefined },
    ]);
    expect(node(cloud, "b")?.interfaces[0]?.attachment).toEqual({ kind: "cable", index: 0, end: "to" });
  });

  it("gives the router of a site its interfaces behind the Internet, and its machines their gateway", () => {
    const labText = edit(testLabText, ["services: [whoami]", "services: [whoami], interfaces: {eth1: {switch: lan, address: 192.168.10.1/24}}"]);
    const cloud = testCloud(testNetworkText, `${labText}switches: [lan]\nmachines:\n  a: {interfaces: {eth0: {switch: lan, address: 192.168.10.2/24, gateway: 192.168.10.1}}}\n`);
    expect(node(cloud, "whoami")?.interfaces.map(({ name, attachment, address }) => `${name} ${attachment.kind} ${text(address)}`)).toEqual(["eth0 internet 203.0.113.80", "eth1 switch 192.168.10.1"]);
    expect(text(node(cloud, "a")?.interfaces[0]?.gateway)).toBe("192.168.10.1");
    // Its packets on the Internet still bear its own address: private ones do not travel there.
    expect(node(cloud, "whoami")?.sourceDestCheck).toBe(true);
  });

  it("throws with every fault when the network does not hold together", () => {
    const { lab } = testFiles();
    const { network } = parseNetworkFile(edit(testNetworkText, ["target: foo-igw}", "target: nowhere}"], ["private_ip: 10.0.0.10", "private_ip: 10.0.0.1"]));
    const attempt = (): unknown => network && resolveCloud(lab, network);
    expect(attempt).toThrow(RempartError);
    try {
      attempt();
    } catch (error) {
      expect(error instanceof RempartError && { code: error.code, kind: error.kind, faults: error.faults?.map((fault) => fault.code) }).toEqual({
        code: "input.invalid-lab",
        kind: "input",
        faults: ["network.route-target-absent", "network.private-ip-reserved"],
      });
    }
  });
});

describe("resourceId", () => {
  it("has the vendor's form, is stable, and differs for every lab, kind and name", () => {
    expect(resourceId("lab", "vpcs", "foo")).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(resourceId("lab", "vpcs", "foo")).toBe(resourceId("lab", "vpcs", "foo"));
    const names = Array.from({ length: 2000 }, (_, index) => `n${index}`);
    expect(new Set(names.map((name) => resourceId("lab", "instances", name))).size).toBe(names.length);
    expect(resourceId("lab", "vpcs", "foo").slice(4)).not.toBe(resourceId("lab", "subnets", "foo").slice(7));
    expect(resourceId("lab", "vpcs", "foo")).not.toBe(resourceId("other", "vpcs", "foo"));
    // Ids of names that differ in one letter should not look alike.
    const [a, b] = [resourceId("lab", "vpcs", "fooa"), resourceId("lab", "vpcs", "foob")];
    expect([...a].filter((letter, index) => letter === b[index]).length).toBeLessThan(14);
  });
});

describe("interpolate", () => {
  const cloud = testCloud();

  it.each([
    ["${instances.web.private_ip}", "10.0.0.10"],
    ["${instances.web.public_ip}", "203.0.113.10"],
    ["[${instances.app.public_ip}]", "[]"],
    ["${subnets.foo-private.cidr_block} in ${vpcs.foo.cidr_block}", "10.0.80.0/21 in 10.0.0.0/16"],
    ["${subnets.foo-private.route_table}", "private"],
    ["${elastic_ips.nat-ip.public_ip} ${nat_gateways.foo-nat.public_ip} ${nat_gateways.foo-nat.private_ip}", "203.0.113.30 203.0.113.30 10.0.0.5"],
    ["${hosts.laptop.address}", "203.0.113.50"],
    ["${outputs.web_ip}", "203.0.113.10"],
    ["${instances.nobody.public_ip} ${instances.web.shoe_size} ${HOME} $1", "${instances.nobody.public_ip} ${instances.web.shoe_size} ${HOME} $1"],
    ["${instances.web.constructor}", "${instances.web.constructor}"],
  ])("replaces %s", (template, expected) => {
    expect(interpolate(template, cloud)).toBe(expected);
  });

  it("evaluates outputs; an absent public address is the empty string", () => {
    expect(cloud.outputs).toEqual({ web_ip: "203.0.113.10", app_ip: "[]" });
  });
});

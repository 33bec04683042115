import { describe, expect, it } from "vitest";
import { edit, testFiles, testLabText, testNetworkText } from "./testCloud.ts";
import { validateTexts } from "./validate.ts";

type Change = readonly [string, string];

/** Faults as `code path:line`, after changes to the sound fixture. */
function faultsOf(changes: readonly Change[], labText = testLabText): string[] {
  const { faults } = validateTexts(labText, edit(testNetworkText, ...changes), { images: ["instance"] });
  for (const fault of faults) expect(fault.message, fault.code).not.toMatch(/(?<!\$)\{/);
  return faults.map((fault) => `${fault.code} ${fault.path}:${fault.line ?? "?"}`);
}

it("finds nothing wrong with the fixture", () => {
  expect(faultsOf([])).toEqual([]);
});

const table: [string, Change[], string[]][] = [
  ["overlapping subnets", [["10.0.80.0/21", "10.0.0.0/22"], [", private_ip: 10.0.80.20", ""]], ["network.subnets-overlap subnets.foo-private.cidr_block:7"]],
  ["a subnet outside its VPC", [["10.1.80.0/21", "10.2.80.0/21"], [", private_ip: 10.1.80.20", ""]], ["network.subnet-outside-vpc subnets.bar-private.cidr_block:8"]],
  ["a subnet too small", [["10.1.80.0/21", "10.1.80.0/29"], [", private_ip: 10.1.80.20", ""]], ["network.prefix-size subnets.bar-private.cidr_block:8"]],
  ["a VPC too large", [["foo: {cidr_block: 10.0.0.0/16}", "foo: {cidr_block: 10.0.0.0/15}"]], ["network.prefix-size vpcs.foo.cidr_block:3", "network.peering-overlap peering_connections.foo-bar.peer_vpc:17"]],
  ["a VPC on the Internet's range", [["vpcs:", "vpcs:\n  odd: {cidr_block: 203.0.0.0/16}"]], ["network.overlaps-internet vpcs.odd.cidr_block:3"]],
  ["a VPC on loopback", [["vpcs:", "vpcs:\n  odd: {cidr_block: 127.0.0.0/16}"]], ["network.reserved-range vpcs.odd.cidr_block:3"]],
  ["an IPv6 block", [["vpcs:", "vpcs:\n  odd: {cidr_block: 'fd00::/56'}"]], ["network.ipv6 vpcs.odd.cidr_block:3"]],
  ["a reference to an absent VPC", [["foo-igw: {vpc: foo}", "foo-igw: {vpc: fooo}"]], ["network.absent internet_gateways.foo-igw.vpc:10", "network.route-target-other-vpc route_tables.public.routes[0].target:23"]],
  ["a second internet gateway", [["foo-igw: {vpc: foo}", "foo-igw: {vpc: foo}\n  more: {vpc: foo}"]], ["network.second-internet-gateway internet_gateways.more.vpc:11"]],
  ["a route to something absent", [["target: foo-igw}", "target: foo-igv}"]], ["network.route-target-absent route_tables.public.routes[0].target:23"]],
  ["a route to a gateway of another VPC", [["destination: 10.0.0.0/16, target: foo-bar", "destination: 0.0.0.0/0, target: foo-igw"]], ["network.route-target-other-vpc route_tables.bar-table.routes[0].target:34"]],
  ["a second route for a destination", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 0.0.0.0/0, target: blackhole}"]], ["network.duplicate-route route_tables.public.routes[1].destination:24"]],
  ["a changed local route", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 10.0.0.0/16, target: blackhole}"]], ["network.local-route route_tables.public.routes[1].destination:24"]],
  ["another local route", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 10.0.9.0/24, target: local}"]], ["network.local-target route_tables.public.routes[1].target:24"]],
  ["a target of two kinds", [["foo-nat: {subnet", "foo-igw: {subnet"], ["target: foo-nat", "target: nat_gateways.foo-igw"]], ["network.route-target-ambiguous route_tables.public.routes[0].target:23"]],
  ["peering with itself", [["peer_vpc: bar", "peer_vpc: foo"]], ["network.peering-self peering_connections.foo-bar.peer_vpc:17", "network.route-target-other-vpc route_tables.bar-table.routes[0].target:34"]],
  ["peering twice", [["route_tables:", "  again: {vpc: bar, peer_vpc: foo}\nroute_tables:"]], ["network.peering-twice peering_connections.again.peer_vpc:18"]],
  ["a private address elsewhere", [["private_ip: 10.0.80.20", "private_ip: 10.0.0.20"]], ["network.private-ip-outside instances.app.private_ip:52"]],
  ["the router's address", [["private_ip: 10.0.80.20", "private_ip: 10.0.80.1"]], ["network.private-ip-reserved instances.app.private_ip:52"]],
  ["the last address", [["private_ip: 10.0.80.20", "private_ip: 10.0.87.255"]], ["network.private-ip-reserved instances.app.private_ip:52"]],
  ["a private address taken twice", [["private_ip: 10.0.0.10", "private_ip: 10.0.0.5"]], ["network.private-ip-taken instances.web.private_ip:51"]],
  ["a public address outside the Internet", [["public_ip: 203.0.113.10", "public_ip: 198.51.100.1"]], ["network.public-ip-outside elastic_ips.web-ip.public_ip:12"]],
  ["the public address of a host", [["public_ip: 203.0.113.10", "public_ip: 203.0.113.50"]], ["network.public-ip-taken elastic_ips.web-ip.public_ip:12"]],
  ["the Internet's broadcast address", [["public_ip: 203.0.113.10", "public_ip: 203.0.113.255"]], ["network.public-ip-reserved elastic_ips.web-ip.public_ip:12"]],
  ["two elastic IPs for one instance", [["nat-ip: {", "second: {instance: web}\n  nat-ip: {"]], ["network.second-elastic-ip elastic_ips.second.instance:13"]],
  ["a NAT gateway with an instance's elastic IP", [["elastic_ip: nat-ip", "elastic_ip: web-ip"]], ["network.elastic-ip-taken nat_gateways.foo-nat.elastic_ip:15"]],
  ["a subnet of another VPC in a table", [["subnets: [bar-private]", "subnets: [bar-private, foo-public]"]], ["network.subnet-other-vpc route_tables.bar-table.subnets[1]:32"]],
  ["a subnet in two tables", [["subnets: [foo-private]", "subnets: [foo-private, foo-public]"]], ["network.subnet-in-two-tables route_tables.private.subnets[1]:26"]],
  ["a subnet in two ACLs", [["instances:", "network_acls:\n  a: {vpc: foo, subnets: [foo-public]}\n  b: {vpc: foo, subnets: [foo-public]}\ninstances:"]], ["network.subnet-in-two-acls network_acls.b.subnets[0]:52"]],
  ["two main tables", [["  public:\n    vpc: foo", "  public:\n    main: true\n    vpc: foo"], ["  private:\n    vpc: foo", "  private:\n    main: true\n    vpc: foo"]], ["network.second-main-table route_tables.private.main:26"]],
  ["a group of another VPC", [["vpc_security_groups: [app-sg]", "vpc_security_groups: [bar-sg]"]], ["network.group-other-vpc instances.app.vpc_security_groups[0]:52"]],
  ["an absent group in a rule", [["security_groups: [web-sg]}", "security_groups: [web-gs]}"]], ["network.absent security_groups.app-sg.ingress[0].security_groups[0]:43"]],
  ["reversed ports", [["port: 8080, security_groups", "from_port: 90, to_port: 80, security_groups"]], ["network.ports-reversed security_groups.app-sg.ingress[0].from_port:43"]],
  ["half a range of ports", [["port: 8080, security_groups", "from_port: 90, security_groups"]], ["network.ports-incomplete security_groups.app-sg.ingress[0].from_port:43"]],
  ["a port and a range", [["port: 8080, security_groups", "port: 1, from_port: 90, to_port: 99, security_groups"]], ["network.ports-twice security_groups.app-sg.ingress[0].port:43"]],
  ["a port of icmp", [["{protocol: icmp,", "{protocol: icmp, port: 8,"]], ["network.ports-without-protocol security_groups.app-sg.ingress[1].port:44"]],
  ["a rule without a peer", [["{protocol: icmp, cidr_blocks: [10.0.0.0/8]}", "{protocol: icmp}"]], ["network.rule-without-peer security_groups.app-sg.ingress[1]:44"]],
  ["a rule number used twice", [["instances:", "network_acls:\n  a: {vpc: foo, ingress: [{rule_number: 1, action: allow, protocol: all}, {rule_number: 1, action: deny, protocol: all}]}\ninstances:"]], ["network.duplicate-rule-number network_acls.a.ingress[1].rule_number:51"]],
  ["the name of a machine of the lab", [["  db: {subnet", "  laptop: {subnet"]], ["network.name-taken instances.laptop:53"]],
  ["a reserved name", [["  db: {subnet", "  localhost: {subnet"]], ["network.reserved-name instances.localhost:53"]],
  ["the name of an implicit table", [["  public:\n", "  foo-main:\n"]], ["network.reserved-name route_tables.foo-main:19"]],
  ["a group called default", [["  app-sg:\n", "  default:\n"], ["[app-sg]", "[web-sg]"]], ["network.reserved-name security_groups.default:40"]],
  ["an image outside the catalogue", [["services: [whoami]}", "services: [whoami], image: ubuntu}"]], ["machine.unknown-image instances.db.image:53"]],
  ["an absent key pair", [["services: [whoami]}", "services: [whoami], key_pair: mine}"]], ["network.absent instances.db.key_pair:53"]],
  ["a file path that climbs", [["services: [whoami]}", "services: [whoami], files: [{path: /etc/../proc/x, content: a}]}"]], ["machine.file-path instances.db.files[0].path:53"]],
  ["a file path in /proc", [["services: [whoami]}", "services: [whoami], files: [{path: /./proc/sys/x, content: a}]}"]], ["machine.file-path instances.db.files[0].path:53"]],
  ["a relative file path", [["services: [whoami]}", "services: [whoami], files: [{path: etc/motd, content: a}]}"]], ["machine.file-path instances.db.files[0].path:53"]],
  ["an output of something absent", [["${instances.web.public_ip}", "${instances.wbe.public_ip}"]], ["network.absent outputs.web_ip:55"]],
  ["an output of an unknown attribute", [["${instances.web.public_ip}", "${instances.web.publik_ip}"]], ["network.unknown-attribute outputs.web_ip:55"]],
];

describe("validateLab on the network", () => {
  it.each(table)("refuses %s", (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected);
  });

  it("lists all faults at once, in the order of the file", () => {
    expect(faultsOf([["10.0.80.0/21", "10.0.0.0/22"], ["target: foo-igw}", "target: foo-igv}"], ["services: [whoami]}", "services: [whoami], image: ubuntu}"]])).toEqual([
      "network.subnets-overlap subnets.foo-private.cidr_block:7",
      "network.route-target-absent route_tables.public.routes[0].target:23",
      "network.private-ip-outside instances.app.private_ip:52",
      "machine.unknown-image instances.db.image:53",
    ]);
  });

  it("suggests the nearest name and lists what there is", () => {
    const { faults } = validateTexts(testLabText, edit(testNetworkText, ["target: foo-igw}", "target: foo-igv}"]));
    expect(faults[0]?.hint).toBe('Did you mean "foo-igw"? There is: foo-igw, foo-nat, foo-bar, web, app, db, blackhole.');
  });

  it("accepts a qualified target where two kinds share a name", () => {
    const changes: Change[] = [["foo-nat: {subnet", "foo-igw: {subnet"], ["target: foo-nat", "target: nat_gateways.foo-igw"], ["target: foo-igw}", "target: internet_gateways.foo-igw}"]];
    expect(faultsOf(changes)).toEqual([]);
  });

  it("sees a subnet without a free address", () => {
    const many = Array.from({ length: 12 }, (_, index) => `  n${index}: {subnet: tiny}`).join("\n");
    expect(faultsOf([["  bar-private:", "  tiny: {vpc: foo, cidr_block: 10.0.200.0/28}\n  bar-private:"], ["instances:\n", `instances:\n${many}\n`]])).toEqual(["network.no-free-address instances.n11:63"]);
  });

  it("has no public addresses in a lab without an Internet", () => {
    const lab = testLabText.slice(0, testLabText.indexOf("internet:"));
    expect(faultsOf([], lab)).toEqual(["network.no-internet elastic_ips.web-ip:12", "network.no-internet elastic_ips.nat-ip:13"]);
  });

  it("does not mistake names of object members for resources", () => {
    expect(faultsOf([["target: foo-igw}", "target: constructor}"]])).toEqual(["network.route-target-absent route_tables.public.routes[0].target:23"]);
    expect(faultsOf([["subnet: bar-private, private_ip", "subnet: constructor, private_ip"]])).toEqual(["network.absent instances.db.subnet:53"]);
  });

  it("parses the fixture for the other tests", () => {
    expect(Object.keys(testFiles().network.instances)).toEqual(["web", "app", "db"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Cloud } from "../model/cloud.ts";
import { networkSchema } from "../model/network.ts";
import { parseNetworkFile } from "../model/networkFile.ts";
import { randomNetwork } from "../model/randomNetwork.ts";
import { resolveCloud } from "../model/resolve.ts";
import { clusterLab, clusterNetworkText } from "../model/testCluster.ts";
import { compileFabric } from "./compile.ts";
import { diffPrograms, emptyProgram } from "./diff.ts";
import { changeScript } from "./script.ts";
import { cloudOf, labCloud, programText } from "./testPrograms.ts";

/** Machines get process ids in the order of the cloud, so that the script is the same each time. */
const pidsOf = (cloud: Cloud): Map<string, number> => new Map(cloud.nodes.map((node, index) => [node.name, 1001 + index]));

const accessLists = (): Cloud =>
  cloudOf(
    labText("access-lists", "internet: { hosts: { laptop: { address: 203.0.113.50, role: laptop } } }"),
    `
vpcs: { foo: { cidr_block: 10.0.0.0/16 } }
subnets:
  front: { vpc: foo, cidr_block: 10.0.0.0/24, map_public_ip_on_launch: true }
  back: { vpc: foo, cidr_block: 10.0.1.0/24 }
internet_gateways: { igw: { vpc: foo } }
route_tables:
  front: { vpc: foo, subnets: [front], routes: [{ destination: 0.0.0.0/0, target: igw }] }
network_acls:
  edge:
    vpc: foo
    subnets: [front]
    ingress:
      - { rule_number: 200, action: allow, protocol: all }
      - { rule_number: 100, action: deny, protocol: tcp, port: 22, cidr_block: 203.0.113.0/24 }
    egress:
      - { rule_number: 100, action: allow, protocol: tcp, from_port: 1024, to_port: 65535 }
      - { rule_number: 110, action: allow, protocol: icmp, cidr_block: 10.0.0.0/16 }
security_groups:
  web: { vpc: foo, ingress: [{ protocol: tcp, port: 80, cidr_blocks: [0.0.0.0/0] }] }
  data:
    vpc: foo
    ingress: [{ protocol: tcp, port: 5432, security_groups: [web] }, { protocol: udp, from_port: 53, to_port: 54, cidr_blocks: [10.0.0.0/16, 10.0.1.0/24] }]
    egress: []
instances:
  web: { subnet: front, vpc_security_groups: [web] }
  router: { subnet: front, vpc_security_groups: [web, data], source_dest_check: false }
  data: { subnet: back, vpc_security_groups: [data] }
`,
  );

const privateZones = (): Cloud =>
  cloudOf(
    labText("private-zones", "internet: { hosts: { laptop: { address: 203.0.113.50 }, root: { address: 203.0.113.201, services: [dns] } } }\ndns: { zones: { .: { name_servers: { a.root-servers.net: root } } } }"),
    `
vpcs: { foo: { cidr_block: 10.0.0.0/16 }, bar: { cidr_block: 10.1.0.0/16 } }
subnets:
  front: { vpc: foo, cidr_block: 10.0.0.0/24 }
  back: { vpc: bar, cidr_block: 10.1.80.0/24 }
peering_connections: { foo-bar: { vpc: foo, peer_vpc: bar } }
route_tables:
  front: { vpc: foo, subnets: [front], routes: [{ destination: 10.1.0.0/16, target: foo-bar }, { destination: 10.0.0.0/28, target: blackhole }] }
network_acls: { closed: { vpc: foo, subnets: [front] } }
security_groups: { sealed: { vpc: foo, egress: [] } }
instances:
  web: { subnet: front, vpc_security_groups: [sealed] }
  peer: { subnet: back }
hosted_zones:
  inside: { name: shop.internal, vpcs: [foo], records: [{ name: web, type: A, alias: web }] }
`,
  );

const switches = (): Cloud =>
  cloudOf(
    labText(
      "switches",
      `
machines:
  alice: { interfaces: { eth0: { switch: floor, address: 192.168.1.10/24 } } }
  bob: { interfaces: { eth0: { switch: floor }, eth1: { address: 10.9.0.1/30 } }, capabilities: [NET_ADMIN] }
  carol: { interfaces: { eth0: { address: 10.9.0.2/30 } } }
switches: [floor]
links: [{ from: "bob:eth1", to: "carol:eth0" }]
names: { alice.example: 192.168.1.10 }`,
    ),
    "",
  );

function labText(id: string, rest: string): string {
  return `id: ${id}\ntitle: { fr: Essai, en: Test }\nsummary: { fr: Essai, en: Test }\ngroup: physical\nminutes: 1\nmemory_mb: 1\n${rest}\n`;
}

const goldens: readonly (readonly [string, () => Cloud])[] = [
  ["02-dns-hierarchy", () => labCloud("02-dns-hierarchy", "network.yml")],
  ["04-dns-operations", () => labCloud("04-dns-operations", "solution/network.yml")],
  ["06-vpc-build", () => labCloud("06-vpc-build", "solution/network.yml")],
  ["07-route-tables-gateways", () => labCloud("07-route-tables-gateways", "solution/network.yml")],
  ["08-ssh-bastion", () => labCloud("08-ssh-bastion", "solution/network.yml")],
  ["11-vpn-remote-access", () => labCloud("11-vpn-remote-access", "solution/network.yml")],
  ["12-vpn-site-to-site", () => labCloud("12-vpn-site-to-site", "solution/network.yml")],
  ["access-lists", accessLists],
  ["cluster", () => resolveCloud(clusterLab, networkSchema.parse(parseNetworkFile(clusterNetworkText).network))],
  ["private-zones", privateZones],
  ["switches", switches],
];

describe("compileFabric", () => {
  it.each(goldens)("compiles %s to the program and the script that were reviewed", async (name, cloudOfGolden) => {
    const cloud = cloudOfGolden();
    const program = compileFabric(cloud);
    await expect(programText(program)).toMatchFileSnapshot(`golden/${name}.program.txt`);
    await expect(`${changeScript(diffPrograms(emptyProgram, program), pidsOf(cloud))}\n`).toMatchFileSnapshot(`golden/${name}.script.txt`);
  });

  it("gives the same program, byte for byte, for the same cloud", () => {
    for (let seed = 0; seed < 40; seed++) {
      const { lab, network } = randomNetwork(seed);
      expect(JSON.stringify(compileFabric(resolveCloud(lab, network)))).toBe(JSON.stringify(compileFabric(resolveCloud(structuredClone(lab), structuredClone(network)))));
    }
  });

  it("uses no interface name that Linux would refuse or that two links would share", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { lab, network } = randomNetwork(seed);
      const ends = compileFabric(resolveCloud(lab, network)).links.flatMap((link) => [link.a, link.b]);
      expect(ends.filter((end) => end.interface.length > 15)).toEqual([]);
      const places = ends.map((end) => `${end.kind === "node" ? `@${end.node}` : end.namespace}/${end.interface}`);
      expect(new Set(places).size).toBe(places.length);
    }
  });

  it("never routes through a device that the namespace does not have", () => {
    for (let seed = 0; seed < 100; seed++) {
      const { lab, network } = randomNetwork(seed);
      const program = compileFabric(resolveCloud(lab, network));
      const devices = new Set(program.links.flatMap((link) => [link.a, link.b]).flatMap((end) => (end.kind === "namespace" ? [`${end.namespace}/${end.interface}`] : [])));
      const dangling = program.namespaces.flatMap((entry) => entry.routes.filter((route) => route.device !== undefined && route.device !== "lo" && !devices.has(`${entry.name}/${route.device}`)));
      expect(dangling).toEqual([]);
    }
  });

  it("leaves no network namespace of a VPC without a last route for what nobody wrote a route for", () => {
    const program = compileFabric(labCloud("07-route-tables-gateways", "solution/network.yml"));
    for (const router of program.namespaces.filter((entry) => entry.kind === "router")) {
      const tables = new Set(router.routes.map((route) => route.table));
      for (const table of tables) expect(router.routes.some((route) => route.table === table && route.destination === "default")).toBe(true);
    }
  });
});

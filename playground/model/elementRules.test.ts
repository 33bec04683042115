import { expect, test } from "vitest";
import { addRoute, addRule, changeRoute, changeRule, elementRules } from "./elementRules.ts";
import { parseNetworkFile } from "./networkFile.ts";

const network = `# My cloud. / Mon nuage.
vpcs:
  main: { cidr_block: 10.0.0.0/16 }
  other: { cidr_block: 10.1.0.0/16 }
subnets:
  front: { vpc: main, cidr_block: 10.0.0.0/24 }
  back: { vpc: main, cidr_block: 10.0.1.0/24 }
internet_gateways:
  door: { vpc: main }
peering_connections:
  bridge: { vpc: other, peer_vpc: main }
route_tables:
  front:
    vpc: main
    subnets: [front]
    routes: [] # none yet
security_groups:
  web:
    vpc: main
    ingress:
      - { protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0], description: the page } # open
  elsewhere: { vpc: other }
instances:
  web:
    subnet: front
    vpc_security_groups: [web]
`;
const rulesOf = (text: string, id: string) => {
  const found = elementRules(text, id);
  if (!found) throw new Error(`nothing for ${id}`);
  return found;
};
const faults = (text: string) => parseNetworkFile(text).faults;

test("a subnet shows its own table, an instance its groups, a VPC all of its groups; a gateway nothing", () => {
  expect(rulesOf(network, "subnet/front")).toMatchObject({ table: { name: "front", routes: [] }, targets: ["door", "bridge", "web"], groups: [] });
  expect(rulesOf(network, "subnet/back").table).toBeUndefined();
  expect(rulesOf(network.replace("vpc: main\n    subnets", "vpc: main\n    main: true\n    subnets"), "subnet/back").table?.name).toBe("front");
  expect(rulesOf(network, "node/web").groups).toEqual([{ name: "web", rules: [{ protocol: "tcp", ports: "8080", sources: ["0.0.0.0/0"] }] }]);
  expect(rulesOf(network, "vpc/main").groups.map(({ name }) => name)).toEqual(["web"]);
  for (const id of ["internet-gateway/door", "node/laptop"]) expect(elementRules(network, id), id).toBeUndefined();
  expect(elementRules("vpcs: [", "vpc/main")).toBeUndefined();
});

test("routes are added where nothing leads yet, changed and taken out, and the rest stays as it was written", () => {
  const first = addRoute(network, rulesOf(network, "subnet/front"));
  const second = addRoute(first, rulesOf(first, "subnet/front"));
  expect(second).toContain("routes:\n      - { destination: 0.0.0.0/0, target: door }\n      - { destination: 10.1.0.0/16, target: bridge }\n      # none yet\n");
  expect(faults(second)).toEqual([]);
  const changed = changeRoute(second, "front", 0, { destination: "192.0.2.0/24", target: "web" });
  expect(rulesOf(changed, "subnet/front").table?.routes).toEqual([{ destination: "192.0.2.0/24", target: "web" }, { destination: "10.1.0.0/16", target: "bridge" }]);
  expect(rulesOf(changeRoute(changed, "front", 0, undefined), "subnet/front").table?.routes).toEqual([{ destination: "10.1.0.0/16", target: "bridge" }]);
  expect(changed.startsWith("# My cloud. / Mon nuage.\nvpcs:\n  main: { cidr_block: 10.0.0.0/16 }\n")).toBe(true);
});

test("a rule is added in one line, and changed without its description and comment", () => {
  const added = addRule(network, "web", rulesOf(network, "node/web").groups[0]?.rules ?? []);
  expect(added).toContain("      - { protocol: tcp, port: 22, cidr_blocks: [0.0.0.0/0] }\n");
  const range = changeRule(added, "web", 0, { protocol: "udp", ports: "8000-8010", sources: ["10.0.0.0/8", "web"] });
  expect(range).toContain("- { protocol: udp, cidr_blocks: [10.0.0.0/8], description: the page, from_port: 8000, to_port: 8010, security_groups: [web] } # open\n");
  expect(rulesOf(range, "node/web").groups[0]?.rules[0]).toEqual({ protocol: "udp", ports: "8000-8010", sources: ["10.0.0.0/8", "web"] });
  expect(faults(range)).toEqual([]);
  const all = changeRule(range, "web", 0, { protocol: "all", ports: "8000-8010", sources: ["0.0.0.0/0"] });
  expect(rulesOf(all, "node/web").groups[0]?.rules[0]).toEqual({ protocol: "all", ports: "", sources: ["0.0.0.0/0"] });
  expect(rulesOf(changeRule(all, "web", 0, undefined), "node/web").groups[0]?.rules).toHaveLength(1);
});

test("what a variant chooses stays a name in the text", () => {
  const varied = changeRule(network, "web", 0, { protocol: "tcp", ports: "<<port>>", sources: ["<<plage.bloc>>"] });
  expect(varied).toContain("port: <<port>>, cidr_blocks: [<<plage.bloc>>]");
});

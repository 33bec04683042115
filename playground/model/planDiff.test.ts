import { describe, expect, it } from "vitest";
import { formatPlan } from "./formatPlan.ts";
import { planNetwork } from "./planDiff.ts";
import { networkSchema, resourceKinds } from "./network.ts";
import { planSchema } from "./plan.ts";
import { randomNetwork } from "./randomNetwork.ts";
import { resolveCloud } from "./resolve.ts";
import { balancerNetworkText } from "./testBalancer.ts";
import { edit, testCloud, testFiles, testNetworkText } from "./testCloud.ts";

const { lab } = testFiles();
type Change = readonly [string, string];
const plan = (...changes: readonly Change[]) => planNetwork(lab, testCloud(), testCloud(edit(testNetworkText, ...changes)));
const lines = (...changes: readonly Change[]): string[] =>
  plan(...changes).changes.flatMap((change) => [
    `${change.action} ${change.kind}.${change.name}`,
    ...(change.action === "change" || change.action === "replace" ? change.attributes.map(({ path, before, after, forcesReplacement }) => `  ${path}: ${before ?? "-"} -> ${after ?? "-"}${forcesReplacement ? " !" : ""}`) : []),
  ]);

describe("planNetwork", () => {
  it("creates everything from nothing, in an order in which it can be created, and nothing that comes by itself", () => {
    const { changes, create } = planNetwork(lab, undefined, testCloud());
    expect(changes.map((change) => `${change.kind}.${change.name}`)).toEqual([
      "vpcs.foo", "vpcs.bar", "subnets.foo-public", "subnets.foo-private", "subnets.bar-private", "internet_gateways.foo-igw", "elastic_ips.web-ip", "elastic_ips.nat-ip", "nat_gateways.foo-nat",
      "peering_connections.foo-bar", "route_tables.public", "route_tables.private", "route_tables.bar-table", "security_groups.web-sg", "security_groups.app-sg", "security_groups.bar-sg", "instances.web", "instances.app", "instances.db", "outputs.web_ip", "outputs.app_ip",
    ]);
    expect(create).toBe(21);
    expect(changes[0]?.id).toMatch(/^vpc-/);
  });

  it("changes nothing when nothing changed, for random networks too", () => {
    expect(lines()).toEqual([]);
    for (let seed = 0; seed < 30; seed++) {
      const { lab: randomLab, network } = randomNetwork(seed);
      const cloud = resolveCloud(randomLab, network);
      expect(planNetwork(randomLab, cloud, resolveCloud(randomLab, network)).changes).toEqual([]);
    }
  });

  it("ends where it says: what a plan creates, the reverse plan destroys", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { lab: randomLab, network } = randomNetwork(seed);
      const empty = resolveCloud(randomLab, networkSchema.parse({}));
      const cloud = resolveCloud(randomLab, network);
      const up = planNetwork(randomLab, empty, cloud);
      const down = planNetwork(randomLab, cloud, empty);
      expect(new Set(up.changes.map((change) => change.id))).toEqual(new Set(down.changes.map((change) => change.id)));
      expect([up.create, up.change, up.replace, up.destroy]).toEqual([down.destroy, 0, 0, 0]);
    }
  });

  it("destroys in the reverse order of creation", () => {
    const without = testNetworkText.slice(0, testNetworkText.indexOf("instances:"));
    const { changes } = planNetwork(lab, testCloud(), testCloud(edit(without, [", instance: web", ""], ["  bar-sg:\n    vpc: bar\n    ingress:\n      - {protocol: all, cidr_blocks: [10.0.0.0/16]}\n", ""])));
    expect(changes.map((change) => `${change.action} ${change.kind}.${change.name}`)).toEqual(["change elastic_ips.web-ip", "destroy instances.web", "destroy instances.app", "destroy instances.db", "destroy security_groups.bar-sg", "destroy outputs.web_ip", "destroy outputs.app_ip"]);
  });

  const table: [string, Change[], string[]][] = [
    ["a route", [["{destination: 0.0.0.0/0, target: foo-nat}", "{destination: 0.0.0.0/0, target: blackhole}"]], ["change route_tables.private", "  routes[0.0.0.0/0]: foo-nat -> blackhole"]],
    ["a new route", [["target: foo-igw}", "target: foo-igw}\n      - {destination: 10.1.0.0/16, target: foo-bar}"]], ["change route_tables.public", "  routes[10.1.0.0/16]: - -> foo-bar"]],
    ["a rule", [["{protocol: icmp, cidr_blocks: [10.0.0.0/8]}", "{protocol: tcp, port: 22, cidr_blocks: [10.0.0.0/8]}"]], ["change security_groups.app-sg", "  ingress: icmp from 10.0.0.0/8 -> -", "  ingress: - -> tcp 22 from 10.0.0.0/8"]],
    ["an association", [["subnets: [bar-private]", "subnets: []"]], ["change subnets.bar-private", "  route_table: bar-table -> bar-main"]],
    ["an instance's groups", [["vpc_security_groups: [app-sg]", "vpc_security_groups: [web-sg]"]], ["change instances.app", "  vpc_security_groups: app-sg -> web-sg"]],
    ["an instance's source check", [["services: [whoami]}", "services: [whoami], source_dest_check: false}"]], ["change instances.db", "  source_dest_check: true -> false"]],
    ["an instance's address", [["private_ip: 10.0.80.20", "private_ip: 10.0.80.21"]], ["replace instances.app", "  private_ip: 10.0.80.20 -> 10.0.80.21 !"]],
    ["an instance's services", [["services: [whoami]}", "services: [app]}"]], ["replace instances.db", "  services: whoami -> app !", "  ports: 80 -> 8080"]],
    ["a subnet's public addresses", [["foo-public: {vpc: foo, cidr_block: 10.0.0.0/21}", "foo-public: {vpc: foo, cidr_block: 10.0.0.0/21, map_public_ip_on_launch: true}"]], ["change subnets.foo-public", "  map_public_ip_on_launch: false -> true"]],
    ["the public addresses of a subnet with an instance", [["foo-private: {vpc: foo, cidr_block: 10.0.80.0/21}", "foo-private: {vpc: foo, cidr_block: 10.0.80.0/21, map_public_ip_on_launch: true}"]], ["change subnets.foo-private", "  map_public_ip_on_launch: false -> true", "change instances.app", "  public_ip: - -> 203.0.113.173", "change outputs.app_ip", "  value: [] -> [203.0.113.173]"]],
    ["tags", [["bar: {cidr_block: 10.1.0.0/16}", "bar: {cidr_block: 10.1.0.0/16, tags: {Name: Bar, owner: me}}"]], ["change vpcs.bar", "  tags.Name: - -> Bar", "  tags.owner: - -> me"]],
    ["an elastic IP's instance", [["instance: web}", "instance: app}"]], ["change elastic_ips.web-ip", "  instance: web -> app", "change outputs.web_ip", "  value: 203.0.113.10 -> ", "change outputs.app_ip", "  value: [] -> [203.0.113.10]"]],
    ["an elastic IP's address", [["public_ip: 203.0.113.10", "public_ip: 203.0.113.11"]], ["replace elastic_ips.web-ip", "  public_ip: 203.0.113.10 -> 203.0.113.11 !", "change outputs.web_ip", "  value: 203.0.113.10 -> 203.0.113.11"]],
    ["an output alone", [["  web_ip: ${instances.web.public_ip}", "  web_ip: ${instances.web.private_ip}"]], ["change outputs.web_ip", "  value: 203.0.113.10 -> 10.0.0.10"]],
  ];
  it.each(table)("plans a change of %s", (_, changes, expected) => {
    expect(lines(...changes)).toEqual(expected);
  });

  // Hosted zones want a lab with servers for them: hostedZones.test.ts.
  it.each(resourceKinds.filter((kind) => kind !== "hosted_zones"))("shows a tag that comes, changes and goes, of %s, as a change that touches nothing on the wire", (kind) => {
    const network = networkSchema.parse({ ...testFiles(balancerNetworkText).network, network_acls: { acl: { vpc: "foo" } }, key_pairs: { ops: {} }, clusters: { main: { subnet: "foo-public" } } });
    const [name = ""] = Object.keys(network[kind]);
    const tagged = (tags: Record<string, string>) => resolveCloud(lab, networkSchema.parse({ ...network, [kind]: { ...network[kind], [name]: { ...network[kind][name], tags } } }));
    const [none, red, blue] = [tagged({}), tagged({ colour: "red" }), tagged({ colour: "blue" })];
    for (const [before, after, attribute] of [[none, red, { after: "red" }], [red, blue, { before: "red", after: "blue" }], [blue, none, { before: "blue" }]] as const) {
      expect(planNetwork(lab, before, after).changes).toEqual([{ action: "change", kind, name, id: expect.any(String), attributes: [{ path: "tags.colour", ...attribute, forcesReplacement: false }] }]);
    }
    expect({ ...red, tags: {} }).toEqual(none);
  });

  it("replaces the instances whose key pair is another under the same name", () => {
    const withKey = (key: string): ReturnType<typeof testCloud> =>
      testCloud(edit(testNetworkText, ["outputs:", `key_pairs: { ops: { public_key: ssh-ed25519 ${key} } }\noutputs:`], ["services: [whoami]}", "services: [whoami], key_pair: ops}"]));
    const { changes } = planNetwork(lab, withKey("AAAA"), withKey("BBBB"));
    expect(changes.map((change) => `${change.action} ${change.kind}.${change.name}`)).toEqual(["replace key_pairs.ops", "replace instances.db"]);
  });

  it("replaces what is inside a subnet that is replaced", () => {
    expect(lines(["foo-private: {vpc: foo, cidr_block: 10.0.80.0/21}", "foo-private: {vpc: foo, cidr_block: 10.0.80.0/22}"])).toEqual([
      "replace subnets.foo-private",
      "  cidr_block: 10.0.80.0/21 -> 10.0.80.0/22 !",
      "replace instances.app",
      "  subnet: foo-private -> foo-private !",
    ]);
  });

  it("sees a change of user data and of files by their digest", () => {
    const withFile = (content: string): Change => ["services: [whoami]}", `services: [whoami], user_data: "echo ${content}", files: [{path: /etc/motd, content: "${content}"}]}`];
    const first = testCloud(edit(testNetworkText, withFile("hello")));
    const { changes } = planNetwork(lab, first, testCloud(edit(testNetworkText, withFile("hullo"))));
    expect(changes.map((change) => `${change.action} ${change.name} ${change.attributes.map((attribute) => attribute.path).join(" ")}`)).toEqual(["replace db user_data files[/etc/motd]"]);
  });

  it("fits the contract and refuses the cloud of another lab", () => {
    expect(() => planSchema.parse(planNetwork(lab, undefined, testCloud()))).not.toThrow();
    expect(() => planNetwork({ ...lab, id: "other" }, undefined, testCloud())).toThrow(TypeError);
  });
});

describe("formatPlan", () => {
  it("reads like the tools that students will use", () => {
    const text = formatPlan(plan(["private_ip: 10.0.80.20", "private_ip: 10.0.80.21"], ["{destination: 0.0.0.0/0, target: foo-nat}", "{destination: 0.0.0.0/0, target: blackhole}"], ["elastic_ips:\n", "elastic_ips:\n  spare: {public_ip: 203.0.113.9}\n"]), "en");
    expect(text.replace(/(# \w+)-[0-9a-f]{17}/g, "$1")).toMatchInlineSnapshot(`
      "  + create elastic_ips.spare  # eipalloc
              + public_ip = "203.0.113.9"

        ~ change route_tables.private  # rtb
              ~ routes[0.0.0.0/0] = "foo-nat" -> "blackhole"

      -/+ replace instances.app  # i
              ~ private_ip = "10.0.80.20" -> "10.0.80.21"  # forces replacement

      Plan: 1 to create, 1 to change, 1 to replace, 0 to destroy.
      "
    `);
  });

  it("says in French that there is nothing to do", () => {
    expect(formatPlan(plan(), "fr")).toBe("Rien à changer : le réseau qui tourne est celui de network.yml.\n");
  });
});

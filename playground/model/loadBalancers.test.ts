import { describe, expect, test } from "vitest";
import { balancerConfiguration } from "./balancerConfiguration.ts";
import { conditionTests, patternExpression } from "./balancerConditions.ts";
import { formatAddress } from "./ip.ts";
import { predictPath } from "./packetPath.ts";
import { planNetwork } from "./planDiff.ts";
import { present } from "./parsed.ts";
import { resolveCloud } from "./resolve.ts";
import { balancerLabText, balancerNetworkText } from "./testBalancer.ts";
import { edit, testFiles } from "./testCloud.ts";
import { validateTexts } from "./validate.ts";

const { lab, network } = testFiles(balancerNetworkText, balancerLabText);
const cloud = resolveCloud(lab, network);
const cloudOf = (...changes: readonly (readonly [string, string])[]) => resolveCloud(lab, testFiles(edit(balancerNetworkText, ...changes), balancerLabText).network);
const configurationOf = (given: typeof cloud): string => balancerConfiguration(given, present(given.loadBalancers[0], "the balancer"));

describe("a load balancer", () => {
  test("becomes a machine in its subnet, with its elastic IP, its groups and the ports of its listeners", () => {
    const node = cloud.nodes.find((candidate) => candidate.name === "public");
    expect(node).toMatchObject({ kind: "load-balancer", role: "load-balancer", terminal: false, listens: [80, 8000], interfaces: [{ attachment: { kind: "subnet", subnet: "foo-public" }, securityGroups: ["foo/web-sg"] }] });
    expect(node?.interfaces.map(({ address, publicAddress }) => [address, publicAddress].map((one) => one && formatAddress(one)))).toEqual([["10.0.0.21", "203.0.113.21"]]);
    expect(cloud.outputs.site).toBe(`203.0.113.21 ${cloud.loadBalancers[0]?.dnsName ?? ""}`);
    expect(cloud.elasticIps.find(({ name }) => name === "lb-ip")?.association).toEqual({ kind: "load-balancer", name: "public" });
  });

  test("is called by a name that means its public address everywhere, and its private one when it is internal", () => {
    expect(cloud.names[cloud.loadBalancers[0]?.dnsName ?? ""]).toBe("203.0.113.21");
    const internal = cloudOf([", elastic_ip: lb-ip}", "}"], ["public: {security", "public: {internal: true, security"]);
    expect(internal.loadBalancers[0]?.dnsName).toMatch(/^internal-public-\d{9}\.elb\.internal$/);
    expect(internal.names[internal.loadBalancers[0]?.dnsName ?? ""]).toBe("10.0.0.21");
  });

  test("has a node in each of its subnets, and moves no instance", () => {
    const two = cloudOf(["{vpc: foo, cidr_block: 10.0.80.0/21}", "{vpc: foo, cidr_block: 10.0.80.0/21, availability_zone: b}"], ["subnet_mappings: [{subnet: foo-public, private_ipv4_address: 10.0.0.21, elastic_ip: lb-ip}]", "subnets: [foo-public, foo-private]"]);
    const addresses = (given: typeof cloud) => Object.fromEntries(given.nodes.map(({ name, interfaces: [first] }) => [name, first?.address && formatAddress(first.address)]));
    expect(addresses(two)).toEqual({ ...addresses(cloud), public: "10.0.0.4", "public-2": "10.0.80.4" });
    expect(two.nodes.filter(({ kind }) => kind === "load-balancer").every(({ interfaces: [first] }) => first?.publicAddress !== undefined)).toBe(true);
  });

  test("answers on its listeners' ports, as far as its security groups let a packet in", () => {
    const ask = (port: number, given = cloud) => predictPath(given, { from: "laptop", to: "203.0.113.21", protocol: "tcp", port }).verdict;
    expect([ask(80), ask(8080)]).toEqual(["timeout", "refused"]);
    const open = cloudOf(["      - {protocol: tcp, port: 8080, cidr_blocks: [0.0.0.0/0]}", "      - {protocol: tcp, port: 80, cidr_blocks: [0.0.0.0/0]}"]);
    expect([ask(80, open), ask(8000, open)]).toEqual(["open", "timeout"]);
  });

  test("is compiled to the configuration of its nodes", async () => {
    await expect(configurationOf(cloud)).toMatchFileSnapshot("golden/load-balancer.cfg");
  });

  test("says by its description which configuration it has: another one for each change that its nodes must know", () => {
    const description = (text: string) => /^ {2}description (\S+)$/m.exec(text)?.[1];
    expect(description(configurationOf(cloudOf(["priority: 20", "priority: 21"])))).not.toBe(description(configurationOf(cloud)));
    expect(configurationOf(cloudOf(["cidr_block: 10.1.80.0/21}", "cidr_block: 10.1.80.0/22}"]))).toBe(configurationOf(cloud));
  });

  test("a line break in an answer, and a quote in a pattern, stay what they are", () => {
    const text = configurationOf(cloudOf([`message_body: "Not here, it's closed"`, String.raw`message_body: "a\n\"b\" $c \\"`]));
    expect(text).toContain(String.raw`string "a\x0a\"b\" \$c \\"`);
  });
});

test("patterns: * is any characters, ? is one, everything else is itself", () => {
  const matches = (pattern: string, text: string): boolean => new RegExp(patternExpression(pattern)).test(text);
  expect([matches("*.example.com", "a.b.example.com"), matches("*.example.com", "example.com"), matches("a.c", "abc"), matches("/img/?.png", "/img/1.png"), matches("/img/?.png", "/img/10.png"), matches("/a+b$", "/a+b$")]).toEqual([true, false, false, true, false, true]);
  expect(conditionTests({ path_pattern: ["/it's"] })).toEqual([String.raw`{ path -m reg -- '^/it'\''s$' }`]);
});

describe("the plan", () => {
  const planOf = (...changes: readonly (readonly [string, string])[]) =>
    planNetwork(lab, cloud, cloudOf(...changes)).changes.flatMap((change) => [`${change.action} ${change.kind}.${change.name}`, ...change.attributes.map(({ path, before, after }) => `${path}: ${before ?? "-"} -> ${after ?? "-"}`)]);
  test.each([
    ["a target", ["targets: [app, {instance: web, port: 8081}]", "targets: [app]"], ["change target_groups.apps", "targets: web:8081 -> -"]],
    ["a health check", ["health_check: {interval: 5", "health_check: {path: /up, interval: 5"], ["change target_groups.apps", "health_check.path: / -> /up"]],
    ["a priority", ["priority: 20", "priority: 3"], ["change listener_rules.wiki", "priority: 20 -> 3"]],
    ["an action", ["port: 80, status_code", "port: 81, status_code"], ["change listeners.old", "default_action: redirect 301 to #{protocol}://#{host}:80/#{path}?#{query} -> redirect 301 to #{protocol}://#{host}:81/#{path}?#{query}"]],
    ["the address", ["10.0.0.21", "10.0.0.22"], ["replace load_balancers.public", "private_ip: 10.0.0.21 -> 10.0.0.22", "replace listeners.http", "load_balancer: public -> public", "replace listeners.old", "load_balancer: public -> public", "replace listener_rules.sorry", "listener: http -> http", "replace listener_rules.wiki", "listener: http -> http"]],
  ] as const)("of %s", (_what, change, expected) => {
    expect(planOf(change)).toEqual(expected);
  });
  test("of the text of a fixed response, which is longer than a line", () => {
    expect(planOf(["it's closed", "it's open"])[1]).toMatch(/^action: fixed response 404 text\/plain 21 B, \w+ -> fixed response 404 text\/plain 19 B, \w+$/);
  });
});

describe("faults", () => {
  test.each([
    ["network.absent", ["security_groups: [web-sg], subnet_mappings", "security_groups: [wep-sg], subnet_mappings"]],
    ["network.absent", ["subnet: foo-public, private_ipv4", "subnet: foo-pubic, private_ipv4"]],
    ["network.absent", ["elastic_ip: lb-ip}", "elastic_ip: ld-ip}"]],
    ["network.absent", ["load_balancer: public, port: 80,", "load_balancer: pubic, port: 80,"]],
    ["network.absent", ["listener: http, priority: 5", "listener: htp, priority: 5"]],
    ["network.absent", ["{type: forward, target_group: apps}", "{type: forward, target_group: app}"]],
    ["network.absent", ["targets: [app, {instance: web", "targets: [app, {instance: wep"]],
    ["network.group-other-vpc", ["security_groups: [web-sg], subnet_mappings", "security_groups: [bar-sg], subnet_mappings"]],
    ["network.subnet-other-vpc", ["elastic_ip: lb-ip}]", "elastic_ip: lb-ip}, {subnet: bar-private}]"]],
    ["network.private-ip-outside", ["10.0.0.21", "10.0.80.21"]],
    ["network.private-ip-reserved", ["10.0.0.21", "10.0.0.2"]],
    ["network.private-ip-taken", ["10.0.0.21", "10.0.0.10"]],
    ["network.elastic-ip-taken", ["elastic_ip: lb-ip}", "elastic_ip: nat-ip}"]],
    ["network.elastic-ip-taken", ["elastic_ip: lb-ip}", "elastic_ip: web-ip}"]],
    ["balancer.zone-twice", ["elastic_ip: lb-ip}]", "elastic_ip: lb-ip}, {subnet: foo-private}]"]],
    ["balancer.no-subnet", ["subnet_mappings: [{subnet: foo-public, private_ipv4_address: 10.0.0.21, elastic_ip: lb-ip}]", "subnets: []"]],
    ["balancer.subnets-twice", ["subnet_mappings: [{", "subnets: [foo-public], subnet_mappings: [{"]],
    ["balancer.no-internet-gateway", ["  foo-igw: {vpc: foo}", "  foo-igw: {vpc: bar}"]],
    ["balancer.internal-elastic-ip", ["public: {security", "public: {internal: true, security"]],
    ["balancer.internal-name", ["  public: {security", "  internal-x: {subnets: [foo-public]}\n  public: {security"]],
    ["balancer.name-too-long", ["  public: {security", "  a-name-that-is-a-little-too-long-x: {subnets: [foo-public]}\n  public: {security"]],
    ["balancer.name-of-instance", ["  web: {subnet: foo-public", "  public: {subnet: foo-public}\n  web: {subnet: foo-public"]],
    ["balancer.timeout-not-below-interval", ["timeout: 2", "timeout: 5"]],
    ["balancer.matcher", ["200,301-399", "200,301-599"]],
    ["balancer.target-other-vpc", ["targets: [app]}", "targets: [db]}"]],
    ["balancer.target-twice", ["targets: [app, {instance: web, port: 8081}]", "targets: [app, {instance: app, port: 8080}]"]],
    ["balancer.port-twice", ["port: 8000", "port: 80"]],
    ["balancer.priority-twice", ["priority: 5", "priority: 20"]],
    ["balancer.action-parts", ["{type: forward, target_group: apps}", "{type: redirect, target_group: apps}"]],
    ["balancer.action-parts", ["{type: forward, target_group: apps}", "{type: forward}"]],
    ["balancer.group-other-vpc", ["empty: {vpc: foo", "empty: {vpc: bar"]],
    ["balancer.group-twice", ["{target_group: empty}", "{target_group: wiki}"]],
    ["balancer.group-of-two", ["  old: {load_balancer: public, port: 8000, default_action: {type: redirect, redirect: {port: 80, status_code: HTTP_301}}}", "  old: {load_balancer: second, port: 8000, default_action: {type: forward, target_group: apps}}\nroute_tables_: 1"]],
    ["balancer.redirect-loop", ["redirect: {port: 80, ", "redirect: {"]],
    ["balancer.redirect-port", ["redirect: {port: 80, ", "redirect: {port: '80000', "]],
    ["balancer.fixed-status", ["status_code: 404", "status_code: 302"]],
    ["balancer.condition-parts", ["{http_request_method: [POST]}, {source_ip", "{http_request_method: [POST], source_ip"]],
    ["balancer.condition-twice", ["{path_pattern: [\"/docs/*\"]}", "{path_pattern: [\"/docs/*\"]}, {path_pattern: [/x]}"]],
    ["balancer.host-pattern", ["wiki.example.com, \"", "wiki, \""]],
    ["balancer.path-pattern", ["/docs/*", "docs"]],
    ["balancer.path-with-query", ["/docs/*", "/docs?page=*"]],
    ["balancer.too-many-values", ["[\"/docs/*\"]", "[/a, /b, /c, /d]"]],
    ["balancer.too-many-wildcards", ["[\"/docs/*\"]", "['/a*', '/b*', '/c*', '/d*', '/e*', '/f*']"]],
  ] as const)("%s: %s", (code, change) => {
    const text = code === "balancer.group-of-two" ? edit(balancerNetworkText, [change[0], change[1].replace("\nroute_tables_: 1", "")], ["load_balancers:\n", "load_balancers:\n  second: {subnets: [foo-public]}\n"]) : edit(balancerNetworkText, change);
    expect(validateTexts(balancerLabText, text).faults.map((fault) => fault.code)).toContain(code);
  });

  test("come all at once, each at its line", () => {
    const { faults } = validateTexts(balancerLabText, edit(balancerNetworkText, ["timeout: 2", "timeout: 9"], ["port: 8000", "port: 80"], ["targets: [app]}", "targets: [ap]}"]));
    expect(faults.map((fault) => `${fault.path} ${fault.code}`).sort()).toEqual(["listeners.old.port balancer.port-twice", "target_groups.apps.health_check.timeout balancer.timeout-not-below-interval", "target_groups.wiki.targets[0] network.absent"]);
    expect(faults.every((fault) => (fault.line ?? 0) > 40)).toBe(true);
  });

  test("of a target's form say what the form lacks", () => {
    const codes = (target: string) => validateTexts(balancerLabText, edit(balancerNetworkText, ["targets: [app]}", `targets: [${target}]}`])).faults.map((fault) => `${fault.path} ${fault.code}`);
    expect(codes("{instance: app, prot: 80}")).toEqual(["target_groups.wiki.targets[0].prot file.unknown-key"]);
    expect(codes("{port: 80}")).toEqual(["target_groups.wiki.targets[0].instance file.missing"]);
    expect(codes("App")).toEqual(["target_groups.wiki.targets[0] file.invalid-name"]);
  });
});

describe("a record's alias to a load balancer", () => {
  const zoned = `${balancerLabText.replace("    whoami:", "    ns: {address: 203.0.113.203, services: [dns]}\n    whoami:")}dns:\n  zones: {.: {name_servers: {a.root-servers.net: ns}}}\n  hosted_zone_name_servers: {ns-1.example.net: ns}\n`;
  const withZone = (alias: string, ...changes: readonly (readonly [string, string])[]) => edit(balancerNetworkText, ["outputs:", `hosted_zones: {shop: {name: shop-example.com, records: [{name: "@", type: A, alias: ${alias}}]}}\noutputs:`], ...changes);
  test("has its public address", () => {
    const files = testFiles(withZone("public"), zoned);
    expect(resolveCloud(files.lab, files.network).hostedZones[0]?.records[0]?.values).toEqual(["203.0.113.21"]);
  });
  test("must be there, and not be internal", () => {
    expect(validateTexts(zoned, withZone("pubic")).faults).toMatchObject([{ code: "dns.alias-absent" }]);
    expect(validateTexts(zoned, withZone("public", [", elastic_ip: lb-ip}", "}"], ["public: {security", "public: {internal: true, security"])).faults).toMatchObject([{ code: "dns.internal-balancer" }]);
  });
});

import { describe, expect, test } from "vitest";
import { buildTopology } from "./buildTopology.ts";
import { interpolate } from "./interpolate.ts";
import { labSchema } from "./lab.ts";
import { networkSchema } from "./network.ts";
import { predictPath } from "./packetPath.ts";
import { planNetwork } from "./planDiff.ts";
import { resolveCloud } from "./resolve.ts";
import { clusterLab, clusterNetworkText } from "./testCluster.ts";
import { validateTexts } from "./validate.ts";
import { parseNetworkFile } from "./networkFile.ts";
import { networkFaults } from "./validateNetwork.ts";

const cloudOf = (text = clusterNetworkText) => {
  const { network, faults } = parseNetworkFile(text);
  expect(faults).toEqual([]);
  if (!network) throw new TypeError("no network");
  return resolveCloud(clusterLab, network);
};
const faultsOf = (...changes: readonly (readonly [string, string])[]): string[] => {
  const text = changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new TypeError(`not in the text: ${from}`);
    return result.replace(from, to);
  }, clusterNetworkText);
  const { network, faults, positions } = parseNetworkFile(text);
  const found = network ? networkFaults(clusterLab, network, positions, undefined) : faults;
  return found.map((fault) => `${fault.code} ${fault.path}`);
};

describe("a cluster in the cloud", () => {
  test("its nodes are machines with kind's names, an interface beside kind's own, addresses and groups", () => {
    const cloud = cloudOf();
    const nodes = cloud.nodes.filter((node) => node.kind === "cluster-node");
    expect(nodes.map(({ name, cluster, listens }) => [name, cluster, listens])).toEqual([
      ["main-control-plane", "main", [6443, 10250, 10256]],
      ["main-worker", "main", [10250, 10256]],
      ["main-worker2", "main", [10250, 10256]],
    ]);
    expect(nodes.flatMap((node) => node.interfaces).map(({ name, securityGroups }) => [name, securityGroups])).toEqual([["vpc0", ["foo/cluster"]], ["vpc0", ["foo/cluster"]], ["vpc0", ["foo/cluster"]]]);
    expect(interpolate("${clusters.main.endpoint} ${clusters.main.private_ip} ${clusters.main.load_balancer_cidr_block} ${clusters.main.version}", cloud)).toBe("https://203.0.113.100:6443 10.0.0.100 203.0.113.128/28 1.37");
    expect(cloud.elasticIps.map(({ association }) => association)).toEqual([{ kind: "cluster-node", name: "main-control-plane" }]);
    expect(cloud.names["main-worker"]).toBe("10.0.0.101");
  });

  test("nobody draws an address of the services' block", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`web-${index}`, { subnet: "foo-public" }]));
    const network = networkSchema.parse({ ...parseNetworkFile(clusterNetworkText.replace("10.0.0.0/21 }", "10.0.0.0/21, map_public_ip_on_launch: true }")).network, instances: many });
    const drawn = resolveCloud(clusterLab, network).nodes.flatMap((node) => node.interfaces.map((entry) => Number((entry.publicAddress?.value ?? 0n) & 0xffn)));
    expect(drawn.filter((last) => last > 0)).toHaveLength(103);
    expect(drawn.filter((last) => last >= 128 && last < 144)).toEqual([]);
  });

  test("the picture says to which cluster a node belongs", () => {
    const node = buildTopology(cloudOf()).nodes.find(({ name }) => name === "main-worker");
    expect(node).toMatchObject({ kind: "cluster-node", cluster: "main", parent: "subnet/foo-public", address: "10.0.0.101", terminal: true });
  });
});

describe("faults of clusters", () => {
  const cases: readonly (readonly [string, readonly (readonly [string, string])[], readonly string[]])[] = [
    ["none", [], []],
    ["a subnet that is not there", [["subnet: foo-public\n", "subnet: foo-publik\n"]], ["network.absent clusters.main.subnet"]],
    ["a group that is not there", [["vpc_security_groups: [cluster]", "vpc_security_groups: [clutser]"]], ["network.absent clusters.main.vpc_security_groups[0]"]],
    ["another version", [['version: "1.37"', 'version: "1.12"']], ["cluster.version clusters.main.version"]],
    ["a version without quotes", [['version: "1.37"', "version: 1.37"]], ["file.wrong-type clusters.main.version"]],
    ["an elastic IP that is not there", [["elastic_ip: control-plane", "elastic_ip: plane"]], ["network.absent clusters.main.control_plane.elastic_ip"]],
    ["an elastic IP of two nodes", [["private_ip: 10.0.0.101", "private_ip: 10.0.0.101, elastic_ip: control-plane"]], ["network.elastic-ip-taken clusters.main.workers[0].elastic_ip"]],
    ["an address of two nodes", [["10.0.0.102", "10.0.0.101"]], ["network.private-ip-taken clusters.main.workers[1].private_ip"]],
    ["an address outside the subnet", [["10.0.0.102", "10.1.0.102"]], ["network.private-ip-outside clusters.main.workers[1].private_ip"]],
    ["pods in the VPC", [["pod_ipv4_cidr: 10.244.0.0/16", "pod_ipv4_cidr: 10.0.0.0/16"]], ["cluster.range-overlap clusters.main.kubernetes_network_config.pod_ipv4_cidr"]],
    ["services among the pods", [["service_ipv4_cidr: 10.96.0.0/16", "service_ipv4_cidr: 10.244.0.0/24"]], ["cluster.range-overlap clusters.main.kubernetes_network_config.service_ipv4_cidr"]],
    ["too few addresses for pods", [["pod_ipv4_cidr: 10.244.0.0/16", "pod_ipv4_cidr: 10.244.0.0/24"]], ["cluster.range-size clusters.main.kubernetes_network_config.pod_ipv4_cidr"]],
    ["a block outside the Internet", [["203.0.113.128/28", "198.51.100.0/28"]], ["cluster.block-outside clusters.main.load_balancer_cidr_block"]],
    ["a block with somebody's address", [["203.0.113.128/28", "203.0.113.96/28"]], ["cluster.block-taken clusters.main.load_balancer_cidr_block"]],
    ["no way in", [["foo-igw: { vpc: foo }", "bar-igw: { vpc: bar }"], ["  foo: { cidr_block: 10.0.0.0/16 }", "  foo: { cidr_block: 10.0.0.0/16 }\n  bar: { cidr_block: 10.9.0.0/16 }"], ["routes: [{ destination: 0.0.0.0/0, target: foo-igw }]", "routes: []"]], ["cluster.no-internet-gateway clusters.main.load_balancer_cidr_block"]],
    ["a name as long as a sentence", [["  main:\n    version", "  a-cluster-with-a-very-long-name:\n    version"]], ["cluster.name-too-long clusters.a-cluster-with-a-very-long-name"]],
    ["an instance with a node's name", [["instances: {}", "instances: { main-worker: { subnet: foo-public } }"]], ["cluster.node-name-taken clusters.main"]],
    ["several at once", [["10.0.0.102", "10.0.0.101"], ['version: "1.37"', 'version: "1.12"']], ["cluster.version clusters.main.version", "network.private-ip-taken clusters.main.workers[1].private_ip"]],
  ];
  test.each(cases)("%s", (_title, changes, expected) => expect(faultsOf(...changes).sort()).toEqual([...expected].sort()));

  test("a lab that names a cluster that is not there, and checks that say nothing", () => {
    const lab = [
      "id: 17-test", "title: { fr: t, en: t }", "summary: { fr: t, en: t }", "group: cluster", "minutes: 1", "memory_mb: 1",
      "internet: { hosts: { laptop: { address: 203.0.113.50, kubeconfig: mian } } }",
      "checks:",
      "  - { id: a, kind: kubernetes, title: { fr: t, en: t }, cluster: mian, object: { kind: Pod, name: x, label_selector: y }, expect: {} }",
      "  - { id: b, kind: kubernetes, title: { fr: t, en: t }, object: { kind: Pod, name: x }, expect: { count: 2, fields: [{ path: 'a..b', equals: 1, absent: true }, { path: a, matches: '(' }] } }",
      "  - { id: c, kind: kubernetes, title: { fr: t, en: t }, object: { kind: Pod, name: x }, expect: { exists: false, fields: [{ path: a, absent: true }] } }",
    ].join("\n");
    const { faults } = validateTexts(lab, clusterNetworkText);
    expect(faults.map((fault) => `${fault.code} ${fault.path}`)).toEqual([
      "lab.unknown-cluster internet.hosts.laptop.kubeconfig",
      "lab.unknown-cluster checks[0].cluster",
      "lab.kubernetes-object checks[0].object",
      "lab.kubernetes-count checks[1].expect.count",
      "lab.kubernetes-field checks[1].expect.fields[0]",
      "lab.kubernetes-path checks[1].expect.fields[0].path",
      "lab.pattern checks[1].expect.fields[1].matches",
      "lab.kubernetes-absent-fields checks[2].expect.exists",
    ]);
    expect(labSchema.safeParse({}).success).toBe(false);
  });
});

describe("the plan of a cluster", () => {
  const planOf = (...changes: readonly (readonly [string, string])[]) => planNetwork(clusterLab, cloudOf(), cloudOf(changes.reduce((text, [from, to]) => text.replace(from, to), clusterNetworkText)));

  test("a route or a group's rule touches no cluster", () => {
    const plan = planOf(["target: foo-igw }]", "target: foo-igw }, { destination: 192.0.2.0/24, target: blackhole }]"], ["port: 6443", "port: 80"]);
    expect(plan.changes.map(({ action, kind }) => `${action} ${kind}`).sort()).toEqual(["change route_tables", "change security_groups"]);
  });
  test.each([
    ["a node more", "{ private_ip: 10.0.0.102 }]", "{ private_ip: 10.0.0.102 }, { private_ip: 10.0.0.103 }]"],
    ["another range of pods", "10.244.0.0/16", "10.200.0.0/16"],
    ["another block of services", "203.0.113.128/28", "203.0.113.144/28"],
    ["another address of the API server", "public_ip: 203.0.113.100", "public_ip: 203.0.113.99"],
  ])("%s makes another cluster", (_title, from, to) => expect(planOf([from, to]).changes.find(({ kind }) => kind === "clusters")?.action).toBe("replace"));
  test("another image and another group are changes", () => {
    expect(planOf(['images: ["sample-app:v1"]', 'images: ["sample-app:v1", "sample-app:v2"]'], ["vpc_security_groups: [cluster]", "vpc_security_groups: [default]"]).changes.map(({ action, kind }) => `${action} ${kind}`)).toEqual(["change clusters"]);
  });
});

describe("the way to a cluster", () => {
  const cloud = cloudOf();
  const path = (to: string, port: number, from = "laptop") => predictPath(cloud, { from, to, protocol: "tcp", port });
  const reasons = (prediction: ReturnType<typeof path>): string[] => prediction.hops.map((hop) => hop.reason);

  test("the API server is open at the public address", () => expect(path("203.0.113.100", 6443).verdict).toBe("open"));
  test("what the group does not let in is silent", () => expect(path("203.0.113.100", 10250).verdict).toBe("timeout"));
  test("a service's address leads to the control plane untranslated, and the answer back as it is", () => {
    const prediction = path("203.0.113.130", 80);
    expect(prediction.verdict).toBe("unknown");
    expect(reasons(prediction)).toEqual(expect.arrayContaining(["block-to-node", "security-group-allows-in", "cluster-decides", "block-untranslated", "answer-received"]));
  });
  test("a service's address without a rule for its port is silent", () => expect(path("203.0.113.130", 81)).toMatchObject({ verdict: "timeout" }));
  test("a NodePort is the cluster's matter", () => expect(path("203.0.113.100", 30_080)).toMatchObject({ verdict: "unknown" }));
  test("a node without a public address does not reach the Internet", () => expect(reasons(path("laptop", 22, "main-worker"))).toContain("no-public-address"));
});

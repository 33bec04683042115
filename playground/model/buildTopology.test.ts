import { describe, expect, it } from "vitest";
import { buildTopology } from "./buildTopology.ts";
import { exportDot } from "./exportDot.ts";
import { exportMermaid } from "./exportMermaid.ts";
import { randomNetwork } from "./randomNetwork.ts";
import { resolveCloud } from "./resolve.ts";
import { testCloud, testLabText, testNetworkText } from "./testCloud.ts";
import { topologySchema } from "./topology.ts";

const machines = `${testLabText}
machines:
  a: {interfaces: {eth0: {switch: lan, address: 192.168.10.1/24}}}
  b: {interfaces: {eth0: {switch: lan, address: 192.168.10.2/24}}}
switches: [lan]
links: [{from: "a:eth1", to: "b:eth1"}]
`;

describe("buildTopology", () => {
  const topology = buildTopology(testCloud());

  it("nests subnets in VPCs and nodes in subnets, with gateways where they live", () => {
    const tree = [...topology.boxes, ...topology.nodes].map((element) => `${element.id} < ${element.parent ?? "-"}`);
    expect(tree).toEqual([
      "internet < -", "vpc/foo < -", "vpc/bar < -", "subnet/foo-public < vpc/foo", "subnet/foo-private < vpc/foo", "subnet/bar-private < vpc/bar",
      "node/web < subnet/foo-public", "node/app < subnet/foo-private", "node/db < subnet/bar-private", "node/laptop < internet", "node/whoami < internet",
      "internet-gateway/foo-igw < vpc/foo", "nat-gateway/foo-nat < subnet/foo-public", "peering-connection/foo-bar < -",
    ]);
    expect(topology.boxes.find((box) => box.id === "subnet/foo-public")).toMatchObject({ cidr: "10.0.0.0/21", isPublic: true, zone: "a", routeTable: "public" });
    expect(topology.nodes.find((node) => node.name === "web")).toMatchObject({ address: "10.0.0.10", publicAddress: "203.0.113.10", securityGroups: ["foo/web-sg"], services: ["app"] });
  });

  it("draws gateways to the Internet, peering between VPCs, and routes to what they name", () => {
    expect(topology.edges.map((edge) => `${edge.kind} ${edge.from} ${edge.to} ${edge.label ?? ""}`.trim())).toEqual([
      "attachment internet internet-gateway/foo-igw",
      "peering vpc/foo peering-connection/foo-bar",
      "peering peering-connection/foo-bar vpc/bar",
      "route subnet/foo-public internet-gateway/foo-igw 0.0.0.0/0",
      "route subnet/foo-private peering-connection/foo-bar 10.1.0.0/16",
      "route subnet/foo-private nat-gateway/foo-nat 0.0.0.0/0",
      "route subnet/bar-private peering-connection/foo-bar 10.0.0.0/16",
    ]);
  });

  it("draws switches and cables", () => {
    const { edges, boxes } = buildTopology(testCloud(testNetworkText, machines));
    expect(boxes.some((box) => box.id === "switch/lan")).toBe(true);
    expect(edges.filter((edge) => edge.from.startsWith("node/")).map((edge) => `${edge.kind} ${edge.from} ${edge.to}`)).toEqual(["cable node/a node/b", "attachment node/a switch/lan", "attachment node/b switch/lan"]);
  });

  it("fits the contract, has unique ids, and no edge or parent leads nowhere, for random networks", () => {
    for (let seed = 0; seed < 60; seed++) {
      const { lab, network } = randomNetwork(seed);
      const drawn = topologySchema.parse(buildTopology(resolveCloud(lab, network)));
      const ids = [...drawn.boxes, ...drawn.nodes, ...drawn.edges].map((element) => element.id);
      const known = new Set(ids);
      expect(known.size, `seed ${seed}`).toBe(ids.length);
      const ends = [...drawn.edges.flatMap((edge) => [edge.from, edge.to]), ...[...drawn.boxes, ...drawn.nodes].flatMap((element) => element.parent ?? [])];
      expect(ends.filter((id) => !known.has(id)), `seed ${seed}`).toEqual([]);
    }
  });
});

describe("exports", () => {
  it("write Mermaid", () => {
    expect(exportMermaid(buildTopology(testCloud()))).toMatchInlineSnapshot(`
      "flowchart TB
        subgraph internet["Internet 203.0.113.0/24"]
          node_2f_laptop["laptop<br/>203.0.113.50"]
          node_2f_whoami["whoami<br/>203.0.113.80"]
        end
        subgraph vpc_2f_foo["foo 10.0.0.0/16"]
          internet_2d_gateway_2f_foo_2d_igw{{"foo-igw"}}
          subgraph subnet_2f_foo_2d_public["foo-public 10.0.0.0/21"]
            node_2f_web["web<br/>10.0.0.10<br/>203.0.113.10"]
            nat_2d_gateway_2f_foo_2d_nat{{"foo-nat<br/>10.0.0.5<br/>203.0.113.30"}}
          end
          subgraph subnet_2f_foo_2d_private["foo-private 10.0.80.0/21"]
            node_2f_app["app<br/>10.0.80.20"]
          end
        end
        subgraph vpc_2f_bar["bar 10.1.0.0/16"]
          subgraph subnet_2f_bar_2d_private["bar-private 10.1.80.0/21"]
            node_2f_db["db<br/>10.1.80.20"]
          end
        end
        peering_2d_connection_2f_foo_2d_bar{{"foo-bar"}}
        internet --- internet_2d_gateway_2f_foo_2d_igw
        vpc_2f_foo -.- peering_2d_connection_2f_foo_2d_bar
        peering_2d_connection_2f_foo_2d_bar -.- vpc_2f_bar
      "
    `);
  });

  it("write DOT, with edges to boxes cut at their border and quotes escaped", () => {
    const topology = buildTopology(testCloud());
    const dot = exportDot(topology);
    expect(dot).toContain('subgraph "cluster_vpc/foo" {\n    label="foo\\n10.0.0.0/16";');
    expect(dot).toContain('"vpc/foo#anchor" -- "peering-connection/foo-bar" [style=dashed, ltail="cluster_vpc/foo"];');
    expect(dot.match(/\{/g)?.length).toBe(dot.match(/\}/g)?.length);
    expect(exportDot({ boxes: [], nodes: [], edges: [{ id: "e", kind: "cable", from: 'a"b', to: "c\\d" }] })).toContain('"a\\"b" -- "c\\\\d"');
  });

  it("give two ids that differ only in a sign two Mermaid ids", () => {
    const node = (id: string) => ({ id, kind: "machine" as const, role: "server", name: id, resourceId: id, terminal: true, securityGroups: [], services: [] });
    const text = exportMermaid({ boxes: [], nodes: [node("a-b"), node("a/b")], edges: [] });
    expect(new Set(text.trim().split("\n").slice(1).map((line) => line.trim().split("[")[0])).size).toBe(2);
  });
});

import type { Topology, TopologyBox, TopologyEdge, TopologyNode } from "../model/topology.ts";

/** Topologies for tests and benchmarks; never shown to a student. */
const node = (id: string, kind: TopologyNode["kind"], role: string, name: string, more: Partial<TopologyNode>): TopologyNode => ({
  id, kind, role, name, resourceId: `r-${name}`, terminal: kind !== "internet-gateway" && kind !== "nat-gateway" && kind !== "peering-connection", securityGroups: [], services: [], ...more,
});

/** Lab 7 as the design's picture shows it. */
export const labSeven: Topology = {
  boxes: [
    { id: "internet", kind: "internet", name: "Internet", cidr: "203.0.113.0/24" },
    { id: "vpc:foo", kind: "vpc", name: "foo", cidr: "10.0.0.0/16" },
    { id: "subnet:foo-public", kind: "subnet", name: "foo-public", cidr: "10.0.0.0/21", parent: "vpc:foo", isPublic: true, zone: "a", routeTable: "foo-public" },
    { id: "subnet:foo-private", kind: "subnet", name: "foo-private", cidr: "10.0.80.0/21", parent: "vpc:foo", isPublic: false, zone: "a", routeTable: "foo-private" },
    { id: "vpc:bar", kind: "vpc", name: "bar", cidr: "10.1.0.0/16" },
    { id: "subnet:bar-private", kind: "subnet", name: "bar-private", cidr: "10.1.80.0/21", parent: "vpc:bar", isPublic: false, zone: "a", routeTable: "bar-private" },
  ],
  nodes: [
    node("laptop", "internet-host", "laptop", "laptop", { address: "203.0.113.50", parent: "internet" }),
    node("resolver", "internet-host", "resolver", "resolver", { address: "203.0.113.53", parent: "internet" }),
    node("stranger", "internet-host", "stranger", "stranger", { address: "203.0.113.66", parent: "internet" }),
    node("whoami", "internet-host", "web", "whoami", { address: "203.0.113.80", parent: "internet" }),
    node("igw:foo", "internet-gateway", "router", "igw-foo", { parent: "vpc:foo" }),
    node("nat-foo", "nat-gateway", "router", "nat-foo", { address: "10.0.0.5", publicAddress: "203.0.113.9", parent: "subnet:foo-public" }),
    node("bastion", "instance", "bastion", "bastion", { address: "10.0.0.10", publicAddress: "203.0.113.10", parent: "subnet:foo-public" }),
    node("lb-1", "instance", "load-balancer", "lb-1", { address: "10.0.0.20", parent: "subnet:foo-public" }),
    node("private-1", "instance", "server", "private-1", { address: "10.0.80.20", parent: "subnet:foo-private" }),
    node("private-2", "instance", "server", "private-2", { address: "10.0.80.21", parent: "subnet:foo-private" }),
    node("bar-1", "instance", "server", "bar-1", { address: "10.1.80.20", parent: "subnet:bar-private" }),
    node("pcx", "peering-connection", "peering", "foo-bar", { parent: "vpc:foo" }),
  ],
  edges: [{ id: "pcx:edge", kind: "peering", from: "vpc:foo", to: "vpc:bar", label: "foo-bar" }],
};

/** How many of everything a generated topology has. */
export interface Shape {
  readonly vpcs: number;
  readonly zones: number;
  readonly publicSubnets: number;
  readonly privateSubnets: number;
  readonly instances: number;
  readonly hosts: number;
  readonly nameLength: number;
}

/** A regular topology of any size; each VPC is peered with the next. */
export function generateTopology(shape: Shape): Topology {
  const boxes: TopologyBox[] = [{ id: "internet", kind: "internet", name: "Internet", cidr: "203.0.113.0/24" }];
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  const name = (text: string): string => text.padEnd(shape.nameLength, "x");
  for (let host = 0; host < shape.hosts; host++) nodes.push(node(`host:${host}`, "internet-host", "web", name(`h${host}`), { address: `203.0.113.${host + 10}`, parent: "internet" }));
  for (let vpc = 0; vpc < shape.vpcs; vpc++) {
    boxes.push({ id: `vpc:${vpc}`, kind: "vpc", name: name(`v${vpc}`), cidr: `10.${vpc}.0.0/16` });
    nodes.push(node(`igw:${vpc}`, "internet-gateway", "router", `igw-${vpc}`, { parent: `vpc:${vpc}` }));
    if (vpc > 0) {
      nodes.push(node(`pcx:${vpc}`, "peering-connection", "router", `pcx-${vpc}`, { parent: `vpc:${vpc}` }));
      edges.push({ id: `peering:${vpc}`, kind: "peering", from: `vpc:${vpc - 1}`, to: `vpc:${vpc}`, label: `pcx-${vpc}` });
    }
    for (let zone = 0; zone < shape.zones; zone++) {
      for (const isPublic of [true, false]) {
        const base = isPublic ? 0 : 100;
        for (let index = 0; index < (isPublic ? shape.publicSubnets : shape.privateSubnets); index++) {
          const letter = "abc"[zone] ?? "a";
          const id = `subnet:${vpc}:${letter}:${isPublic ? "public" : "private"}:${index}`;
          boxes.push({ id, kind: "subnet", name: name(`s${index}`), cidr: `10.${vpc}.${base + zone * 20 + index}.0/24`, parent: `vpc:${vpc}`, isPublic, zone: letter });
          for (let instance = 0; instance < shape.instances; instance++) {
            nodes.push(node(`${id}:${instance}`, "instance", "server", name(`i${instance}`), { address: `10.${vpc}.${base + zone * 20 + index}.${instance + 10}`, parent: id, ...(isPublic && instance === 0 ? { publicAddress: `203.0.113.${100 + vpc}` } : {}) }));
          }
        }
      }
    }
  }
  return { boxes, nodes, edges };
}

/** Switches with machines on them, and routers that join neighbouring switches. */
export function physicalTopology(switches: number, machines: number, routers: number): Topology {
  const boxes: TopologyBox[] = Array.from({ length: switches }, (_, index) => ({ id: `switch:${index}`, kind: "switch" as const, name: `switch-${index}` }));
  const nodes: TopologyNode[] = [];
  const edges: TopologyEdge[] = [];
  for (let index = 0; index < machines; index++) {
    nodes.push(node(`machine:${index}`, "machine", "laptop", `machine-${index}`, { address: `192.168.1.${index + 10}` }));
    if (switches > 0) edges.push({ id: `cable:${index}`, kind: "cable", from: `machine:${index}`, to: `switch:${index % switches}` });
    else if (index > 0) edges.push({ id: `cable:${index}`, kind: "cable", from: `machine:${index - 1}`, to: `machine:${index}` });
  }
  for (let index = 0; index < routers; index++) {
    nodes.push(node(`router:${index}`, "machine", "router", `router-${index}`, { address: `192.168.1.${index + 1}` }));
    for (const side of [index, index + 1]) if (switches > 0) edges.push({ id: `uplink:${index}:${side}`, kind: "cable", from: `router:${index}`, to: `switch:${side % switches}` });
  }
  return { boxes, nodes, edges };
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { parseLabFile } from "./labFile.ts";
import { parseNetworkFile } from "./networkFile.ts";
import { palette, placeResource, type Placed, type PlaceTexts } from "./placeResource.ts";
import { removeResource } from "./removeResource.ts";
import { validateLab } from "./validate.ts";

const labText = `# A lab. / Un lab.
id: x1
title: { fr: T, en: T }
summary: { fr: S, en: S }
group: access
minutes: 5
memory_mb: 10
internet:
  cidr_block: 203.0.113.0/24
  hosts:
    laptop: { address: 203.0.113.50, role: laptop } # the student's
`;
const networkText = `# My cloud. / Mon nuage.

vpcs:
  main:
    cidr_block: 10.0.0.0/16 # the whole
`;

function read(network: string, lab = labText): PlaceTexts {
  const parsed = { network: parseNetworkFile(network), lab: parseLabFile(lab) };
  if (!parsed.network.network || !parsed.lab.lab) throw new Error(JSON.stringify([parsed.network.faults, parsed.lab.faults]));
  return { networkText: network, labText: lab, network: parsed.network.network, lab: parsed.lab.lab };
}

/** Drops things one after the other; each on a target, or where it alone can be. */
function build(start: PlaceTexts, ...drops: [Parameters<typeof placeResource>[1], string?][]): PlaceTexts {
  return drops.reduce((texts, [item, target]) => {
    const placed = placeResource(texts, item, target);
    if ("refused" in placed) throw new Error(`${item}: ${placed.refused}`);
    return read(placed.networkText, placed.labText);
  }, start);
}

test("a public subnet with an instance is dragged together, and reads as if somebody had written it", () => {
  const built = build(read(networkText), ["subnet", "vpc/main"], ["internet-gateway"], ["route-table", "subnet/subnet"], ["instance", "subnet/subnet"], ["security-group", "node/instance"], ["elastic-ip", "node/instance"]);
  expect(built.networkText).toBe(`# My cloud. / Mon nuage.

vpcs:
  main:
    cidr_block: 10.0.0.0/16 # the whole

subnets:
  subnet:
    vpc: main
    cidr_block: 10.0.0.0/24

internet_gateways:
  internet-gateway:
    vpc: main

elastic_ips:
  elastic-ip:
    instance: instance

route_tables:
  route-table:
    vpc: main
    subnets: [subnet]
    routes: [{ destination: 0.0.0.0/0, target: internet-gateway }]

security_groups:
  security-group:
    vpc: main
    ingress: []

instances:
  instance:
    subnet: subnet
    services: [ssh, app]
    vpc_security_groups: [security-group]
`);
  expect(validateLab(built.lab, built.network, { images: ["instance"] })).toEqual([]);
});

test("a machine on the Internet goes into lab.yml, whose comments stay", () => {
  const built = build(read(networkText), ["host"], ["host"]);
  expect(built.labText).toBe(`${labText}    site:
      address: 203.0.113.80
      role: web
      services: [whoami]
    site-2:
      address: 203.0.113.81
      role: web
      services: [whoami]
`);
});

test("what has no place there is refused with the reason", () => {
  const empty = read("# nothing yet\n");
  const why = (placed: Placed): string => ("refused" in placed ? placed.refused : "placed");
  expect(palette.map((item) => why(placeResource(empty, item, undefined)))).toEqual(["placed", "needs-vpc", "needs-subnet", "needs-vpc", "needs-subnet", "needs-subnet", "needs-vpc", "needs-instance", "needs-two-vpcs", "placed"]);
  const full = build(read(networkText), ["internet-gateway"], ["subnet"], ["route-table"], ["instance"], ["elastic-ip"]);
  expect([["internet-gateway", "vpc/main"], ["route-table", "subnet/subnet"], ["elastic-ip", "node/instance"], ["peering", "vpc/main"]].map(([item, target]) => why(placeResource(full, item as never, target)))).toEqual(["has-gateway", "has-table", "has-address", "needs-two-vpcs"]);
  expect(why(placeResource(read("vpcs: { small: { cidr_block: 10.0.0.0/28 } }"), "subnet", undefined))).toBe("no-room");
});

test("whatever is dropped wherever: what comes out is valid, and every comment stays", () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...palette), fc.nat(20)), { maxLength: 14 }), (drops) => {
    let texts = read(networkText);
    for (const [item, number] of drops) {
      const targets = [undefined, ...Object.keys(texts.network.vpcs).map((name) => `vpc/${name}`), ...Object.keys(texts.network.subnets).map((name) => `subnet/${name}`), ...Object.keys(texts.network.instances).map((name) => `node/${name}`)];
      const placed = placeResource(texts, item, targets[number % targets.length]);
      if (!("refused" in placed)) texts = read(placed.networkText, placed.labText);
    }
    expect(validateLab(texts.lab, texts.network, { images: ["instance"] })).toEqual([]);
    for (const comment of ["# My cloud. / Mon nuage.", "# the whole"]) expect(texts.networkText).toContain(comment);
    expect(texts.labText).toContain("# the student's");
  }), { numRuns: 60 });
});

test("what is taken out goes with all that hangs on it, and leaves a valid network", () => {
  const built = build(read(networkText), ["vpc"], ["subnet", "vpc/main"], ["subnet", "vpc/main"], ["internet-gateway", "vpc/main"], ["route-table", "subnet/subnet"], ["instance", "subnet/subnet"], ["instance", "subnet/subnet-2"], ["elastic-ip", "node/instance"], ["nat-gateway", "subnet/subnet"], ["peering", "vpc/main"], ["security-group", "node/instance"], ["host"]);
  const without = (id: string) => {
    const removed = removeResource(built, built.network, id);
    const texts = read(removed.networkText, removed.labText);
    expect(validateLab(texts.lab, texts.network, { images: ["instance"] }), id).toEqual([]);
    return texts;
  };
  expect(Object.keys(without("vpc/main").network.vpcs)).toEqual(["vpc"]);
  expect(without("vpc/main").network).toMatchObject({ subnets: {}, instances: {}, elastic_ips: {}, peering_connections: {} });
  expect(without("subnet/subnet").network).toMatchObject({ instances: { "instance-2": {} }, nat_gateways: {}, elastic_ips: {}, route_tables: { "route-table": { subnets: [] } } });
  expect(without("internet-gateway/internet-gateway").network.route_tables["route-table"]?.routes).toEqual([]);
  expect(Object.keys(without("node/site").lab.internet?.hosts ?? {})).toEqual(["laptop"]);
  expect(without("node/none").networkText).toBe(built.networkText);
});

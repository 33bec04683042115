import { type Document, isMap, type Node, type Pair, visit } from "yaml";
import type { Lab } from "./lab.ts";
import { addTo, editText } from "./labDocument.ts";
import { type Network, type ResourceKind, resourceKinds } from "./network.ts";
import { freeInternetAddress, freeName, freeSubnetBlock, freeVpcBlock } from "./placeFree.ts";
import { internetGatewayId, natGatewayId, nodeId, peeringConnectionId, subnetId, vpcId } from "./topologyIds.ts";

/** What can be dragged onto a picture, in the order of the palette. */
export const palette = ["vpc", "subnet", "instance", "internet-gateway", "nat-gateway", "route-table", "security-group", "elastic-ip", "peering", "host"] as const;
export type PaletteItem = (typeof palette)[number];

/** The two texts that a picture stands for, and what they say with the values of a variant put in. */
export interface PlaceTexts {
  readonly networkText: string;
  readonly labText: string;
  readonly network: Network;
  readonly lab: Lab;
}

/** Why something cannot be put where it was dropped. */
export type PlaceRefusal = "needs-vpc" | "needs-subnet" | "needs-instance" | "needs-two-vpcs" | "has-gateway" | "has-table" | "has-address" | "no-room";

/** The texts with the new thing in them, and its id in the picture (of what holds it, where it has no place of its own). */
export type Placed = { readonly networkText: string; readonly labText: string; readonly id: string | undefined } | { readonly refused: PlaceRefusal };

type Place = { readonly vpc?: string | undefined; readonly subnet?: string | undefined; readonly instance?: string | undefined };

/** Where in the network an element of the picture is. */
function placeOf(network: Network, target: string | undefined): Place {
  const [kind = "", name = ""] = (target ?? "").split("/");
  if (kind === "vpc") return { vpc: name };
  if (kind === "subnet") return { subnet: name, vpc: network.subnets[name]?.vpc };
  if (kind === "internet-gateway") return { vpc: network.internet_gateways[name]?.vpc };
  const subnet = kind === "nat-gateway" ? network.nat_gateways[name]?.subnet : kind === "node" ? network.instances[name]?.subnet : undefined;
  if (subnet === undefined) return {};
  return { subnet, vpc: network.subnets[subnet]?.vpc, ...(kind === "node" ? { instance: name } : {}) };
}

/**
 * Writes a new resource into the texts, where it was dropped: `target` is the id of an element of the picture. What fits in one place alone needs no target.
 * Comments and everything else stay as they were written.
 */
export function placeResource(texts: PlaceTexts, item: PaletteItem, target: string | undefined): Placed {
  const { network, lab } = texts;
  const place = placeOf(network, target);
  const only = (names: string[]): string | undefined => (names.length === 1 ? names[0] : undefined);
  const vpc = place.vpc ?? only(Object.keys(network.vpcs));
  const subnet = place.subnet ?? only(Object.keys(network.subnets).filter((name) => vpc === undefined || network.subnets[name]?.vpc === vpc));
  const instance = place.instance ?? only(Object.keys(network.instances));
  const name = freeName(item === "vpc" && Object.keys(network.vpcs).length === 0 ? "main" : item === "host" ? "site" : item, lab, network);
  const write = (id: string | undefined, change: (document: Document) => void): Placed => ({ ...texts, networkText: editText(texts.networkText, change), id });

  switch (item) {
    case "vpc": {
      const block = freeVpcBlock(lab, network);
      return block === undefined ? { refused: "no-room" } : write(vpcId(name), (document) => put(document, "vpcs", name, { cidr_block: block }));
    }
    case "subnet": {
      if (vpc === undefined) return { refused: "needs-vpc" };
      const block = freeSubnetBlock(network, vpc);
      return block === undefined ? { refused: "no-room" } : write(subnetId(name), (document) => put(document, "subnets", name, { vpc, cidr_block: block }));
    }
    case "instance":
      return subnet === undefined ? { refused: "needs-subnet" } : write(nodeId(name), (document) => put(document, "instances", name, { subnet, services: ["ssh", "app"] }));
    case "internet-gateway":
      if (vpc === undefined) return { refused: "needs-vpc" };
      return Object.values(network.internet_gateways).some((gateway) => gateway.vpc === vpc) ? { refused: "has-gateway" } : write(internetGatewayId(name), (document) => put(document, "internet_gateways", name, { vpc }));
    case "nat-gateway":
      if (subnet === undefined) return { refused: "needs-subnet" };
      return write(natGatewayId(name), (document) => {
        put(document, "elastic_ips", `${name}-ip`, {});
        put(document, "nat_gateways", name, { subnet, elastic_ip: `${name}-ip` });
      });
    case "route-table": {
      if (subnet === undefined || vpc === undefined) return { refused: "needs-subnet" };
      if (Object.values(network.route_tables).some((table) => table.subnets.includes(subnet))) return { refused: "has-table" };
      const gateway = Object.keys(network.internet_gateways).find((one) => network.internet_gateways[one]?.vpc === vpc);
      const routes = gateway === undefined ? [] : [{ destination: "0.0.0.0/0", target: gateway }];
      return write(subnetId(subnet), (document) => put(document, "route_tables", name, { vpc, subnets: [subnet], routes }));
    }
    case "security-group":
      if (vpc === undefined) return { refused: "needs-vpc" };
      return write(place.instance === undefined ? vpcId(vpc) : nodeId(place.instance), (document) => {
        put(document, "security_groups", name, { vpc, ingress: [] });
        if (place.instance === undefined) return;
        addTo(document, ["instances", place.instance, "vpc_security_groups"], name);
        styleAt(document, ["instances", place.instance, "vpc_security_groups"]);
      });
    case "elastic-ip":
      if (instance === undefined) return { refused: "needs-instance" };
      return Object.values(network.elastic_ips).some((ip) => ip.instance === instance) ? { refused: "has-address" } : write(nodeId(instance), (document) => put(document, "elastic_ips", name, { instance }));
    case "peering": {
      const first = vpc ?? Object.keys(network.vpcs)[0];
      const joined = (other: string): boolean => Object.values(network.peering_connections).some((one) => [one.vpc, one.peer_vpc].every((end) => end === first || end === other));
      const peer = Object.keys(network.vpcs).find((other) => other !== first && !joined(other));
      return first === undefined || peer === undefined ? { refused: "needs-two-vpcs" } : write(peeringConnectionId(name), (document) => put(document, "peering_connections", name, { vpc: first, peer_vpc: peer }));
    }
    case "host": {
      const address = freeInternetAddress(lab, network);
      if (address === undefined) return { refused: "no-room" };
      const labText = editText(texts.labText, (document) => {
        document.setIn(["internet", "hosts", name], styled(document, { address, role: "web", services: ["whoami"] }));
      });
      return { ...texts, labText, id: nodeId(name) };
    }
  }
}

/** Adds a resource, its kind in the order in which kinds are made, with an empty line before it. */
function put(document: Document, kind: ResourceKind, name: string, value: object): void {
  const { contents } = document;
  if (!isMap(contents)) return;
  const known = contents.get(kind, true);
  if (isMap(known)) {
    known.set(document.createNode(name), styled(document, value, known.flow === true));
    return;
  }
  contents.delete(kind);
  const pair = document.createPair(kind, { [name]: value }) as Pair<Node, Node>;
  visit(pair.value, { Seq: (_key, seq) => void (seq.flow = true) });
  if (contents.items.length > 0) pair.key.spaceBefore = true;
  const later = resourceKinds.slice(resourceKinds.indexOf(kind) + 1) as readonly string[];
  const index = contents.items.findIndex((item) => [...later, "outputs"].includes(String(item.key)));
  if (index < 0) contents.items.push(pair);
  else {
    const following = contents.items[index];
    if (index === 0 && following) (following.key as Node).spaceBefore = true;
    contents.items.splice(index, 0, pair);
  }
}

/** Lists in brackets, as the labs are written. */
function styled(document: Document, value: object, flow = false): Node {
  const node = document.createNode(value, { flow }) as Node;
  visit(node, { Seq: (_key, seq) => void (seq.flow = true) });
  return node;
}

function styleAt(document: Document, path: string[]): void {
  const list = document.getIn(path, true);
  visit(list as Node, { Seq: (_key, seq) => void (seq.flow = true) });
}

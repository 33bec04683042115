import { type Document, isMap, isScalar, isSeq } from "yaml";
import { editText, removeAt } from "./labDocument.ts";
import type { Network, ResourceKind } from "./network.ts";

/** Kinds by the word in an element's id. */
const kinds: Readonly<Record<string, ResourceKind>> = { vpc: "vpcs", subnet: "subnets", "internet-gateway": "internet_gateways", "nat-gateway": "nat_gateways", "peering-connection": "peering_connections", node: "instances" };

/**
 * Takes an element of the picture out of the texts, with what cannot be without it (a VPC's subnets, a subnet's instances…) and every mention of either:
 * routes to it, its place in lists, its elastic IP. The texts are the same where the element is none of theirs.
 */
export function removeResource(texts: { networkText: string; labText: string }, network: Network, id: string): { networkText: string; labText: string } {
  const [word = "", name = ""] = id.split("/");
  const kind = kinds[word];
  if (kind === undefined) return texts;
  if (kind === "instances" && !Object.hasOwn(network.instances, name)) {
    return { ...texts, labText: editText(texts.labText, (document) => removeAt(document, ["internet", "hosts", name])) };
  }
  const gone = withDependents(network, [[kind, name]]);
  const networkText = editText(texts.networkText, (document) => {
    for (const [one, each] of gone) dropEntry(document, one, each);
    for (const [, each] of gone) dropMentions(document, each);
  });
  return { ...texts, networkText };
}

type Entry = readonly [ResourceKind, string];

function withDependents(network: Network, entries: readonly Entry[]): Entry[] {
  const found: Entry[] = [...entries];
  for (const [kind, name] of found) {
    const add = (other: ResourceKind, holds: (resource: Readonly<Record<string, unknown>>) => boolean): void => {
      for (const [each, resource] of Object.entries(network[other])) {
        if (holds(resource as Readonly<Record<string, unknown>>) && !found.some(([one, known]) => one === other && known === each)) found.push([other, each]);
      }
    };
    if (kind === "vpcs") {
      for (const other of ["subnets", "internet_gateways", "route_tables", "security_groups", "network_acls", "target_groups"] as const) add(other, ({ vpc }) => vpc === name);
      add("peering_connections", ({ vpc, peer_vpc: peer }) => vpc === name || peer === name);
    } else if (kind === "subnets") {
      for (const other of ["instances", "nat_gateways", "clusters"] as const) add(other, ({ subnet }) => subnet === name);
    } else if (kind === "nat_gateways") {
      const address = network.nat_gateways[name]?.elastic_ip;
      if (address !== undefined && network.elastic_ips[address]?.instance === undefined) found.push(["elastic_ips", address]);
    } else if (kind === "instances") add("elastic_ips", ({ instance }) => instance === name);
  }
  return found;
}

function dropEntry(document: Document, kind: ResourceKind, name: string): void {
  document.deleteIn([kind, name]);
  const rest = document.get(kind, true);
  if (isMap(rest) && rest.items.length === 0) document.delete(kind);
}

/** Lists that name it, routes that lead to it. */
function dropMentions(document: Document, name: string): void {
  const lists: Readonly<Record<string, readonly string[]>> = { route_tables: ["subnets"], network_acls: ["subnets"], instances: ["vpc_security_groups"], target_groups: ["targets"], load_balancers: ["subnets", "security_groups"] };
  for (const [kind, keys] of Object.entries(lists)) {
    const resources = document.get(kind, true);
    if (!isMap(resources)) continue;
    for (const { value } of resources.items) {
      if (!isMap(value)) continue;
      for (const key of keys) {
        const list = value.get(key, true);
        if (isSeq(list)) list.items = list.items.filter((item) => !(isScalar(item) && item.value === name));
      }
      const routes = value.get("routes", true);
      if (isSeq(routes)) routes.items = routes.items.filter((route) => !(isMap(route) && route.get("target") === name));
    }
  }
}

import type { FabricChange } from "./diff.ts";
import type { FabricProgram, LinkEnd, LinkProgram, NamespaceProgram, RouteProgram } from "./fabricProgram.ts";

/**
 * For tests: carries out a change on a program held in memory, in the order of `changeScript`, with the kernel's own habits: a link
 * that goes takes its routes along, a route needs its device, what is taken away must be there. Throws where the kernel would refuse.
 */
export function carryOut(before: FabricProgram, change: FabricChange): FabricProgram {
  const namespaces = new Map<string, NamespaceProgram>(before.namespaces.map((entry) => [entry.name, entry]));
  const links = new Map<string, LinkProgram>(before.links.map((link) => [link.id, link]));
  const dropRoutes = (end: LinkEnd): void => {
    const entry = end.kind === "namespace" ? namespaces.get(end.namespace) : undefined;
    if (entry) namespaces.set(entry.name, { ...entry, routes: entry.routes.filter((route) => route.device !== end.interface) });
  };
  const removeLink = (link: LinkProgram): void => {
    links.delete(link.id);
    for (const end of [link.a, link.b]) dropRoutes(end);
  };

  for (const entry of change.addedNamespaces) {
    refuse(namespaces.has(entry.name), `namespace ${entry.name} exists`);
    namespaces.set(entry.name, { ...entry, localAddresses: [], rules: [], routes: [], ruleset: "" });
  }
  for (const { name, ruleset } of change.namespaces) {
    if (ruleset !== undefined) namespaces.set(name, { ...get(namespaces, name), ruleset });
  }
  for (const link of change.removedLinks) removeLink(links.get(link.id) ?? link);
  for (const name of change.removedNamespaces) {
    refuse(!namespaces.delete(name), `no namespace ${name}`);
    for (const link of [...links.values()].filter((candidate) => [candidate.a, candidate.b].some((end) => end.kind === "namespace" && end.namespace === name))) removeLink(link);
  }
  for (const link of change.addedLinks) {
    for (const end of [link.a, link.b]) refuse([...links.values()].some((other) => [other.a, other.b].some((taken) => placeOf(taken) === placeOf(end))), `${placeOf(end)} exists`);
    for (const end of [link.a, link.b]) if (end.kind === "namespace") get(namespaces, end.namespace);
    links.set(link.id, link);
  }
  for (const entry of change.namespaces) {
    const found = get(namespaces, entry.name);
    const gone = new Set(change.removedLinks.flatMap((link) => [link.a, link.b]).map(placeOf));
    let routes = found.routes;
    for (const route of entry.removedRoutes) {
      const left = routes.filter((other) => keyOf(other) !== keyOf(route));
      refuse(left.length === routes.length && !gone.has(`${entry.name}/${route.device ?? ""}`), `no route ${keyOf(route)} in ${entry.name}`);
      routes = left;
    }
    for (const route of entry.setRoutes) {
      const isThere = route.device === undefined || route.device === "lo" || [...links.values()].some((link) => [link.a, link.b].some((end) => placeOf(end) === `${entry.name}/${route.device}`));
      refuse(!isThere, `no device ${route.device ?? ""} in ${entry.name}`);
      routes = [...routes.filter((other) => keyOf(other) !== keyOf(route)), route];
    }
    namespaces.set(entry.name, {
      ...found,
      localAddresses: replaced(found.localAddresses, entry.removedAddresses, entry.addedAddresses),
      rules: replaced(found.rules, entry.removedRules, entry.addedRules),
      routes,
    });
  }
  const nodes = new Map([...before.nodes, ...change.nodes].map((node) => [node.node, node]));
  return { namespaces: [...namespaces.values()], links: [...links.values()], nodes: [...nodes.values()] };
}

/** The same program whatever the order of its statements; without machines other than `nodes`, which leave with their containers. */
export function inOrder(program: FabricProgram, nodes: readonly string[]): FabricProgram {
  return {
    namespaces: sorted(program.namespaces.map((entry) => ({ ...entry, localAddresses: sorted(entry.localAddresses), rules: sorted(entry.rules), routes: sorted(entry.routes) }))),
    links: sorted(program.links),
    nodes: sorted(program.nodes.filter((node) => nodes.includes(node.node))),
  };
}

const placeOf = (end: LinkEnd): string => (end.kind === "node" ? `@${end.node}/${end.interface}` : `${end.namespace}/${end.interface}`);
const keyOf = (route: RouteProgram): string => `${route.table} ${route.destination}`;

function replaced<Item>(items: readonly Item[], removed: readonly Item[], added: readonly Item[]): Item[] {
  const text = (item: Item): string => JSON.stringify(item);
  const left = items.filter((item) => !removed.some((other) => text(other) === text(item)));
  refuse(left.length !== items.length - removed.length, `not there: ${removed.map(text).join()}`);
  for (const item of added) refuse(left.some((other) => text(other) === text(item)), `already there: ${text(item)}`);
  return [...left, ...added];
}

function sorted<Item>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function get(namespaces: ReadonlyMap<string, NamespaceProgram>, name: string): NamespaceProgram {
  const found = namespaces.get(name);
  if (!found) throw new Error(`no namespace ${name}`);
  return found;
}

function refuse(condition: boolean, reason: string): void {
  if (condition) throw new Error(reason);
}

import type { FabricProgram, LinkEnd, LinkProgram, NamespaceProgram, NodeProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";

/**
 * What must be done to come from one program to another. Everything is listed in the order in which it is applied.
 */
export interface FabricChange {
  readonly addedNamespaces: readonly NamespaceProgram[];
  readonly removedNamespaces: readonly string[];
  readonly removedLinks: readonly LinkProgram[];
  readonly addedLinks: readonly LinkProgram[];
  /** Per namespace that stays or is new: statements to take away and to add. */
  readonly namespaces: readonly NamespaceChange[];
  readonly nodes: readonly NodeProgram[];
}
export interface NamespaceChange {
  readonly name: string;
  readonly removedAddresses: readonly string[];
  readonly addedAddresses: readonly string[];
  readonly removedRules: readonly RuleProgram[];
  readonly addedRules: readonly RuleProgram[];
  readonly removedRoutes: readonly RouteProgram[];
  /** New routes and those whose text changed. */
  readonly setRoutes: readonly RouteProgram[];
  /** Undefined when the ruleset is the same. */
  readonly ruleset: string | undefined;
}

/** The program of an empty lab. */
export const emptyProgram: FabricProgram = { namespaces: [], links: [], nodes: [] };

/**
 * Compares two programs. `lost` names machines whose interfaces are gone (a container that restarted): what ends in them
 * is made again although the program did not change.
 */
export function diffPrograms(before: FabricProgram, after: FabricProgram, lost: ReadonlySet<string> = new Set()): FabricChange {
  const isLost = (link: LinkProgram): boolean => [link.a, link.b].some((end) => end.kind === "node" && lost.has(end.node));
  const removedLinks = before.links.filter((link) => isLost(link) || !after.links.some((other) => same(other, link)));
  const addedLinks = after.links.filter((link) => isLost(link) || !before.links.some((other) => same(other, link)));
  const remade = new Set(addedLinks.flatMap((link) => [deviceKey(link.a), deviceKey(link.b)]));
  return {
    addedNamespaces: after.namespaces.filter((entry) => !before.namespaces.some((other) => other.name === entry.name)),
    removedNamespaces: before.namespaces.filter((entry) => !after.namespaces.some((other) => other.name === entry.name)).map((entry) => entry.name),
    removedLinks,
    addedLinks,
    namespaces: after.namespaces
      .map((entry) => diffNamespace(before.namespaces.find((other) => other.name === entry.name), entry, remade))
      .filter((change) => !isEmptyChange(change)),
    nodes: after.nodes.filter((node) => lost.has(node.node) || !before.nodes.some((other) => same(other, node))),
  };
}

/** True when there is nothing to do. */
export function isEmpty(change: FabricChange): boolean {
  return (
    change.addedNamespaces.length + change.removedNamespaces.length + change.removedLinks.length + change.addedLinks.length + change.namespaces.length + change.nodes.length === 0
  );
}

/**
 * The part of a change that can be made while only these machines run: without cables to the others, and without the routes through
 * those. Both are made once the machine is there.
 */
export function feasiblePart(change: FabricChange, runs: (node: string) => boolean): FabricChange {
  const isFeasible = (link: LinkProgram): boolean => [link.a, link.b].every((end) => end.kind === "namespace" || runs(end.node));
  const absent = new Set(change.addedLinks.filter((link) => !isFeasible(link)).flatMap((link) => [deviceKey(link.a), deviceKey(link.b)]));
  return {
    ...change,
    addedLinks: change.addedLinks.filter(isFeasible),
    namespaces: change.namespaces
      .map((entry) => ({ ...entry, setRoutes: entry.setRoutes.filter((route) => route.device === undefined || !absent.has(`${entry.name}/${route.device}`)) }))
      .filter((entry) => !isEmptyChange(entry)),
    nodes: change.nodes.filter((node) => runs(node.node)),
  };
}

function diffNamespace(before: NamespaceProgram | undefined, after: NamespaceProgram, remade: ReadonlySet<string>): NamespaceChange {
  // A route leaves with its device, so it is set again when the device is made again.
  const wasLost = (route: RouteProgram): boolean => route.device !== undefined && remade.has(`${after.name}/${route.device}`);
  const routeKey = (route: RouteProgram): string => `${route.table} ${route.destination}`;
  const oldRoutes = before?.routes ?? [];
  return {
    name: after.name,
    removedAddresses: missingFrom(before?.localAddresses ?? [], after.localAddresses),
    addedAddresses: missingFrom(after.localAddresses, before?.localAddresses ?? []),
    removedRules: missingFrom(before?.rules ?? [], after.rules),
    addedRules: missingFrom(after.rules, before?.rules ?? []),
    removedRoutes: oldRoutes.filter((route) => !after.routes.some((other) => routeKey(other) === routeKey(route))),
    setRoutes: after.routes.filter((route) => wasLost(route) || !oldRoutes.some((other) => same(other, route))),
    ruleset: before?.ruleset === after.ruleset ? undefined : after.ruleset,
  };
}

function isEmptyChange(change: NamespaceChange): boolean {
  return (
    change.ruleset === undefined &&
    change.removedAddresses.length + change.addedAddresses.length + change.removedRules.length + change.addedRules.length + change.removedRoutes.length + change.setRoutes.length === 0
  );
}

const deviceKey = (end: LinkEnd): string => (end.kind === "namespace" ? `${end.namespace}/${end.interface}` : `@${end.node}/${end.interface}`);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function missingFrom<Item>(items: readonly Item[], others: readonly Item[]): Item[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

import { z } from "zod";
import { createHash } from "node:crypto";
import { diffPrograms, type FabricChange } from "./diff.ts";
import type { FabricProgram, LinkProgram, NamespaceProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";
import { localTable, resolverTable, firstRouteTable } from "./names.ts";

/** What was really found in the running system, namespace by namespace. */
export interface FabricObservation {
  readonly namespaces: ReadonlyMap<string, ObservedNamespace>;
}
export interface ObservedNamespace {
  /** Interface name to whether it carries traffic (both ends up). */
  readonly interfaces: ReadonlyMap<string, boolean>;
  /** IPv4 addresses as CIDR, by interface; without the loopback's own. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
  readonly rules: readonly ObservedRule[];
  readonly routes: readonly RouteProgram[];
  /** Digest of our table as nft lists it. */
  readonly rulesetDigest: string;
}

export interface ObservedRule extends RuleProgram {
  /** It says more than the rules of a program do (a source, a mark, an action): none of ours. */
  readonly isStrange: boolean;
}

/** Prints everything that {@link parseObservation} reads, in one go: of all namespaces, or of those named. */
export function observeScript(namespaces?: Iterable<string>): string {
  return [
    `for name in ${namespaces ? [...namespaces].join(" ") : "$(ip netns list | cut -d' ' -f1)"}; do`,
    "  [ -e /run/netns/$name ] || continue",
    '  echo "@namespace $name"',
    "  ip -n $name -j address show",
    "  echo; echo @rules; ip -n $name -j rule show",
    "  echo; echo @routes; ip -n $name -j route show table all",
    "  echo; echo @ruleset; ip netns exec $name nft -s list table ip rempart 2>/dev/null || true",
    "done",
  ].join("\n");
}

const addressSchema = z.array(
  z.object({
    ifname: z.string().optional(),
    operstate: z.string().optional(),
    addr_info: z.array(z.object({ family: z.string(), local: z.string(), prefixlen: z.number() })).default([]),
  }),
);
const ruleSchema = z.array(z.looseObject({ priority: z.number(), src: z.string().optional(), iif: z.string().optional(), table: z.string().optional() }));
const routeSchema = z.array(
  z.object({ type: z.string().optional(), dst: z.string(), gateway: z.string().optional(), dev: z.string().optional(), table: z.string().optional(), protocol: z.string().optional() }),
);

/** Reads the output of {@link observeScript}. Throws ZodError where it is not what iproute2 prints. */
export function parseObservation(output: string): FabricObservation {
  const namespaces = new Map<string, ObservedNamespace>();
  for (const block of output.split(/^@namespace /m).slice(1)) {
    const name = block.slice(0, block.indexOf("\n"));
    const [addresses = "", rules = "", routes = "", ruleset = ""] = block.slice(name.length).split(/^@(?:rules|routes|ruleset)$/m);
    namespaces.set(name, parseNamespace(addresses, rules, routes, ruleset));
  }
  return { namespaces };
}

function parseNamespace(addresses: string, rules: string, routes: string, ruleset: string): ObservedNamespace {
  const interfaces = addressSchema.parse(json(addresses)).filter((entry) => entry.ifname !== undefined);
  return {
    interfaces: new Map(interfaces.map((entry) => [entry.ifname ?? "", entry.operstate === "UP" || entry.operstate === "UNKNOWN"])),
    addresses: new Map(
      interfaces.map((entry) => [
        entry.ifname ?? "",
        entry.addr_info.filter((info) => info.family === "inet" && !info.local.startsWith("127.")).map((info) => `${info.local}/${info.prefixlen}`),
      ]),
    ),
    rules: ruleSchema.parse(json(rules)).map(parseRule),
    routes: routeSchema.parse(json(routes)).flatMap(parseRoute),
    rulesetDigest: createHash("sha1").update(ruleset.trim()).digest("hex"),
  };
}

const json = (text: string): unknown => (text.trim() === "" ? [] : JSON.parse(text));

const tableNames: Readonly<Record<string, number>> = { local: 255, main: 254, default: 253 };
/** `iif_detached` is said of a rule while its interface is not there. */
const ruleKeys = ["priority", "src", "iif", "iif_detached", "table"];

function parseRule(rule: z.infer<typeof ruleSchema>[number]): ObservedRule {
  const { priority, src, iif, table = "" } = rule;
  const number = tableNames[table] ?? Number(table || "none");
  return { priority, input: iif, table: number, isStrange: src !== "all" || Number.isNaN(number) || Object.keys(rule).some((key) => !ruleKeys.includes(key)) };
}

function parseRoute(route: z.infer<typeof routeSchema>[number]): RouteProgram[] {
  const table = route.table === undefined || route.table === "main" ? 254 : Number(route.table);
  if (route.protocol === "kernel" || !(table === 254 || table === resolverTable || table === localTable || table >= firstRouteTable)) return [];
  const kind = route.type === "blackhole" || route.type === "throw" ? route.type : "unicast";
  const destination = route.dst === "default" || route.dst.includes("/") ? route.dst : `${route.dst}/32`;
  return [{ table, destination, kind, device: kind === "unicast" ? route.dev : undefined, via: route.gateway }];
}

/** Rules that every namespace is born with: they are in no program, and must stay. */
const bornRules: readonly RuleProgram[] = [[0, 255], [32766, 254], [32767, 253]].map(([priority = 0, table]) => ({ priority, input: undefined, table }));

/** What of the running system counts as whole without a look at it, or may differ. */
export interface Leniency {
  /** Ids of links whose machine may set its interface down itself (NET_ADMIN): down is then no damage. */
  readonly ownLinks: ReadonlySet<string>;
  /** Namespaces at which nobody looked count as whole. */
  readonly looked?: (namespace: string) => boolean;
  /** Machines whose interfaces are gone, as for {@link diffPrograms}. */
  readonly lost?: ReadonlySet<string>;
}

/**
 * What must be done so that the running system is the program again: what is missing or differs is put back, and what should
 * not be there (routes, rules, addresses of a router itself) is taken away.
 */
export function repairOf(program: FabricProgram, observation: FabricObservation, rulesetDigests: ReadonlyMap<string, string>, { ownLinks, looked = () => true, lost }: Leniency): FabricChange {
  const isSeen = (name: string): boolean => looked(name) && observation.namespaces.has(name);
  const wanted = { ...program, namespaces: program.namespaces.map((entry) => (isSeen(entry.name) ? { ...entry, rules: [...entry.rules, ...bornRules] } : entry)) };
  const remade = diffPrograms(observedProgram(wanted, observation, rulesetDigests, ownLinks, looked), wanted, lost);
  // A link that is there but carries nothing must go before it is made again.
  const damaged = program.links.filter((link) => remade.addedLinks.includes(link) && !remade.removedLinks.includes(link));
  return { ...remade, removedLinks: [...remade.removedLinks, ...damaged] };
}

/** The part of the program that is really there, plus what should not be: what the running system would have to be compiled from. */
function observedProgram(
  program: FabricProgram,
  observation: FabricObservation,
  rulesetDigests: ReadonlyMap<string, string>,
  ownLinks: ReadonlySet<string>,
  looked: (namespace: string) => boolean,
): FabricProgram {
  const ends = program.links.flatMap((link) => [link.a, link.b]);
  return {
    namespaces: program.namespaces.flatMap((entry): NamespaceProgram[] => {
      if (!looked(entry.name)) return [entry];
      const seen = observation.namespaces.get(entry.name);
      if (!seen) return [];
      const intact = entry.ruleset === "" || rulesetDigests.get(entry.name) === seen.rulesetDigest;
      const ofLinks = ends.flatMap((end) => (end.kind === "namespace" && end.namespace === entry.name && end.defaultVia ? [defaultRoute(end.interface, end.defaultVia)] : []));
      return [
        {
          ...entry,
          localAddresses: inOrderOf(entry.localAddresses, seen.addresses.get("lo") ?? []),
          rules: observedRules(entry.rules, seen.rules),
          routes: canonicalRoutes(entry.routes, seen.routes.filter((route) => !ofLinks.some((other) => sameRoute(other, route)))),
          ruleset: intact ? entry.ruleset : "",
        },
      ];
    }),
    links: program.links.filter((link) => isWired(link, observation, ownLinks, looked)),
    nodes: program.nodes,
  };
}

const inOrderOf = (expected: readonly string[], seen: readonly string[]): string[] => [...expected.filter((one) => seen.includes(one)), ...seen.filter((one) => !expected.includes(one))];

/**
 * Rules that are as they should be. Of a priority with a rule too many, all are to be taken away and ours set again: the kernel
 * takes the first one that fits what is said of it, which may be another than was meant.
 */
function observedRules(expected: readonly RuleProgram[], seen: readonly ObservedRule[]): RuleProgram[] {
  const isOurs = (rule: ObservedRule): boolean => !rule.isStrange && expected.some((other) => sameRule(other, rule));
  const mixed = new Set(seen.filter((rule) => !isOurs(rule)).map((rule) => rule.priority));
  return [
    ...expected.filter((rule) => !mixed.has(rule.priority) && seen.some((other) => sameRule(other, rule))),
    ...seen.filter((rule) => mixed.has(rule.priority)).map(({ priority }) => ({ priority, input: undefined, table: undefined })),
  ];
}

const sameRule = (a: RuleProgram, b: RuleProgram): boolean => a.priority === b.priority && a.input === b.input && a.table === b.table;

/** Observed routes in the program's own words where they mean the same, so that equal ones compare equal. */
function canonicalRoutes(expected: readonly RouteProgram[], seen: readonly RouteProgram[]): RouteProgram[] {
  return seen.map((route) => expected.find((other) => sameRoute(other, route)) ?? route);
}

const sameRoute = (a: RouteProgram, b: RouteProgram): boolean =>
  a.table === b.table && a.destination === b.destination && a.kind === b.kind && a.device === b.device && a.via === b.via;

const defaultRoute = (device: string, via: string): RouteProgram => ({ table: 254, destination: "default", kind: "unicast", device, via });

/** Whether a link is there with what belongs to its ends. */
function isWired(link: LinkProgram, observation: FabricObservation, ownLinks: ReadonlySet<string>, looked: (namespace: string) => boolean): boolean {
  return [link.a, link.b].every((end) => {
    if (end.kind === "node" || !looked(end.namespace)) return true;
    const seen = observation.namespaces.get(end.namespace);
    const carries = seen?.interfaces.get(end.interface);
    if (seen === undefined || carries === undefined || !(carries || ownLinks.has(link.id))) return false;
    const addresses = seen.addresses.get(end.interface) ?? [];
    if (!end.addresses.every((address) => addresses.includes(address))) return false;
    const { defaultVia } = end;
    return defaultVia === undefined || seen.routes.some((route) => sameRoute(route, defaultRoute(end.interface, defaultVia)));
  });
}

import { z } from "zod";
import { createHash } from "node:crypto";
import type { FabricProgram, LinkProgram, NamespaceProgram, RouteProgram, RuleProgram } from "./fabricProgram.ts";
import { localTable, firstRouteTable } from "./names.ts";

/** What was really found in the running system, namespace by namespace. */
export interface FabricObservation {
  readonly namespaces: ReadonlyMap<string, ObservedNamespace>;
}
export interface ObservedNamespace {
  /** Interface name to whether it carries traffic (both ends up). */
  readonly interfaces: ReadonlyMap<string, boolean>;
  readonly localAddresses: readonly string[];
  readonly rules: readonly RuleProgram[];
  readonly routes: readonly RouteProgram[];
  /** Digest of our table as nft lists it. */
  readonly rulesetDigest: string;
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
const ruleSchema = z.array(z.object({ priority: z.number(), iif: z.string().optional(), table: z.string().optional() }));
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
    localAddresses: interfaces
      .filter((entry) => entry.ifname === "lo")
      .flatMap((entry) => entry.addr_info.filter((info) => info.family === "inet" && !info.local.startsWith("127.")))
      .map((info) => `${info.local}/${info.prefixlen}`),
    rules: ruleSchema
      .parse(json(rules))
      .map((rule) => ({ priority: rule.priority, input: rule.iif, table: Number(rule.table) }))
      .filter((rule) => Number.isInteger(rule.table)),
    routes: routeSchema.parse(json(routes)).flatMap(parseRoute),
    rulesetDigest: createHash("sha1").update(ruleset.trim()).digest("hex"),
  };
}

const json = (text: string): unknown => (text.trim() === "" ? [] : JSON.parse(text));

function parseRoute(route: z.infer<typeof routeSchema>[number]): RouteProgram[] {
  const table = route.table === undefined || route.table === "main" ? 254 : Number(route.table);
  if (route.protocol === "kernel" || !(table === 254 || table === localTable || table >= firstRouteTable)) return [];
  const kind = route.type === "blackhole" || route.type === "throw" ? route.type : "unicast";
  const destination = route.dst === "default" || route.dst.includes("/") ? route.dst : `${route.dst}/32`;
  return [{ table, destination, kind, device: kind === "unicast" ? route.dev : undefined, via: route.gateway }];
}

/**
 * The part of the program that is really there, plus routes that should not be: what the running system would have to be
 * compiled from. The difference to the program is what must be repaired. Namespaces at which nobody `looked` count as whole.
 */
export function observedProgram(
  program: FabricProgram,
  observation: FabricObservation,
  rulesetDigests: ReadonlyMap<string, string>,
  ownLinks: ReadonlySet<string>,
  looked: (namespace: string) => boolean = () => true,
): FabricProgram {
  return {
    namespaces: program.namespaces.flatMap((entry): NamespaceProgram[] => {
      if (!looked(entry.name)) return [entry];
      const seen = observation.namespaces.get(entry.name);
      if (!seen) return [];
      const intact = entry.ruleset === "" || rulesetDigests.get(entry.name) === seen.rulesetDigest;
      return [
        {
          ...entry,
          localAddresses: entry.localAddresses.filter((address) => seen.localAddresses.includes(address)),
          rules: entry.rules.filter((rule) => seen.rules.some((other) => other.priority === rule.priority && other.input === rule.input && other.table === rule.table)),
          routes: entry.routes.length === 0 ? [] : canonicalRoutes(entry.routes, seen.routes),
          ruleset: intact ? entry.ruleset : "",
        },
      ];
    }),
    links: program.links.filter((link) => isWired(link, observation, ownLinks, looked)),
    nodes: program.nodes,
  };
}

/** Observed routes in the program's own words where they mean the same, so that equal ones compare equal. */
function canonicalRoutes(expected: readonly RouteProgram[], seen: readonly RouteProgram[]): RouteProgram[] {
  return seen.map((route) => expected.find((other) => sameRoute(other, route)) ?? route);
}

const sameRoute = (a: RouteProgram, b: RouteProgram): boolean =>
  a.table === b.table && a.destination === b.destination && a.kind === b.kind && a.device === b.device && a.via === b.via;

/** `ownLinks`: ids of links whose machine may set its interface down itself (NET_ADMIN): down is then no damage. */
function isWired(link: LinkProgram, observation: FabricObservation, ownLinks: ReadonlySet<string>, looked: (namespace: string) => boolean): boolean {
  return [link.a, link.b].every((end) => {
    if (end.kind === "node" || !looked(end.namespace)) return true;
    const carries = observation.namespaces.get(end.namespace)?.interfaces.get(end.interface);
    return carries === undefined ? false : carries || ownLinks.has(link.id);
  });
}

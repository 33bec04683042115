import type { Cloud, CloudNode } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import type { FabricProgram, RouteProgram } from "../fabric/fabricProgram.ts";
import { compileFabric } from "../fabric/compile.ts";
import { formatPrefix, longestPrefixMatch, parseAddress, parsePrefix } from "../model/ip.ts";
import { firstRouteTable, vpcNamespace } from "../fabric/names.ts";
import { parseObservation } from "../fabric/observe.ts";
import type { LabWiring } from "../fabric/wiring.ts";

/** Where a node's subnet router keeps the routes that concern it. */
interface TableOfNode {
  readonly namespace: string;
  readonly subnet: string;
  readonly table: number;
  readonly routeTable: string;
}

function routerOf(cloud: Cloud, node: CloudNode): TableOfNode | undefined {
  const entry = node.interfaces.find((candidate) => candidate.attachment.kind === "subnet");
  if (entry?.attachment.kind !== "subnet") return undefined;
  const { vpc, subnet: subnetName } = entry.attachment;
  const subnet = cloud.subnets.find((candidate) => candidate.name === subnetName);
  if (!subnet) return undefined;
  const index = cloud.routeTables.filter((table) => table.vpc === vpc).findIndex((table) => table.name === subnet.routeTable);
  return { namespace: vpcNamespace(vpc), subnet: subnetName, table: firstRouteTable + index, routeTable: subnet.routeTable };
}

/**
 * What the running router decides for a destination in the table of the node's subnet: the longest of the routes that are
 * really there. Throws `input.not-in-vpc` for a node outside VPCs and `input.not-an-address`.
 */
export async function observeRoute({ declared: cloud, inForce }: { declared: Cloud; inForce: Cloud }, wiring: LabWiring, nodeName: string, destination: string): Promise<{ destination: string; target: string; command: string; output: string }> {
  const node = cloud.nodes.find((candidate) => candidate.name === nodeName);
  const router = node && routerOf(cloud, node);
  if (!router) throw new RempartError("input.not-in-vpc", `'${nodeName}' is in no subnet of a VPC, so no route table decides for it`, { kind: "input" });
  const address = parseAddress(destination);
  if (!address) throw new RempartError("input.not-an-address", `'${destination}' is not an address`, { kind: "input" });
  const seen = await observeTableRoutes(inForce, wiring, router);
  const names = routeNames(cloud, router.namespace);
  const chosen = longestPrefixMatch(
    seen.flatMap((route) => {
      const prefix = parsePrefix(prefixText(route));
      return prefix ? [{ prefix, route }] : [];
    }),
    address,
  );
  const output = seen.map((route) => `${prefixText(route)} ${names(route)}`).join("\n");
  return {
    destination: chosen ? prefixText(chosen.route) : "",
    target: chosen ? names(chosen.route) : "blackhole",
    command: `ip route show table ${router.table} # ${router.routeTable}`,
    output,
  };
}

/** The routes that really are in a VPC's router. */
async function observeRoutes(wiring: LabWiring, namespace: string): Promise<readonly RouteProgram[]> {
  const output = await wiring.run(`echo "@namespace ${namespace}"; echo '[]'; echo @rules; echo '[]'; echo @routes; ip -n ${namespace} -j route show table all; echo; echo @ruleset`);
  return parseObservation(output).namespaces.get(namespace)?.routes ?? [];
}

/** The routes of one table that somebody wrote: the router's own "drop what has no route" is none of them. */
async function observeTableRoutes(cloud: Cloud, wiring: LabWiring, router: TableOfNode): Promise<readonly RouteProgram[]> {
  const hasDefault = cloud.routeTables.find((table) => table.name === router.routeTable)?.routes.some((route) => route.prefix.length === 0) === true;
  const routes = await observeRoutes(wiring, router.namespace);
  return routes.filter((route) => route.table === router.table && (hasDefault || route.kind !== "blackhole" || route.destination !== "default"));
}

const prefixText = (route: RouteProgram): string => (route.destination === "default" ? "0.0.0.0/0" : route.destination);

/** Turns a route of the running system into the name of its target in `network.yml`. */
function routeNames(cloud: Cloud, namespace: string): (route: RouteProgram) => string {
  const program: FabricProgram = compileFabric(cloud);
  const expected = program.namespaces.find((entry) => entry.name === namespace)?.routes ?? [];
  const tables = cloud.routeTables.filter((table) => vpcNamespace(table.vpc) === namespace);
  return (route) => {
    if (route.kind === "blackhole") return "blackhole";
    if (route.kind === "throw") return "local";
    for (const [index, table] of tables.entries()) {
      for (const declared of table.routes) {
        const text = declared.prefix.length === 0 ? "default" : formatPrefix(declared.prefix);
        const compiled = expected.find((other) => other.table === firstRouteTable + index && other.destination === text);
        if (compiled?.device === route.device && compiled?.via === route.via && "name" in declared.target) return declared.target.name;
      }
    }
    return route.via ?? route.device ?? "?";
  };
}

export interface ObservedTable {
  readonly name: string;
  readonly subnet: string;
  readonly routes: { destination: string; target: string; state: "active" | "blackhole" | "missing" }[];
}

/** The route table of a node's subnet as it really is, beside what was applied: a route that is not there is `missing`. */
export async function observeTable({ declared: cloud, inForce }: { declared: Cloud; inForce: Cloud }, wiring: LabWiring, node: CloudNode): Promise<ObservedTable | undefined> {
  const router = routerOf(cloud, node);
  if (!router) return undefined;
  const seen = await observeTableRoutes(inForce, wiring, router);
  const table = cloud.routeTables.find((candidate) => candidate.name === router.routeTable);
  const names = routeNames(cloud, router.namespace);
  const declared = (table?.routes ?? []).map((route) => ({
    destination: formatPrefix(route.prefix),
    target: "name" in route.target ? route.target.name : route.target.kind,
  }));
  const observed = seen.map((route) => ({ destination: prefixText(route), target: names(route), state: route.kind === "blackhole" ? ("blackhole" as const) : ("active" as const) }));
  const missing = declared.filter((entry) => !observed.some((other) => other.destination === entry.destination)).map((entry) => ({ ...entry, state: "missing" as const }));
  const order = (entry: { destination: string }): number => {
    const index = declared.findIndex((other) => other.destination === entry.destination);
    return index < 0 ? declared.length : index;
  };
  return { name: router.routeTable, subnet: router.subnet, routes: [...observed, ...missing].sort((a, b) => order(a) - order(b)) };
}


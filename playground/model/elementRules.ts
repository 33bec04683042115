import { type Document, isSeq, type Node, visit } from "yaml";
import { addTo, editText, openDocument, removeAt, setAt } from "./labDocument.ts";
import { nameSchema } from "./networkBasics.ts";

/** A route as it is written, in the order of its table. */
export interface WrittenRoute {
  readonly destination: string;
  readonly target: string;
}

/** What may come in, as it is written. `ports`: none, one, or a range with a hyphen. `sources`: CIDR blocks and names of security groups. */
export interface WrittenRule {
  readonly protocol: string;
  readonly ports: string;
  readonly sources: readonly string[];
}

/** What decides about the packets of an element of the picture, read from the text as it is, values of variants left in. */
export interface ElementRules {
  /** A subnet's own route table, its VPC's main one, or a VPC's main one. */
  readonly table: { readonly name: string; readonly routes: readonly WrittenRoute[] } | undefined;
  /** Where a route of it can lead: names of its VPC's gateways, peering connections and instances. */
  readonly targets: readonly string[];
  /** The security groups of an instance, or all of a VPC. */
  readonly groups: readonly { readonly name: string; readonly rules: readonly WrittenRule[] }[];
  /** Names of all security groups of the VPC. */
  readonly groupNames: readonly string[];
  readonly vpc: string;
  readonly kind: "vpc" | "subnet" | "node";
}

type Entries = readonly (readonly [string, Readonly<Record<string, unknown>>])[];

/** Undefined for an element that has neither routes nor rules of its own, and while the text is not YAML. */
export function elementRules(networkText: string, id: string): ElementRules | undefined {
  const data = record(openDocument(networkText)?.toJS({ maxAliasCount: 100 }));
  const all = (kind: string): Entries => Object.entries(record(data[kind])).map(([name, value]) => [name, record(value)]);
  const one = (kind: string, name: string) => all(kind).find(([each]) => each === name)?.[1];
  const [kind, name = ""] = id.split("/");
  if (kind !== "vpc" && kind !== "subnet" && kind !== "node") return undefined;
  if (one({ vpc: "vpcs", subnet: "subnets", node: "instances" }[kind], name) === undefined) return undefined;
  const instance = kind === "node" ? one("instances", name) : undefined;
  const subnet = kind === "subnet" ? name : text(instance?.["subnet"]);
  const vpc = kind === "vpc" ? name : text(one("subnets", subnet)?.["vpc"]);
  const ofVpc = (entries: Entries): string[] => entries.filter(([, value]) => value["vpc"] === vpc || value["peer_vpc"] === vpc).map(([each]) => each);
  const inVpc = (entries: Entries): string[] => entries.filter(([, value]) => one("subnets", text(value["subnet"]))?.["vpc"] === vpc).map(([each]) => each);

  const tables = all("route_tables").filter(([, table]) => table["vpc"] === vpc);
  const main = tables.find(([, table]) => table["main"] === true);
  const table = kind === "node" ? undefined : kind === "vpc" ? main : (tables.find(([, each]) => list(each["subnets"]).includes(name)) ?? main);
  const groupNames = ofVpc(all("security_groups"));
  const shown = kind === "vpc" ? groupNames : kind === "node" ? list(instance?.["vpc_security_groups"]).map(text) : [];
  return {
    kind,
    vpc,
    table: table && { name: table[0], routes: list(table[1]["routes"]).map((route) => ({ destination: text(record(route)["destination"]), target: text(record(route)["target"]) })) },
    targets: [...ofVpc(all("internet_gateways")), ...inVpc(all("nat_gateways")), ...ofVpc(all("peering_connections")), ...inVpc(all("instances"))],
    groupNames,
    groups: shown.flatMap((group) => (groupNames.includes(group) ? [{ name: group, rules: list(one("security_groups", group)?.["ingress"]).map(readRule) }] : [])),
  };
}

/** The text with one more route in a table: to what it does not lead to yet, if there is such a thing. */
export function addRoute(networkText: string, rules: ElementRules): string {
  const { table, targets, vpc } = rules;
  if (table === undefined) return networkText;
  return editText(networkText, (document) => {
    const peer = (target: string): string | undefined => ["vpc", "peer_vpc"].map((end) => text(document.getIn(["peering_connections", target, end]))).find((other) => other !== "" && other !== vpc);
    const routes = targets.map((target) => {
      const other = peer(target);
      return { destination: other === undefined ? "0.0.0.0/0" : text(document.getIn(["vpcs", other, "cidr_block"])), target };
    });
    const free = routes.find(({ destination }) => destination !== "" && !table.routes.some((route) => route.destination === destination));
    addFlow(document, ["route_tables", table.name, "routes"], free ?? { destination: "192.0.2.0/24", target: targets[0] ?? "blackhole" });
  });
}

/** The text with another route in the place of one; undefined takes it out. */
export function changeRoute(networkText: string, table: string, index: number, route: WrittenRoute | undefined): string {
  return editText(networkText, (document) => {
    const path = ["route_tables", table, "routes", index];
    if (route === undefined) return removeAt(document, path);
    setAt(document, [...path, "destination"], route.destination);
    setAt(document, [...path, "target"], route.target);
  });
}

const usualPorts = [8080, 22, 80, 443];

/** The text with one more rule in a group, for a usual port that it does not name yet. */
export function addRule(networkText: string, group: string, rules: readonly WrittenRule[]): string {
  const port = usualPorts.find((one) => !rules.some(({ ports }) => ports === String(one))) ?? 8081;
  return editText(networkText, (document) => addFlow(document, ["security_groups", group, "ingress"], { protocol: "tcp", port, cidr_blocks: ["0.0.0.0/0"] }));
}

/** The text with another rule in the place of one, whose description stays; undefined takes it out. */
export function changeRule(networkText: string, group: string, index: number, rule: WrittenRule | undefined): string {
  return editText(networkText, (document) => {
    const path = ["security_groups", group, "ingress", index];
    if (rule === undefined) return removeAt(document, path);
    const [from, to] = rule.protocol === "tcp" || rule.protocol === "udp" ? rule.ports.split("-").map(portOf) : [];
    setAt(document, [...path, "protocol"], rule.protocol);
    setAt(document, [...path, "port"], to === undefined ? from : undefined);
    setAt(document, [...path, "from_port"], to === undefined ? undefined : from);
    setAt(document, [...path, "to_port"], to);
    const isGroup = (source: string): boolean => nameSchema.safeParse(source).success;
    for (const [key, sources] of [["cidr_blocks", rule.sources.filter((one) => !isGroup(one))], ["security_groups", rule.sources.filter(isGroup)]] as const) {
      setAt(document, [...path, key], sources);
      styleFlow(document.getIn([...path, key], true));
    }
  });
}

function readRule(value: unknown): WrittenRule {
  const rule = record(value);
  const [port, from, to] = ["port", "from_port", "to_port"].map((key) => text(rule[key]));
  return { protocol: text(rule["protocol"]), ports: port || [from, to].filter((one) => one !== "").join("-"), sources: [...list(rule["cidr_blocks"]), ...list(rule["security_groups"])].map(text) };
}

/** A number where it is one: a variant's value stays as it is written. */
function portOf(port: string): string | number {
  return /^\d+$/.test(port.trim()) ? Number(port) : port.trim();
}

/** Adds a map in braces to a list of one line each, as the labs are written. */
function addFlow(document: Document, path: readonly string[], value: object): void {
  addTo(document, path, value);
  const items = document.getIn(path, true);
  if (!isSeq(items)) return;
  const added = items.items.at(-1);
  if (added !== undefined) (added as { flow?: boolean }).flow = true;
  styleFlow(added);
}

function styleFlow(node: unknown): void {
  if (typeof node === "object" && node !== null) visit(node as Node, { Seq: (_key, seq) => void (seq.flow = true) });
}

const record = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

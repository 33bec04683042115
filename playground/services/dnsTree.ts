import type { DigRecord } from "../checks/dig.ts";
import { isWithin, zoneOf } from "../model/dnsFiles.ts";
import type { DnsSecurity, DnsZone, DnsZoneServer } from "../model/dnsView.ts";
import type { DirectAnswer, DirectAsk } from "./dnsAsk.ts";
import { parseDnskey, parseDs, vouchesFor } from "./dnssecKeys.ts";
import { zoneFaults } from "./dnsTreeWords.ts";

/** What the tree is made from. */
export interface TreeWorld {
  /** Addresses of the lab's name servers. */
  readonly servers: readonly string[];
  nodeOf(address: string): string | undefined;
}

/** What the answers about one zone say, before anybody judges them. */
interface ZoneView {
  readonly name: string;
  readonly parent: string | undefined;
  /** Addresses that answer for it with authority. */
  readonly served: ReadonlySet<string>;
  /** Whether some server of the parent could say anything: one that serves the zone as well sends nobody on. */
  readonly isReferred: boolean;
  readonly atParent: ReadonlySet<string>;
  readonly atChild: ReadonlySet<string>;
  readonly glue: ReadonlyMap<string, string>;
}

/** First round: every name server is asked for the name servers of every zone that may exist. */
export function firstAsks(zones: readonly string[], world: TreeWorld): DirectAsk[] {
  return world.servers.flatMap((server) => zones.map((name) => ({ server, name, type: "NS" })));
}

/** Second round: keys, what parents say of them, and addresses of name servers; and whether servers answer that the first round did not know. */
export function secondAsks(zones: readonly string[], answers: readonly DirectAnswer[], world: TreeWorld): DirectAsk[] {
  const views = zoneViews(zones, answers);
  const asks: DirectAsk[] = [];
  for (const view of views) {
    const [own] = view.served;
    if (own !== undefined) asks.push({ server: own, name: view.name, type: "DNSKEY" });
    const parent = views.find((other) => other.name === view.parent);
    for (const server of parent?.served ?? []) asks.push({ server, name: view.name, type: "DS" });
    for (const name of new Set([...view.atParent, ...view.atChild])) {
      const home = views.find((other) => other.name === zoneOf(name, views.filter((known) => known.served.size > 0).map((known) => known.name)));
      for (const server of home?.served ?? []) asks.push({ server, name, type: "A" });
      const glue = view.glue.get(name);
      if (glue !== undefined && !world.servers.includes(glue)) asks.push({ server: glue, name: view.name, type: "NS" });
    }
  }
  return [...new Map(asks.map((ask) => [`${ask.server} ${ask.name} ${ask.type}`, ask])).values()];
}

/** The tree from all answers, the root first, each zone after its parent. */
export function describeTree(zones: readonly string[], answers: readonly DirectAnswer[], world: TreeWorld): DnsZone[] {
  const views = zoneViews(zones, answers);
  const alive = new Set(answers.map((answer) => answer.server));
  const secure = new Map<string, DnsSecurity>();
  return views.map((view) => {
    const servers = [...new Set([...view.atParent, ...view.atChild])].sort().map((name) => describeServer(name, view, answers, alive, world));
    const { security, dsTags, keyTags } = securityOf(view, answers, view.parent === undefined ? undefined : secure.get(view.parent));
    secure.set(view.name, security);
    const addresses = answers.filter((answer) => answer.type === "A");
    const zone = {
      name: view.name,
      ...(view.parent === undefined ? {} : { parent: view.parent }),
      isDelegated: view.parent === undefined || !view.isReferred || view.atParent.size > 0,
      servers,
      servedBy: [...view.served].map((address) => world.nodeOf(address) ?? address),
      security,
      dsTags,
      keyTags,
    };
    const wrongGlue = [...view.glue].flatMap(([name, address]) => {
      const own = addresses.find((answer) => answer.name === name && answer.answer.flags.includes("aa"))?.answer.answer.filter((record) => record.type === "A").map((record) => record.value) ?? [];
      return own.length > 0 && !own.includes(address) ? [{ name, glue: address, own: own.join(", ") }] : [];
    });
    return { ...zone, faults: zoneFaults(zone, { isReferred: view.isReferred, wrongGlue, isWithin: (name) => isWithin(name, view.name) }) };
  });
}

function zoneViews(zones: readonly string[], answers: readonly DirectAnswer[]): ZoneView[] {
  const about = answers.filter((answer) => answer.type === "NS");
  const nsOf = (records: readonly DigRecord[], zone: string): string[] => records.filter((record) => record.type === "NS" && record.name.toLowerCase() === zone).map((record) => record.value.toLowerCase());
  const serves = (answer: DirectAnswer): boolean => answer.answer.flags.includes("aa") && nsOf(answer.answer.answer, answer.name).length > 0;
  const served = new Map(zones.map((zone) => [zone, new Set(about.filter((answer) => answer.name === zone && serves(answer)).map((answer) => answer.server))]));
  const referrals = (zone: string): DirectAnswer[] => about.filter((answer) => answer.name === zone && !served.get(zone)?.has(answer.server) && nsOf(answer.answer.authority, zone).length > 0);
  const real = zones.filter((zone) => (served.get(zone)?.size ?? 0) > 0 || referrals(zone).length > 0);
  const depth = (zone: string): number => (zone === "." ? 0 : zone.split(".").length);
  return real
    .sort((a, b) => depth(a) - depth(b) || a.localeCompare(b))
    .map((name) => {
      const parent = name === "." ? undefined : zoneOf(name.split(".").slice(1).join(".") || ".", real.filter((other) => other !== name));
      const parentServers = parent === undefined ? new Set<string>() : (served.get(parent) ?? new Set<string>());
      const said = referrals(name).filter((answer) => parentServers.has(answer.server));
      const own = about.filter((answer) => answer.name === name && served.get(name)?.has(answer.server));
      const atParent = new Set(said.flatMap((answer) => nsOf(answer.answer.authority, name)));
      return {
        name,
        parent,
        served: served.get(name) ?? new Set<string>(),
        isReferred: [...parentServers].some((server) => !served.get(name)?.has(server)),
        atParent,
        atChild: new Set(own.flatMap((answer) => nsOf(answer.answer.answer, name))),
        glue: new Map(said.flatMap((answer) => answer.answer.additional.filter((record) => record.type === "A" && atParent.has(record.name.toLowerCase())).map((record) => [record.name.toLowerCase(), record.value] as const))),
      };
    });
}

function describeServer(name: string, view: ZoneView, answers: readonly DirectAnswer[], alive: ReadonlySet<string>, world: TreeWorld): DnsZoneServer {
  const glue = view.glue.get(name);
  const known = answers.find((answer) => answer.name === name && answer.type === "A" && answer.answer.flags.includes("aa"))?.answer.answer.find((record) => record.type === "A")?.value;
  // A server that only the parent names, within the zone and without glue, is found by nobody, whatever the zone itself knows.
  const address = glue ?? (view.atParent.has(name) && isWithin(name, view.name) ? undefined : known);
  const node = address === undefined ? undefined : world.nodeOf(address);
  return {
    name,
    ...(address === undefined ? {} : { address }),
    ...(node === undefined ? {} : { node }),
    atParent: view.atParent.has(name),
    atChild: view.atChild.has(name),
    hasGlue: glue !== undefined,
    state: address === undefined ? "no-address" : view.served.has(address) ? "answers" : alive.has(address) ? "lame" : "silent",
  };
}

function securityOf(view: ZoneView, answers: readonly DirectAnswer[], above: DnsSecurity | undefined): { security: DnsSecurity; dsTags: number[]; keyTags: number[] } {
  const records = (type: string): string[] => [...new Set(answers.filter((answer) => answer.name === view.name && answer.type === type).flatMap((answer) => answer.answer.answer.filter((record) => record.type === type && record.name.toLowerCase() === view.name).map((record) => record.value)))];
  const keys = records("DNSKEY").flatMap((value) => parseDnskey(value) ?? []);
  const vouchers = records("DS").flatMap((value) => parseDs(value) ?? []);
  const tags = (list: readonly { tag: number }[]): number[] => [...new Set(list.map((entry) => entry.tag))].sort((a, b) => a - b);
  const security = ((): DnsSecurity => {
    if (view.parent === undefined) return keys.length > 0 ? "secure" : "unsigned";
    if (vouchers.length === 0) return keys.length > 0 ? "island" : "unsigned";
    if (!vouchers.some((ds) => keys.some((key) => vouchesFor(view.name, ds, key)))) return "bogus";
    return above === "secure" ? "secure" : "orphan";
  })();
  return { security, dsTags: tags(vouchers), keyTags: tags(keys) };
}

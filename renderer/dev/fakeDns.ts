import type { DnsNames, DnsParty, DnsQuestion, DnsTree, DnsZone } from "../../playground/model/dnsView.ts";

const party = (node: string, last: number): DnsParty => ({ node, address: `203.0.113.${last}` });
const [laptop, resolver, root, tld, server, web] = [party("laptop", 50), party("resolver", 53), party("root", 201), party("tld", 202), party("ns-example-com", 203), party("web", 80)];
const at = (seconds: number, milliseconds = 0): string => new Date(Date.UTC(2026, 10, 23, 14, 41, seconds, milliseconds)).toISOString();
const ask = (to: DnsParty, time: string, name = "www.example.com", type = "A") => ({ at: time, from: resolver, to, name, type });

/** What the fake host's servers were asked, the oldest first. */
export const fakeQuestions: DnsQuestion[] = [
  {
    id: "1", at: at(1), from: laptop, to: resolver, name: "www.example.com", type: "A", recursive: true, outcome: "asked", by: "machine",
    asked: [ask(root, at(1, 1)), ask(root, at(1, 1), ".", "NS"), ask(tld, at(1, 4)), ask(server, at(1, 6))],
  },
  { id: "2", at: at(3), from: laptop, to: resolver, name: "www.example.com", type: "A", recursive: true, outcome: "cache", asked: [], by: "machine" },
  { id: "3", at: at(9), from: laptop, to: resolver, name: "www.example.org", type: "A", recursive: true, outcome: "asked", code: "SERVFAIL", asked: [{ ...ask(web, at(9, 2), "www.example.org"), failure: "connection refused" }], by: "machine" },
  { id: "4", at: at(11), from: laptop, to: server, name: "www.example.com", type: "A", recursive: false, outcome: "authority", asked: [], by: "rempart" },
];

const zone = (name: string, parent: string, server: string, to: DnsParty, rest: Partial<DnsZone> = {}): DnsZone => ({
  name, parent, isDelegated: true, servedBy: [to.node ?? ""], security: "unsigned", dsTags: [], keyTags: [], faults: [],
  servers: [{ name: server, address: to.address, node: to.node, atParent: true, atChild: true, hasGlue: true, state: "answers" }], ...rest,
});
/** The delegations of the fake host. */
export const fakeTree: DnsTree = {
  at: at(12),
  from: "laptop",
  zones: [
    { ...zone(".", "", "a.root-servers.net", root, { security: "secure", keyTags: [20_326] }), parent: undefined },
    zone("com", ".", "a.gtld-servers.net", tld, { security: "secure", dsTags: [30_909], keyTags: [30_909] }),
    zone("example.com", "com", "ns1.example.com", server, { security: "island", keyTags: [4711] }),
    zone("org", ".", "a.gtld-servers.net", tld),
    zone("example.org", "org", "ns1.example.org", party("ns-example-org", 204), { isDelegated: false, servers: [{ name: "ns1.example.org", address: "203.0.113.204", node: "ns-example-org", atParent: false, atChild: true, hasGlue: false, state: "answers" }], faults: [{ fr: "La zone org ne nomme aucun serveur pour example.org.", en: "The zone org names no server for example.org." }] }),
  ],
};

/** What names lead to in the fake host: a private name has another address inside. */
export const fakeNames = (node: string): DnsNames => ({
  at: at(20),
  node,
  resolver,
  isSilent: false,
  names: [
    { name: "web", type: "A", source: "hosts", records: [{ type: "A", value: "203.0.113.80", node: "web" }], isAuthoritative: false },
    { name: "shop.example.com", type: "A", source: "resolver", code: "NOERROR", records: [{ type: "CNAME", value: "www.example.com", ttl: 300 }, { type: "A", value: node === "laptop" ? "203.0.113.80" : "10.0.80.20", ttl: 251 }], isAuthoritative: false },
    { name: "nothing.example.com", type: "A", source: "resolver", code: "NXDOMAIN", records: [], isAuthoritative: false },
  ],
});

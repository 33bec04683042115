import { describe, expect, test } from "vitest";
import type { DnsQuestion } from "../model/dnsView.ts";
import { parseDnsLog } from "./dnsLogs.ts";
import { joinDnsQuestions, type DnsWorld } from "./joinDnsQuestions.ts";

const addresses: Readonly<Record<string, string>> = { laptop: "203.0.113.50", web: "203.0.113.80", resolver: "203.0.113.53", forwarder: "203.0.113.54", root: "203.0.113.201", tld: "203.0.113.202", ns: "203.0.113.203" };
const base = Date.parse("2026-11-28T03:10:00.000Z");
const world: DnsWorld = {
  nodeOf: (address) => Object.keys(addresses).find((node) => addresses[node] === address),
  addressOf: (node) => addresses[node] ?? "",
  isResolver: (node) => node === "resolver" || node === "forwarder",
  isAuthority: () => false,
  hasSearched: () => false,
  isRempart: () => false,
  now: base + 600_000,
};
let port = 40_000;
/** A line of BIND's query log, `milliseconds` after the hour. */
const heard = (node: string, from: string, milliseconds: number, name = "www.example.com", type = "A", flag = from === "resolver" ? "-" : "+") =>
  parseDnsLog(node, `${new Date(base + milliseconds).toISOString()} client @0x7f ${addresses[from]}#${(port += 1)} (${name}): query: ${name} IN ${type} ${flag}E(0)DC (${addresses[node]})\n`);
const failed = (milliseconds: number, server: string, name: string, reason = "connection refused") => parseDnsLog("resolver", `${new Date(base + milliseconds).toISOString()} info: ${reason} resolving '${name}/A/IN': ${server}#53\n`);
const chain = (question: DnsQuestion | undefined): string[] => (question?.asked ?? []).map((ask) => `${ask.to.node ?? ask.to.address} ${ask.name}${ask.failure === undefined ? "" : ` ${ask.failure}`}`);
const join = (entries: Parameters<typeof joinDnsQuestions>[0], other: Partial<DnsWorld> = {}): DnsQuestion[] => joinDnsQuestions(entries, { ...world, ...other });

const walk = (start: number, name = "www.example.com") => [...heard("resolver", "laptop", start, name), ...heard("root", "resolver", start + 1, name), ...heard("tld", "resolver", start + 2, name), ...heard("ns", "resolver", start + 3, name)];

describe("what a question caused", () => {
  test("a resolver that knows nothing asks from the root down; the second time it asks nobody", () => {
    const [first, second, ...more] = join([...walk(0), ...heard("resolver", "laptop", 500)]);
    expect(first).toMatchObject({ from: { node: "laptop" }, to: { node: "resolver" }, name: "www.example.com", type: "A", outcome: "asked", by: "machine" });
    expect(chain(first)).toEqual(["root www.example.com", "tld www.example.com", "ns www.example.com"]);
    expect(second).toMatchObject({ outcome: "cache", asked: [] });
    expect(more).toEqual([]);
  });

  test("the lines of the logs come in any order", () => expect(chain(join(walk(0).reverse())[0])).toHaveLength(3));

  test("what is asked about name servers belongs to the search that needs it, an alias too", () => {
    const [question, ...more] = join([...walk(0), ...heard("root", "resolver", 2, ".", "NS"), ...heard("tld", "resolver", 3, "a.gtld-servers.net"), ...heard("ns", "resolver", 6, "other.example.net")]);
    expect(chain(question)).toHaveLength(6);
    expect(more).toEqual([]);
  });

  test("two machines at once: one search, and one who waits for it", () => {
    const all = join([...heard("resolver", "laptop", 0), ...heard("root", "resolver", 1), ...heard("resolver", "web", 2), ...heard("tld", "resolver", 4)]);
    expect(all.map((question) => [question.from.node, question.outcome, question.asked.length])).toEqual([["laptop", "asked", 2], ["web", "shared", 0]]);
  });

  test("a search that begins anew belongs to the later question, however soon it comes", () => {
    expect(join([...walk(0), ...walk(300)]).map((question) => question.asked.length)).toEqual([3, 3]);
  });

  test("two names at once are not mixed up", () => {
    const all = join([...walk(0), ...walk(1, "www.example.info")]);
    expect(all.map((question) => new Set(question.asked.map((ask) => ask.name)))).toEqual([new Set(["www.example.com"]), new Set(["www.example.info"])]);
  });

  test("a resolver that asks another one: the whole chain stands under the first question", () => {
    const [question, ...more] = join([...heard("forwarder", "laptop", 0), ...heard("resolver", "forwarder", 1), ...heard("root", "resolver", 2), ...heard("ns", "resolver", 3)]);
    expect(question?.asked.map((ask) => `${ask.from.node} ${ask.to.node}`)).toEqual(["forwarder resolver", "resolver root", "resolver ns"]);
    expect(more).toEqual([]);
  });

  test("what nobody asked for is the resolver's own question; one of long ago explains nothing", () => {
    const all = join([...heard("resolver", "laptop", 0), ...heard("root", "resolver", 60_000)]);
    expect(all.map((question) => [question.from.node, question.outcome])).toEqual([["laptop", "cache"], ["resolver", "authority"]]);
  });
});

describe("what became of it", () => {
  const servfail = (milliseconds: number) => parseDnsLog("resolver", `${new Date(base + milliseconds).toISOString()} info: client @0x7f ${addresses.laptop}#${port} (www.example.com): query failed (SERVFAIL) for www.example.com/IN/A at query.c:1\n`);

  test("a server that does not listen has no log: the resolver's own tells of it", () => {
    const [question] = join([...heard("resolver", "laptop", 0), ...failed(1, addresses.web ?? "", "www.example.com"), ...servfail(1)]);
    expect(question).toMatchObject({ outcome: "asked", code: "SERVFAIL" });
    expect(chain(question)).toEqual(["web www.example.com connection refused"]);
    expect(chain(join([...heard("resolver", "laptop", 0), ...failed(9000, "203.0.113.9", "www.example.com", "timed out")])[0])).toEqual(["203.0.113.9 www.example.com timed out"]);
  });

  test("a server that heard the question and refused it is there once", () => {
    expect(chain(join([...heard("resolver", "laptop", 0), ...heard("ns", "resolver", 1), ...failed(2, addresses.ns ?? "", "www.example.com", "REFUSED unexpected RCODE")])[0])).toEqual(["ns www.example.com REFUSED unexpected RCODE"]);
  });

  test("a failure that is remembered is no answer from the cache", () => expect(join([...heard("resolver", "laptop", 0), ...servfail(0)])[0]).toMatchObject({ outcome: "failed", code: "SERVFAIL" }));

  test("who has zones answers from them; so does a resolver for its own", () => {
    expect(join(heard("ns", "laptop", 0))[0]?.outcome).toBe("authority");
    expect(join(heard("resolver", "laptop", 0), { isAuthority: (node) => node === "resolver" })[0]?.outcome).toBe("authority");
  });

  test("a name never heard of, for which nobody was asked yet, is not said to come from the cache", () => {
    expect(join(heard("resolver", "laptop", 0), { now: base + 2000 })[0]?.outcome).toBe("pending");
    expect(join(heard("resolver", "laptop", 0), { now: base + 2000, hasSearched: () => true })[0]?.outcome).toBe("cache");
  });

  test("unbound tells whole seconds, what it answered and whether it remembered it", () => {
    const second = base / 1000;
    const log = `[${second}] unbound[1:0] query: 203.0.113.50 www.example.com. A IN\n[${second}] unbound[1:0] reply: 203.0.113.50 www.example.com. A IN NOERROR 0.030000 0 60\n[${second}] unbound[1:0] query: 203.0.113.50 www.example.com. A IN\n[${second}] unbound[1:0] reply: 203.0.113.50 www.example.com. A IN NOERROR 0.000000 1 60\n`;
    const [first, second_] = join([...parseDnsLog("resolver", log), ...heard("root", "resolver", 700), ...heard("ns", "resolver", 705)]);
    expect(first).toMatchObject({ outcome: "asked", code: "NOERROR", milliseconds: 30, at: new Date(base + 700).toISOString() });
    expect(chain(first)).toHaveLength(2);
    // The log has it after the first.
    expect(second_).toMatchObject({ outcome: "cache", code: "NOERROR", asked: [], at: new Date(base + 700).toISOString() });
  });

  test("what unbound neither remembered nor asked for is its own", () => {
    const second = base / 1000;
    const reply = (cached: 0 | 1): string => `[${second}] unbound[1:0] reply: 203.0.113.50 db.internal. A IN NOERROR 0.000000 ${cached} 60\n`;
    expect(join(parseDnsLog("resolver", reply(0) + reply(1)), { isAuthority: () => true }).map((question) => question.outcome)).toEqual(["authority", "cache"]);
    expect(join(parseDnsLog("resolver", reply(0)))[0]?.outcome).toBe("authority");
  });

  test("who asked, a person or Rempart, is judged for those questions alone that nothing else caused", () => {
    const judged: string[] = [];
    join(walk(0), { isRempart: ({ from }) => judged.push(from ?? "") > 0 });
    expect(judged).toEqual(["laptop"]);
  });
});

import { parseQueryLog } from "../checks/dig.ts";

/** A line of a server's log that says something of a question; `at` in milliseconds since 1970. */
export type DnsLogEntry = QueryEntry | AnswerEntry | FailureEntry;

/** `node` was asked. */
export interface QueryEntry {
  readonly kind: "query";
  readonly node: string;
  readonly at: number;
  readonly client: string;
  /** Of the client; undefined where the log does not tell. */
  readonly port: number | undefined;
  readonly name: string;
  readonly type: string;
  readonly recursive: boolean;
}
/** `node` answered. */
export interface AnswerEntry {
  readonly kind: "answer";
  readonly node: string;
  readonly at: number;
  readonly client: string;
  readonly port: number | undefined;
  readonly name: string;
  readonly type: string;
  readonly code: string;
  readonly milliseconds: number | undefined;
  readonly cached: boolean | undefined;
}
/** `node` asked `server`, and that led nowhere. */
export interface FailureEntry {
  readonly kind: "failure";
  readonly node: string;
  readonly at: number;
  readonly server: string;
  readonly name: string;
  readonly type: string;
  readonly reason: string;
}

/** The logs that a machine's DNS service writes, by the name of the service in network.yml. */
export const dnsLogFiles: Readonly<Record<string, readonly string[]>> = {
  dns: ["/var/log/named/query.log", "/var/log/named/named.log"],
  resolver: ["/var/log/unbound/unbound.log"],
};

/** unbound tells whole seconds: a question is up to a second younger than its line says. */
export const wholeSecond = 1000;

/** Reads the lines of one log of one machine, whichever of its servers wrote it; lines that are not understood are left out. */
export function parseDnsLog(node: string, text: string): DnsLogEntry[] {
  return [...bindQueries(node, text), ...text.split("\n").flatMap((line) => bindFailure(node, line) ?? unboundLine(node, line) ?? [])];
}

const lower = (name: string): string => {
  const plain = name.toLowerCase();
  return plain.length > 1 && plain.endsWith(".") ? plain.slice(0, -1) : plain;
};

function bindQueries(node: string, text: string): QueryEntry[] {
  return parseQueryLog(text).map(({ at, client, name, type, port, recursive }) => ({ kind: "query", node, at, client, port, name: lower(name), type, recursive }));
}

/** `client @0x7f 203.0.113.50#4711 (www.example.com): query failed (SERVFAIL) for www.example.com/IN/A at query.c:7171` */
const failedQuery = /^(\S+Z) (?:\w+: )?client @\S+ ([0-9.]+)#(\d+) \([^)]*\): query failed \(([^)]+)\) for (\S+)\/IN\/(\S+) at /;
/** `connection refused resolving 'www.example.com/A/IN': 203.0.113.80#53` */
const failedAsk = /^(\S+Z) (?:\w+: )?(.+?) resolving '(\S+)\/([A-Z0-9]+)\/IN'.*: ([0-9.]+)#53$/;

function bindFailure(node: string, line: string): AnswerEntry | FailureEntry | undefined {
  const query = failedQuery.exec(line);
  if (query) {
    const [, at = "", client = "", port, reason = "", name = "", type = ""] = query;
    return { kind: "answer", node, at: Date.parse(at), client, port: Number(port), name: lower(name), type, code: /^[A-Z]+$/.test(reason) ? reason : "SERVFAIL", milliseconds: undefined, cached: undefined };
  }
  const ask = failedAsk.exec(line);
  if (!ask) return undefined;
  const [, at = "", reason = "", name = "", type = "", server = ""] = ask;
  return { kind: "failure", node, at: Date.parse(at), server, name: lower(name), type, reason };
}

/** `[1764300000] unbound[123:0] reply: 203.0.113.50 www.example.com. A IN NOERROR 0.012345 0 60`: seconds, from the cache or not, bytes. */
const unboundWords = /^\[(\d+)(?:\.(\d+))?\] unbound\[\S+\] (query|reply|info): ([0-9.]+) (\S+) ([A-Z0-9]+) IN(?: ([A-Z]+) ([0-9.]+) ([01]) \d+)?\s*$/;

function unboundLine(node: string, line: string): QueryEntry | AnswerEntry | undefined {
  const found = unboundWords.exec(line);
  if (!found) return undefined;
  const [, seconds, , , client = "", name = "", type = "", code, took, cached] = found;
  const common = { node, at: Number(seconds) * 1000, client, port: undefined, name: lower(name), type };
  if (code === undefined) return { kind: "query", ...common, recursive: true };
  return { kind: "answer", ...common, code, milliseconds: Math.round(Number(took) * 10_000) / 10, cached: cached === "1" };
}

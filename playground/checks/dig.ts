/** What dig said: header, flags, and records by section. */
export interface DigAnswer {
  /** Undefined when nobody answered. */
  readonly status: string | undefined;
  readonly flags: readonly string[];
  readonly answer: readonly DigRecord[];
  readonly authority: readonly DigRecord[];
  readonly additional: readonly DigRecord[];
}
export interface DigRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly value: string;
}

/** Reads the usual output of dig, with comments; what is no part of an answer is left out. */
export function parseDig(output: string): DigAnswer {
  const sections: Record<string, DigRecord[]> = {};
  let section = "";
  for (const line of output.split("\n")) {
    const heading = /^;; ([A-Z]+) SECTION:/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const record = /^([^;\s]\S*)\s+(\d+)\s+IN\s+([A-Z0-9]+)\s+(.+?)\s*$/.exec(line);
    if (record) (sections[section] ??= []).push({ name: withoutDot(record[1] ?? ""), ttl: Number(record[2]), type: record[3] ?? "", value: withoutDot(record[4] ?? "") });
  }
  return {
    status: /^;; ->>HEADER<<-.*status: ([A-Z]+)/m.exec(output)?.[1],
    flags: /^;; flags: ([a-z ]*);/m.exec(output)?.[1]?.trim().split(/\s+/) ?? [],
    answer: sections.ANSWER ?? [],
    authority: sections.AUTHORITY ?? [],
    additional: sections.ADDITIONAL ?? [],
  };
}

/** Names are compared without the dot of the root and in small letters; the root itself keeps it. */
export function withoutDot(text: string): string {
  return text.length > 1 && text.endsWith(".") && !text.startsWith('"') ? text.slice(0, -1) : text;
}

/** A line of a server's query log: who asked what, and when (milliseconds since 1970). */
export interface LoggedQuery {
  readonly at: number;
  readonly client: string;
  /** From which port the client asked. */
  readonly port: number;
  readonly name: string;
  readonly type: string;
  /** Whether the client wanted the server to ask others. */
  readonly recursive: boolean;
}

/** Reads lines such as `2026-01-01T10:00:00.123Z client @0x7f 203.0.113.53#4711 (www.example.com): query: www.example.com IN A -E(0)DC (203.0.113.201)`. */
export function parseQueryLog(text: string): LoggedQuery[] {
  return [...text.matchAll(/^(\S+Z) client @\S+ ([0-9.]+)#(\d+) \([^)]*\): query: (\S+) IN (\S+) ([+-])/gm)].map(([, at = "", client = "", port, name = "", type = "", recursive]) => ({
    at: Date.parse(at),
    client,
    port: Number(port),
    name: name.toLowerCase(),
    type,
    recursive: recursive === "+",
  }));
}

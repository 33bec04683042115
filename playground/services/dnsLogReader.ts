import { parseDnsLog, type DnsLogEntry } from "./dnsLogs.ts";

/** Of a log that grew by more since the last look, the beginning is left out. */
const mostBytes = 256 * 1024;
/** Lines by which BIND tells that what it serves has changed. */
const zoneNews = /\b(loaded serial|updating zone|all zones loaded|reconfig|zone \S+ (?:removed|expired))/;

/** A log of a machine: `path` is where the shell that reads it finds it, `key` the same for the whole life of the lab. */
export interface DnsLogFile {
  readonly node: string;
  readonly key: string;
  readonly path: string;
}

/** What was added to the logs since the last look. */
export interface DnsLogNews {
  readonly entries: DnsLogEntry[];
  /** Machines that have a log at all. */
  readonly withLog: ReadonlySet<string>;
  /** Some server told that it loaded a zone. */
  readonly hasZoneNews: boolean;
}

/** Reads what was added to logs, by inode and offset, with as few programs as can be: it is called every second. */
export class DnsLogReader {
  readonly #run: (script: string) => Promise<string>;
  readonly #places = new Map<string, { readonly inode: string; readonly offset: number }>();

  /** @param run runs a script and returns what it prints; the script fails only when the shell does */
  constructor(run: (script: string) => Promise<string>) {
    this.#run = run;
  }

  /** Throws what `run` throws. */
  async read(list: readonly DnsLogFile[]): Promise<DnsLogNews> {
    const files = new Map(list.map((file) => [file.path, file]));
    if (files.size === 0) return { entries: [], withLog: new Set(), hasZoneNews: false };
    const listing = await this.#run(`stat -L -c '%F|%i|%s|%n' ${[...files.keys()].join(" ")} 2> /dev/null || true`);
    const grown: (DnsLogFile & { from: number; size: number; inode: string })[] = [];
    const withLog = new Set<string>();
    for (const line of listing.split("\n")) {
      const [, inode = "", length = "", path = ""] = /^regular(?: empty)? file\|(\d+)\|(\d+)\|(.+)$/.exec(line) ?? [];
      const file = files.get(path);
      if (file === undefined) continue;
      withLog.add(file.node);
      const known = this.#places.get(file.key);
      const size = Number(length);
      // Another file by that name, or one that was emptied, is read from its beginning.
      const start = known?.inode === inode && known.offset <= size ? known.offset : 0;
      if (size > start) grown.push({ ...file, inode, size, from: Math.max(start, size - mostBytes) });
    }
    if (grown.length === 0) return { entries: [], withLog, hasZoneNews: false };
    const mark = `@log-${Math.random().toString(36).slice(2)}`;
    const text = await this.#run(grown.map(({ path, from, size }) => `echo ${mark}; tail -c +${from + 1} ${path} | head -c ${size - from}; echo`).join("\n"));
    const entries = text.split(`${mark}\n`).slice(1).flatMap((part, index) => {
      const file = grown[index];
      if (file === undefined) return [];
      const whole = part.slice(0, part.replace(/\n$/, "").lastIndexOf("\n") + 1);
      const rest = Buffer.byteLength(part.slice(whole.length).replace(/\n$/, ""));
      this.#places.set(file.key, { inode: file.inode, offset: file.size - rest });
      return parseDnsLog(file.node, whole);
    });
    return { entries, withLog, hasZoneNews: zoneNews.test(text) };
  }
}

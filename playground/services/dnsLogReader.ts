import type { ContainerEngine } from "../engine/containerEngine.ts";
import { FabricSession } from "../fabric/session.ts";
import { fabricNode } from "./containerSpecs.ts";
import { dnsLogFiles, parseDnsLog, type DnsLogEntry } from "./dnsLogs.ts";
import type { RunningLab } from "./runningLab.ts";

/** Of a log that grew by more since the last look, the beginning is left out. */
const mostBytes = 256 * 1024;
const limitMilliseconds = 5000;
/** A shell that nobody has used for so long is closed. */
const idleMilliseconds = 10_000;

/** Lines by which BIND tells that what it serves has changed. */
const zoneNews = /\b(loaded serial|updating zone|all zones loaded|reconfig|zone \S+ (?:removed|expired))/;

interface LogPlace {
  readonly inode: string;
  readonly offset: number;
}

/**
 * Reads what was added to the logs of a lab's DNS servers, in one shell of the wiring container that stays open while somebody looks. It
 * reads files and runs nothing of a machine's own.
 */
export class DnsLogReader {
  readonly #lab: RunningLab;
  readonly #engine: () => Promise<ContainerEngine>;
  readonly #places = new Map<string, LogPlace>();
  #session: FabricSession | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(lab: RunningLab, engine: () => Promise<ContainerEngine>) {
    this.#lab = lab;
    this.#engine = engine;
  }

  /** What is new since the last call, and which machines have a log at all. Throws what the engine throws. */
  async read(): Promise<{ readonly entries: DnsLogEntry[]; readonly withLog: ReadonlySet<string>; readonly hasZoneNews: boolean }> {
    const files = new Map<string, { node: string; key: string }>();
    const pids = this.#lab.machines.pids;
    for (const node of this.#lab.cloud().nodes) {
      for (const file of node.services.flatMap((service) => dnsLogFiles[service] ?? [])) {
        if (pids.has(node.name)) files.set(`/proc/${pids.get(node.name)}/root${file}`, { node: node.name, key: `${node.name} ${file}` });
      }
    }
    if (files.size === 0) return { entries: [], withLog: new Set(), hasZoneNews: false };
    const listing = await this.#run(`stat -L -c '%F|%i|%s|%n' ${[...files.keys()].join(" ")} 2> /dev/null || true`);
    const grown: { node: string; path: string; from: number; size: number; key: string; inode: string }[] = [];
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
      if (size > start) grown.push({ ...file, path, inode, size, from: Math.max(start, size - mostBytes) });
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

  close(): void {
    clearTimeout(this.#idle);
    this.#session?.close();
    this.#session = undefined;
  }

  async #run(script: string): Promise<string> {
    clearTimeout(this.#idle);
    if (this.#session?.isOpen !== true) this.#session = await FabricSession.open(await this.#engine(), this.#lab.machines.containerOf(fabricNode), "looks");
    try {
      return await this.#session.run(script, limitMilliseconds);
    } finally {
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.close(), idleMilliseconds);
      this.#idle.unref();
    }
  }
}

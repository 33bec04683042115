import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { chainEvent, type Link } from "../reports/chain.ts";
import { SerialQueue } from "./parallel.ts";

/** The log of an attempt in the student's folder of a lab. */
export const attemptFile = "attempt.jsonl";
const lockPauseMilliseconds = 10;
/** A lock is held for the writing of one line: one this old belongs to a process that died. */
const lockMaximumAgeMilliseconds = 3_000;

type Event = { readonly type: string; readonly at: string } & Readonly<Record<string, unknown>>;

/**
 * The events of one attempt, one a line, in a file that is only ever added to. A last line that was torn (the computer went off
 * while it was written) is taken away before the next is added; any other line stays as it is, edited or not: what is wrong
 * with a chain is for whoever reads the report to see. Several processes may add to it, one at a time.
 */
export class AttemptLog {
  readonly #folder: string;
  readonly #path: string;
  readonly #queue = new SerialQueue();
  /** As of the last look at the file; `size` in bytes. */
  #known: { size: number; last: Link | undefined } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, attemptFile);
  }

  /** Every event as it stands in the file; a line that is no JSON is the text itself, for the reader to judge. A torn last line is left out. */
  read(): Promise<unknown[]> {
    return this.#queue.run(async () => (await this.#load()).events);
  }

  /**
   * Adds events in their order, as one write. `first` makes what a new chain begins with, and is asked only where there is none.
   * Resolves when they are in the file.
   */
  append(events: readonly Event[], first: () => Promise<Event>): Promise<void> {
    return this.#queue.run(async () => {
      await mkdir(this.#folder, { recursive: true });
      const unlock = await this.#lock();
      try {
        const size = await stat(this.#path).then((found) => found.size, () => 0);
        let last = this.#known?.size === size ? this.#known.last : (await this.#load()).last;
        const lines = (last === undefined ? [await first(), ...events] : events).map((event) => {
          const chained = chainEvent(event, last);
          last = chained;
          return `${JSON.stringify(chained)}\n`;
        });
        const text = lines.join("");
        const handle = await open(this.#path, "a", 0o600);
        try {
          const kept = this.#known?.size ?? 0;
          // What is behind the last whole line was torn.
          if (kept < (await handle.stat()).size) await handle.truncate(kept);
          await handle.writeFile(text);
        } finally {
          await handle.close();
        }
        this.#known = { size: (this.#known?.size ?? 0) + Buffer.byteLength(text), last };
      } finally {
        await unlock();
      }
    });
  }

  /** Waits for what is being written. */
  settle(): Promise<void> {
    return this.#queue.run(async () => undefined);
  }

  /** Reads the file; {@link #known} then ends behind its last whole line. */
  async #load(): Promise<{ events: unknown[]; last: Link | undefined }> {
    const bytes = await readFile(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return Buffer.alloc(0);
    });
    const whole = bytes.subarray(0, bytes.lastIndexOf("\n") + 1);
    const events = whole.toString("utf8").split("\n").filter((line) => line !== "").map(parseLine);
    const last = lastLink(events);
    this.#known = { size: whole.length, last };
    return { events, last };
  }

  async #lock(): Promise<() => Promise<void>> {
    const path = `${this.#path}.lock`;
    for (;;) {
      const handle = await open(path, "wx").catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
        return undefined;
      });
      if (handle) {
        await handle.close();
        return () => rm(path, { force: true });
      }
      const age = await stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => 0);
      if (age > lockMaximumAgeMilliseconds) await rm(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, lockPauseMilliseconds));
    }
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** What the next event follows: the last that has a place in a chain. Behind a log in which none has, a number and no hash: the fault shows. */
function lastLink(events: readonly unknown[]): Link | undefined {
  for (const event of events.toReversed()) {
    const { n, hash } = (typeof event === "object" && event !== null ? event : {}) as { n?: unknown; hash?: unknown };
    if (typeof n === "number" && typeof hash === "string") return { n, hash };
  }
  return events.length === 0 ? undefined : { n: events.length - 1, hash: "f".repeat(64) };
}

import type { ClusterApi, ContainerPlace } from "./clusterApi.ts";

interface OpenWatch {
  readonly path: string;
  readonly version: string | undefined;
  readonly onEvent: (type: string, object: unknown) => void;
  readonly end: (error?: Error) => void;
}

/** Lets promises that wait for nothing else come to their end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** An API server for tests that says what it is told to say, with a clock of its own. */
export class FakeApi implements ClusterApi {
  readonly opened: OpenWatch[] = [];
  /** Paths that answer 404. */
  readonly unknown = new Set<string>();
  readonly logs: { readonly place: ContainerPlace; readonly onLine: (line: string) => void; readonly end: () => void; isOpen: boolean }[] = [];
  /** How many watches are open now. */
  openWatches = 0;
  #waiting: { readonly until: number; readonly go: () => void }[] = [];
  #now = 0;

  /** A pause that ends at once where it is short, and with `pass` where something else is to happen first. */
  readonly pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (milliseconds < 300) return resolve();
      this.#waiting.push({ until: this.#now + milliseconds, go: resolve });
      signal.addEventListener("abort", () => resolve());
    });

  /** So much time goes by. */
  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#waiting.filter(({ until }) => until <= this.#now);
    this.#waiting = this.#waiting.filter(({ until }) => until > this.#now);
    for (const { go } of due) go();
    await settled();
  }

  watch(path: string, version: string | undefined, onEvent: (type: string, object: unknown) => void, signal: AbortSignal): Promise<void> {
    if (this.unknown.has(path)) return Promise.reject(Object.assign(new Error("Not Found"), { statusCode: 404 }));
    this.openWatches += 1;
    return new Promise<void>((resolve, reject) => {
      this.opened.push({ path, version, onEvent, end: (error) => (error === undefined ? resolve() : reject(error)) });
      signal.addEventListener("abort", () => resolve());
    }).finally(() => (this.openWatches -= 1));
  }

  followLog(place: ContainerPlace, _sinceSeconds: number, onLine: (line: string) => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const log = {
        place, onLine, isOpen: true,
        end: () => {
          log.isOpen = false;
          resolve();
        },
      };
      this.logs.push(log);
      signal.addEventListener("abort", log.end);
    });
  }

  readLog(): Promise<string> {
    return Promise.resolve("a line\n");
  }

  readYaml(kind: string, _namespace: string | undefined, name: string): Promise<string> {
    return Promise.resolve(`kind: ${kind}\nmetadata:\n  name: ${name}\n`);
  }

  /** An event to whoever watches this path. */
  send(path: string, type: string, object: unknown): void {
    this.#last(path).onEvent(type, object);
  }

  end(path: string): void {
    this.#last(path).end();
  }

  fail(path: string, error: Error): void {
    this.#last(path).end(error);
  }

  #last(path: string): OpenWatch {
    const found = this.opened.filter((one) => one.path === path).at(-1);
    if (found === undefined) throw new Error(`nobody watches ${path}`);
    return found;
  }
}

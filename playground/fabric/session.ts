import type { ContainerEngine, ExecStream } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";

/**
 * A process that is killed leaves its last script running here: whoever comes next waits for its end, so that two scripts
 * never work at once.
 */
const holdLock = "exec 9>/run/rempart.lock; flock 9";

const openLimitMilliseconds = 20_000;
const runLimitMilliseconds = 30_000;
/** The slowest line makes a namespace; ten times what that takes on a laptop. */
const lineLimitMilliseconds = 50;

/** How long a script may take, in milliseconds: far longer than it does, and longer for a long one. */
export function scriptLimit(script: string): number {
  return runLimitMilliseconds + lineLimitMilliseconds * script.split("\n").length;
}

/**
 * One shell that stays open in the lab's wiring container. A `docker exec` costs 70 to 90 ms; a script sent to this shell a
 * few. Scripts run one after the other.
 */
export class FabricSession {
  readonly #stream: ExecStream;
  #output = "";
  #serial = 0;
  #waiting: { marker: string; timer: NodeJS.Timeout; resolve: (output: string) => void; reject: (error: Error) => void } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #prelude: string;

  private constructor(stream: ExecStream, prelude: string) {
    this.#stream = stream;
    this.#prelude = prelude;
    stream.stdout.setEncoding("utf8");
    stream.stdout.on("data", (text: string) => this.#receive(text));
    stream.stderr.resume();
    void stream.ended.catch(() => -1).then(() => this.#end());
  }

  /**
   * Opens the shell. One that only looks waits for no change of the wiring, and no change for it. Throws what the engine throws, and
   * `fabric.timeout` when it does not answer at all.
   */
  static async open(engine: ContainerEngine, container: string, use: "changes" | "looks" = "changes"): Promise<FabricSession> {
    const opening = engine.execStream(container, ["bash", "--noprofile", "--norc"]);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), openLimitMilliseconds)));
    const stream = await Promise.race([opening, limit]).finally(() => clearTimeout(timer));
    if (stream) return new FabricSession(stream, use === "changes" ? holdLock : "");
    // One that opens after all is not left running.
    opening.then((late) => late.close(), () => undefined);
    throw timedOut(openLimitMilliseconds);
  }

  /** False once the shell has ended (the container died): open another one. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /**
   * Runs a script and returns what it printed on both outputs. Stops at the first command that fails.
   * Throws `fabric.script-failed` (with the output), `fabric.session-closed`, and `fabric.timeout` after the limit in milliseconds,
   * counted from the script's own beginning: the shell is then closed, and what hangs in it is killed.
   */
  run(script: string, limitMilliseconds = scriptLimit(script)): Promise<string> {
    const next = this.#queue.then(() => this.#run(script, limitMilliseconds));
    this.#queue = next.catch(() => undefined);
    return next;
  }

  close(): void {
    this.#stream.close();
    this.#end();
  }

  #run(script: string, limitMilliseconds: number): Promise<string> {
    if (this.#closed) return Promise.reject(sessionClosed());
    const marker = `rempart-done-${++this.#serial}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = undefined;
        reject(timedOut(limitMilliseconds));
        this.close();
      }, limitMilliseconds);
      this.#waiting = { marker, timer, resolve, reject };
      this.#stream.stdin.write(`(${this.#prelude}\nset -e\n${script}\n) 2>&1 </dev/null\nprintf '\\n${marker} %d\\n' $?\n`);
    });
  }

  #receive(text: string): void {
    this.#output += text;
    const waiting = this.#waiting;
    if (!waiting) return;
    const found = new RegExp(`\\n${waiting.marker} (\\d+)\\n`).exec(this.#output);
    if (!found) return;
    const output = this.#output.slice(0, found.index);
    this.#output = this.#output.slice(found.index + found[0].length);
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    if (found[1] === "0") waiting.resolve(output);
    else {
      waiting.reject(
        new RempartError("fabric.script-failed", `the lab's network could not be changed: ${output.trim().slice(-2000)}`, {
          kept: "the machines and what was wired before",
          next: "run the command again; it starts from what is really there",
        }),
      );
    }
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#waiting?.timer);
    this.#waiting?.reject(sessionClosed());
    this.#waiting = undefined;
  }
}

function sessionClosed(): RempartError {
  return new RempartError("fabric.session-closed", "the lab's network container went away", { next: "it is started again by itself, or by 'rempart up'" });
}

function timedOut(milliseconds: number): RempartError {
  return new RempartError("fabric.timeout", `the lab's network container did not answer within ${Math.round(milliseconds / 1000)} s`, {
    kept: "the machines, and what was wired before; the command that hung was stopped",
    next: "run the command again; it goes on in a new shell, from what is really there",
  });
}

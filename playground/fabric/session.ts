import type { ContainerEngine, ExecStream } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";

/**
 * A process that is killed leaves its last script running here: whoever comes next waits for its end, so that two scripts
 * never work at once.
 */
const holdLock = "exec 9>/run/rempart.lock; flock 9";

/**
 * One shell that stays open in the lab's wiring container. A `docker exec` costs 70 to 90 ms; a script sent to this shell a
 * few. Scripts run one after the other.
 */
export class FabricSession {
  readonly #stream: ExecStream;
  #output = "";
  #serial = 0;
  #waiting: { marker: string; resolve: (output: string) => void; reject: (error: Error) => void } | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(stream: ExecStream) {
    this.#stream = stream;
    stream.stdout.setEncoding("utf8");
    stream.stdout.on("data", (text: string) => this.#receive(text));
    stream.stderr.resume();
    void stream.ended.catch(() => -1).then(() => this.#end());
  }

  /** Opens the shell; throws what the engine throws. */
  static async open(engine: ContainerEngine, container: string): Promise<FabricSession> {
    return new FabricSession(await engine.execStream(container, ["bash", "--noprofile", "--norc"]));
  }

  /** False once the shell has ended (the container died): open another one. */
  get isOpen(): boolean {
    return !this.#closed;
  }

  /**
   * Runs a script and returns what it printed on both outputs. Stops at the first command that fails.
   * Throws `fabric.script-failed` (with the output) and `fabric.session-closed`.
   */
  run(script: string): Promise<string> {
    const next = this.#queue.then(() => this.#run(script));
    this.#queue = next.catch(() => undefined);
    return next;
  }

  close(): void {
    this.#stream.close();
    this.#end();
  }

  #run(script: string): Promise<string> {
    if (this.#closed) return Promise.reject(sessionClosed());
    const marker = `rempart-done-${++this.#serial}`;
    return new Promise((resolve, reject) => {
      this.#waiting = { marker, resolve, reject };
      this.#stream.stdin.write(`(${holdLock}\nset -e\n${script}\n) 2>&1 </dev/null\nprintf '\\n${marker} %d\\n' $?\n`);
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
    this.#waiting?.reject(sessionClosed());
    this.#waiting = undefined;
  }
}

function sessionClosed(): RempartError {
  return new RempartError("fabric.session-closed", "the lab's network container went away", { next: "it is started again by itself, or by 'rempart up'" });
}

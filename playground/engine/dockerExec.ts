import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type Docker from "dockerode";
import { RempartError } from "../model/errors.ts";
import type { ExecOptions, ExecResult, ExecStream, ExecTerminal, TerminalSize } from "./containerEngine.ts";
import { guarded } from "./dockerErrors.ts";
import { demultiplex, readText } from "./streams.ts";

/**
 * Docker has no way to end a command that it runs in a container: closing the connection leaves it there for ever. So each
 * command gets this variable with a value of its own, by which it and its children are found and killed.
 */
const markerVariable = "REMPART_SESSION";
/** How long a command that took too long may take to be killed. */
const killMilliseconds = 3000;
const killScript = `for f in /proc/[0-9]*/environ; do p=\${f#/proc/}; p=\${p%/environ}; [ "$p" = $$ ] || { grep -qs "$1" "$f" && kill "-$2" "$p"; }; done; true`;

interface Running {
  readonly exec: Docker.Exec;
  readonly stream: Duplex;
  readonly marker: string;
}

/** Commands in containers, over Docker's exec API. */
export class DockerExec {
  readonly #docker: Docker;

  constructor(docker: Docker) {
    this.#docker = docker;
  }

  async run(id: string, command: readonly string[], options: ExecOptions): Promise<ExecResult> {
    const running = await this.#start(id, command, options, options.stdin !== undefined || options.input !== undefined, undefined);
    const { stdout, stderr } = demultiplex(running.stream);
    let timedOut = false;
    const timer =
      options.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            running.stream.destroy();
          }, options.timeoutMilliseconds);
    if (options.stdin !== undefined) running.stream.end(options.stdin);
    // Where the input breaks off, the command sees its end, and says what it makes of it.
    options.input?.on("error", () => running.stream.end()).pipe(running.stream);
    try {
      const [output, errors] = await Promise.all([readText(stdout), readText(stderr)]);
      if (timedOut) {
        // A container that is being removed may leave this command without an end, too: nobody waits for ever because of that.
        await Promise.race([this.#kill(id, running.marker, "KILL", options.user), delay(killMilliseconds, undefined, { ref: false })]);
        throw new RempartError("engine.exec-timeout", `\`${command.join(" ")}\` took more than ${String(options.timeoutMilliseconds)} ms.`);
      }
      return { exitCode: await this.#exitCode(running.exec), stdout: output, stderr: errors };
    } finally {
      clearTimeout(timer);
    }
  }

  async stream(id: string, command: readonly string[], options: ExecOptions): Promise<ExecStream> {
    const running = await this.#start(id, command, options, true, undefined);
    const { stdout, stderr } = demultiplex(running.stream);
    if (options.stdin !== undefined) running.stream.write(options.stdin);
    return {
      stdin: { write: (data) => void running.stream.write(data), end: () => void running.stream.end() },
      stdout,
      stderr,
      ended: this.#ended(running),
      close: this.#closer(id, running, "KILL", options.user),
    };
  }

  async terminal(id: string, command: readonly string[], options: ExecOptions & TerminalSize): Promise<ExecTerminal> {
    const environment = { TERM: "xterm-256color", ...options.environment };
    const running = await this.#start(id, command, { ...options, environment }, true, options);
    const resize = (size: TerminalSize): Promise<void> =>
      guarded("resize a terminal", async () => {
        await running.exec.resize({ w: size.columns, h: size.rows });
      });
    // Engines older than API 1.42 ignore the size given at the start.
    await resize(options).catch(() => undefined);
    return { stream: running.stream, resize, ended: this.#ended(running), close: this.#closer(id, running, "HUP", options.user) };
  }

  async #start(id: string, command: readonly string[], options: ExecOptions, stdin: boolean, size: TerminalSize | undefined): Promise<Running> {
    const marker = randomUUID();
    const environment = { ...options.environment, [markerVariable]: marker };
    return guarded("run a command", async () => {
      const exec = await this.#docker.getContainer(id).exec({
        Cmd: [...command],
        AttachStdin: stdin,
        AttachStdout: true,
        AttachStderr: true,
        Tty: size !== undefined,
        Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
        ...(options.user === undefined ? {} : { User: options.user }),
        ...(options.workingDirectory === undefined ? {} : { WorkingDir: options.workingDirectory }),
        ...(size === undefined ? {} : { ConsoleSize: [size.rows, size.columns] }),
      });
      const stream = await exec.start({ hijack: true, stdin, Tty: size !== undefined });
      // Without a listener, a connection that breaks would end the whole process.
      stream.on("error", () => stream.destroy());
      return { exec, stream, marker };
    });
  }

  #ended(running: Running): Promise<number> {
    return new Promise((resolve) => {
      let done = false;
      const finish = (): void => {
        if (done) return;
        done = true;
        this.#exitCode(running.exec).then(resolve, () => resolve(-1));
      };
      running.stream.once("end", finish);
      running.stream.once("close", finish);
    });
  }

  #closer(id: string, running: Running, signal: "HUP" | "KILL", user: string | undefined): () => void {
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      const wasOver = running.stream.readableEnded || running.stream.destroyed;
      running.stream.destroy();
      if (!wasOver) void this.#kill(id, running.marker, signal, user);
    };
  }

  /** The engine reports the exit a moment after the output has ended. */
  async #exitCode(exec: Docker.Exec): Promise<number> {
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const state = await guarded("read how a command ended", () => exec.inspect());
      if (!state.Running) return state.ExitCode ?? -1;
      await delay(attempt < 10 ? 5 : 50);
    }
    return -1;
  }

  /** As the same user: nobody else may read the environment of its processes without a further capability. */
  async #kill(id: string, marker: string, signal: string, user: string | undefined): Promise<void> {
    try {
      const exec = await this.#docker.getContainer(id).exec({
        Cmd: ["sh", "-c", killScript, "sh", `${markerVariable}=${marker}`, signal],
        AttachStdout: true,
        ...(user === undefined ? {} : { User: user }),
      });
      const stream = await exec.start({ hijack: true, stdin: false });
      stream.on("error", () => stream.destroy());
      stream.resume();
      await new Promise<void>((resolve) => stream.once("close", () => resolve()));
    } catch {
      // The container is gone, and the command with it.
    }
  }
}

import { spawn } from "node:child_process";
import { RempartError } from "../model/errors.ts";

/** How a command on the user's own machine ended. */
export interface HostResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command on the user's own machine runs. */
export interface HostOptions {
  readonly onLine?: (line: string) => void;
  readonly onErrorLine?: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder that it starts in; the caller's by default. */
  readonly folder?: string;
}

/**
 * Runs a program of the user's machine (never through a shell) to its end. `onLine` gets each line of its output as it
 * comes, `onErrorLine` those of its standard error alone. A program that is not there gives exit code 127. Throws `input.cancelled` when the
 * signal aborts.
 */
export function hostCommand(
  program: string,
  args: readonly string[],
  options: HostOptions = {},
): Promise<HostResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...options.environment },
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGTERM" as const }),
    });
    const output = { stdout: "", stderr: "" };
    const rest = { stdout: "", stderr: "" };
    const receive = (name: "stdout" | "stderr", data: string): void => {
      output[name] += data;
      const lines = (rest[name] + data).split("\n");
      rest[name] = lines.pop() ?? "";
      for (const text of lines.filter((one) => one.trim() !== "")) {
        options.onLine?.(text.trimEnd());
        if (name === "stderr") options.onErrorLine?.(text.trimEnd());
      }
    };
    child.stdout.setEncoding("utf8").on("data", (data: string) => receive("stdout", data));
    child.stderr.setEncoding("utf8").on("data", (data: string) => receive("stderr", data));
    child.on("error", (error) => {
      if (options.signal?.aborted === true) reject(new RempartError("input.cancelled", "Cancelled.", { kind: "input" }));
      else resolve({ exitCode: 127, stdout: "", stderr: error.message });
    });
    child.on("close", (code) => {
      if (options.signal?.aborted === true) reject(new RempartError("input.cancelled", "Cancelled.", { kind: "input" }));
      else resolve({ exitCode: code ?? -1, ...output });
    });
  });
}

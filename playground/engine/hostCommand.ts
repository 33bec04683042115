import { spawn } from "node:child_process";
import { RempartError } from "../model/errors.ts";

/** How a command on the user's own machine ended. */
export interface HostResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program of the user's machine (never through a shell) to its end. `onLine` gets each line of its output as it
 * comes. A program that is not there gives exit code 127. Throws `input.cancelled` when the signal aborts.
 */
export function hostCommand(
  program: string,
  args: readonly string[],
  options: { onLine?: (line: string) => void; signal?: AbortSignal; environment?: Readonly<Record<string, string>> } = {},
): Promise<HostResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...options.environment },
      ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGTERM" as const }),
    });
    const output = { stdout: "", stderr: "" };
    let line = "";
    const receive = (name: "stdout" | "stderr", data: string): void => {
      output[name] += data;
      const lines = (line + data).split("\n");
      line = lines.pop() ?? "";
      for (const text of lines) if (text.trim() !== "") options.onLine?.(text.trimEnd());
    };
    child.stdout.setEncoding("utf8").on("data", (data: string) => receive("stdout", data));
    child.stderr.setEncoding("utf8").on("data", (data: string) => receive("stderr", data));
    child.on("error", (error) => {
      if (options.signal?.aborted === true) reject(new RempartError("input.cancelled", "Cancelled.", { kind: "input" }));
      else resolve({ exitCode: 127, stdout: "", stderr: error.message });
    });
    child.on("close", (code) => resolve({ exitCode: code ?? -1, ...output }));
  });
}

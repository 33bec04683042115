import type { ExecResult } from "../engine/containerEngine.ts";
import type { LabRuntime } from "../services/labRuntime.ts";

const homes = { root: "/root", ops: "/home/ops" } as const;

/** Runs argv in a node. `seconds` is the probe's own limit; the engine gives up a few seconds after it. */
export function execInNode(runtime: LabRuntime, node: string, argv: readonly string[], seconds: number, user: "root" | "ops" = "root"): Promise<ExecResult> {
  return runtime.exec(node, argv, {
    user,
    workingDirectory: homes[user],
    environment: { HOME: homes[user], USER: user, LC_ALL: "C.UTF-8" },
    timeoutMilliseconds: Math.round(seconds * 1000) + 5000,
  });
}

/** The same for one shell command line. */
export function shellInNode(runtime: LabRuntime, node: string, line: string, seconds: number, user: "root" | "ops" = "root"): Promise<ExecResult> {
  return execInNode(runtime, node, ["bash", "-c", line], seconds, user);
}

import type { CheckProbe } from "./checkKind.ts";
import { describeFate, fateOfNcat } from "./connection.ts";
import { execInNode } from "./execInNode.ts";

/** Opens a TCP connection with ncat from inside the node, sends nothing, and says how it ended. */
export const connectCheck: CheckProbe<"connect"> = async (check, runtime) => {
  const host = runtime.interpolate(check.to);
  const argv = ["ncat", "-vz", "-w", `${check.timeout_seconds}s`, host, String(check.port)];
  const result = await execInNode(runtime, check.from, argv, check.timeout_seconds);
  const fate = fateOfNcat(result.exitCode, `${result.stderr}${result.stdout}`);
  return {
    passed: fate === check.expect,
    command: `nc -vz -w ${check.timeout_seconds} ${host} ${check.port}`,
    output: result.stderr.trim() || result.stdout.trim(),
    summary: describeFate(fate, check.timeout_seconds),
  };
};

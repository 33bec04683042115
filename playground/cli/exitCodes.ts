import { RempartError } from "../model/errors.ts";

/** What the command line answers to its caller; documented in README.md and relied upon by scripts. */
export const exitCodes = { done: 0, checksFailed: 1, badInput: 2, machineNotReady: 3, internal: 4, interrupted: 130 } as const;

/** The exit code that an error leads to. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof RempartError)) return exitCodes.internal;
  if (error.code === "input.cancelled") return exitCodes.interrupted;
  if (error.kind === "machine") return exitCodes.machineNotReady;
  return error.kind === "input" ? exitCodes.badInput : exitCodes.internal;
}

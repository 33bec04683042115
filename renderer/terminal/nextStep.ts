import type { LabPhase } from "../../playground/contract/contract.ts";
import type { SessionState } from "./TerminalSession.ts";

/** Whether a lab in this phase has machines that a terminal can open in. */
export function hasMachines(phase: LabPhase | undefined): boolean {
  return phase === "running" || phase === "applying" || phase === "broken";
}

/**
 * What becomes of a terminal as its lab comes and goes. While the lab does not run, a machine's terminal is no failure and not
 * dead either: it is parked, waits quietly, and opens by itself once the lab runs and its tab is on screen. A local shell has
 * nothing to wait for.
 */
export function nextStep(terminal: { readonly state: SessionState; readonly node: string | undefined; readonly isShown: boolean }, phase: LabPhase | undefined): "open" | "park" | "none" {
  const { state, node, isShown } = terminal;
  if (node === undefined || hasMachines(phase)) return state === "idle" && isShown ? "open" : "none";
  // Before the first status nothing is known of the lab: what ended may as well have ended by itself.
  return phase !== undefined && (state === "dead" || state === "failed") ? "park" : "none";
}

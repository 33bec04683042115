import type { Progress } from "../../playground/contract/contract.ts";

export interface WorkLogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly progress: Progress;
}

/** What is left of a task at the pace of its present run, in seconds; nothing before a tenth is done, because a guess from nothing misleads. */
export function guessSecondsLeft(log: readonly WorkLogEntry[], task: string): number | undefined {
  const mine = log.filter((entry) => entry.progress.task === task);
  const lastEnd = mine.findLastIndex((entry) => entry.progress.state !== "running");
  const run = mine.slice(lastEnd + 1);
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last || last.progress.total <= 0) return undefined;
  const gained = last.progress.done - first.progress.done;
  if (gained / last.progress.total < 0.1) return undefined;
  return Math.ceil(((last.at - first.at) / 1000 / gained) * (last.progress.total - last.progress.done));
}

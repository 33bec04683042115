import { setTimeout as sleep } from "node:timers/promises";
import type { CheckObservation } from "../contract/contract.ts";

export interface PollOptions {
  /** Until when a check that does not pass is tried again, in milliseconds; 0 tries once. */
  readonly limitMilliseconds: number;
  readonly periodMilliseconds?: number;
  readonly signal?: AbortSignal;
}

/** A probe that took longer than this has itself shown that the state holds (a timeout of 3 s is three seconds of silence). */
const confirmBelow = 1000;

/**
 * Observes until the check passes, about once a second, at most for `limitMilliseconds`; a pass counts only when a second
 * look shortly after confirms it. Returns the last observation.
 */
export async function pollUntilStable(observe: () => Promise<CheckObservation>, options: PollOptions): Promise<CheckObservation> {
  const period = options.periodMilliseconds ?? 1000;
  const end = Date.now() + options.limitMilliseconds;
  for (;;) {
    let seen = await observe();
    if (seen.state === "passed") {
      if (seen.milliseconds >= confirmBelow) return seen;
      await sleep(Math.min(period, 200));
      seen = await observe();
      if (seen.state === "passed") return seen;
    }
    if (Date.now() + period > end || options.signal?.aborted === true) return seen;
    await sleep(period, undefined, options.signal ? { signal: options.signal } : {}).catch(() => undefined);
  }
}

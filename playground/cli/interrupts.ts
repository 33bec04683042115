import { RempartError } from "../model/errors.ts";

/**
 * Runs work that Ctrl-C (or SIGTERM) interrupts: `cancel` is told, and the returned promise rejects with `input.cancelled`
 * once the work has stopped or has not within five seconds. A second Ctrl-C ends the process at once.
 */
export async function interruptible<Value>(work: Promise<Value>, cancel: () => Promise<unknown>, onInterrupt: () => void): Promise<Value> {
  let interrupted = false;
  let giveUp: (error: Error) => void = () => undefined;
  const gaveUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  const onSignal = (): void => {
    if (interrupted) process.exit(130);
    interrupted = true;
    onInterrupt();
    cancel().catch(() => undefined);
    setTimeout(() => giveUp(cancelled()), 5000).unref();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await Promise.race([work, gaveUp]);
  } catch (error) {
    throw interrupted ? cancelled() : error;
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

function cancelled(): RempartError {
  return new RempartError("input.cancelled", "Interrupted.", { kind: "input" });
}

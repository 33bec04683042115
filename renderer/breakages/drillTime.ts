import { useEffect, useState } from "react";

/** How long a drill took, as one reads it from a clock: `4 min 05 s`. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** Milliseconds since a moment, again each second while it runs. */
export function useElapsed(since: string, isRunning: boolean, known: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return isRunning ? now - Date.parse(since) : known;
}

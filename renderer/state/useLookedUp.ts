import { useEffect, useState } from "react";
import { useLab } from "./stores.tsx";

/** Between the end of one look and the next: a look enters the machines, and only while somebody sees the page. */
const pauseMilliseconds = 2500;

/**
 * What is observed in a lab that runs, looked up again and again while the page is visible; `nothing` while it does not run or `isOn` is false.
 * @param look the same function from one rendering to the next: another one begins anew
 */
export function useLookedUp<Found>(lab: string, isOn: boolean, nothing: Found, look: () => Promise<Found>): Found {
  const isRunning = useLab(lab, (state) => state.status?.phase === "running") && isOn;
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (!isRunning) return undefined;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookAgain = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        // What cannot be observed now is asked for again; the lab's own state tells of whatever is wrong.
        const seen = await look().catch(() => undefined);
        if (!isCurrent) return;
        if (seen !== undefined) setFound((before) => (JSON.stringify(before) === JSON.stringify(seen) ? before : seen));
      }
      timer = setTimeout(() => void lookAgain(), pauseMilliseconds);
    };
    const onVisible = () => document.visibilityState === "visible" && void lookAgain();
    void lookAgain();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [look, isRunning]);
  return isRunning ? found : nothing;
}

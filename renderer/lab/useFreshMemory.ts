import { useEffect } from "react";
import { useClient, useLab } from "../state/stores.tsx";

const pauseMilliseconds = 15_000;

/** Asks now and then what the machines of a lab hold, while it runs and the page is visible; the answer comes as the lab's next status. */
export function useFreshMemory(lab: string): void {
  const client = useClient();
  const isRunning = useLab(lab, (state) => state.status?.phase === "running");
  useEffect(() => {
    if (!isRunning) return undefined;
    const ask = () => {
      // Whatever is wrong with the lab is told elsewhere: it is asked again.
      if (document.visibilityState === "visible") void client.call("labs.status", { lab }).catch(() => undefined);
    };
    const timer = setInterval(ask, pauseMilliseconds);
    return () => clearInterval(timer);
  }, [client, lab, isRunning]);
}

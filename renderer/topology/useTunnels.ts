import { useEffect, useState } from "react";
import type { Tunnel } from "../../playground/model/tunnel.ts";
import { useClient, useLab } from "../state/stores.tsx";

/** Between the end of one look and the next: a look enters the machines, and only while somebody sees the picture. */
const pauseMilliseconds = 2500;
const none: readonly Tunnel[] = [];

/** The tunnels of a lab that runs, looked up again and again while the page is visible. */
export function useTunnels(lab: string): readonly Tunnel[] {
  const client = useClient();
  const isRunning = useLab(lab, (state) => state.status?.phase === "running");
  const [tunnels, setTunnels] = useState<readonly Tunnel[]>(none);
  useEffect(() => {
    if (!isRunning) return undefined;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        // What cannot be observed now is asked for again; the lab's own state tells of whatever is wrong.
        const seen = await client.call("tunnels.get", { lab }).then((answer) => answer.tunnels, () => undefined);
        if (!isCurrent) return;
        if (seen !== undefined) setTunnels((before) => (JSON.stringify(before) === JSON.stringify(seen) ? before : seen));
      }
      timer = setTimeout(() => void look(), pauseMilliseconds);
    };
    const onVisible = () => document.visibilityState === "visible" && void look();
    void look();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [client, lab, isRunning]);
  return isRunning ? tunnels : none;
}

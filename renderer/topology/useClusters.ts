import { useEffect, useState } from "react";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import { useClient, useLab } from "../state/stores.tsx";

const none: readonly ClusterView[] = [];
/** The engine is asked again now and then whether it still tells: it may have been started anew, or a connection lost. */
const askMilliseconds = 5000;

/** The clusters of a lab that runs, as they tell of themselves while the page is visible; nobody is asked where there is none. */
export function useClusters(lab: string, hasClusters: boolean): readonly ClusterView[] {
  const client = useClient();
  const isOn = useLab(lab, (state) => state.status?.phase === "running" || state.status?.phase === "broken" || state.status?.phase === "applying") && hasClusters;
  const [views, setViews] = useState(none);
  useEffect(() => {
    if (!isOn) return undefined;
    let isCurrent = true;
    const take = (told: readonly ClusterView[]) => setViews((before) => [...before.filter((view) => !told.some((other) => other.name === view.name)), ...told].sort((a, b) => a.name.localeCompare(b.name)));
    const unsubscribe = client.on("cluster.changed", (event) => event.lab === lab && isCurrent && take([event.cluster]));
    const ask = () => {
      if (document.visibilityState !== "visible") return;
      client
        .call("clusters.watch", { lab, on: true })
        .then(({ clusters }) => isCurrent && setViews((before) => (JSON.stringify(before) === JSON.stringify(clusters) ? before : clusters)))
        .catch(() => undefined);
    };
    const leave = () => void client.call("clusters.watch", { lab, on: false }).catch(() => undefined);
    const onVisible = () => (document.visibilityState === "visible" ? ask() : leave());
    ask();
    const timer = setInterval(ask, askMilliseconds);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      isCurrent = false;
      clearInterval(timer);
      unsubscribe();
      document.removeEventListener("visibilitychange", onVisible);
      leave();
    };
  }, [client, lab, isOn]);
  return isOn ? views : none;
}

import type { Caller, Handlers } from "../contract/contract.ts";
import type { ClusterViews } from "./clusterViews.ts";
import type { LabService } from "./labService.ts";

type Served = "clusters.watch" | "clusters.object" | "clusters.log";

/** What a lab's clusters tell, for whoever looks. A window that goes away stops watching. */
export function clusterHandlers({ labs, clusters }: { labs: LabService; clusters: ClusterViews }): Pick<Handlers, Served> {
  const watching = new Map<string, Set<string>>();

  const minesOf = (caller: Caller): Set<string> => {
    const known = watching.get(caller.id);
    if (known !== undefined) return known;
    const mine = new Set<string>();
    watching.set(caller.id, mine);
    caller.signal.addEventListener("abort", () => {
      watching.delete(caller.id);
      for (const watched of mine) void labs.lab(watched).then((running) => clusters.watch(running, false)).catch(() => undefined);
    });
    return mine;
  };

  return {
    "clusters.watch": async ({ lab, on }, caller) => {
      const mine = minesOf(caller);
      const running = await labs.lab(lab);
      if (!on) {
        if (mine.delete(lab)) await clusters.watch(running, false);
        return { clusters: [] };
      }
      // A window that asks again is told again, and counted once.
      if (mine.has(lab)) return { clusters: await clusters.views(running) };
      mine.add(lab);
      return { clusters: await clusters.watch(running, true) };
    },
    "clusters.object": async ({ lab, cluster, kind, namespace, name }) => ({ yaml: await (await clusters.api(await labs.lab(lab), cluster)).readYaml(kind, namespace, name) }),
    "clusters.log": async ({ lab, cluster, namespace, pod, container, previous }) => ({ text: await (await clusters.api(await labs.lab(lab), cluster)).readLog({ namespace, pod, container }, previous) }),
  };
}

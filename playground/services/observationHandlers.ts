import type { Handlers } from "../contract/contract.ts";
import type { ExposureScans } from "./exposure.ts";
import type { LabService } from "./labService.ts";
import { observeBalancers } from "./targetHealth.ts";
import type { TunnelWatch } from "./tunnels.ts";

type Served = "tunnels.get" | "loadBalancers.get" | "exposure.scan" | "exposure.get" | "exposure.clear";

/** What is observed in machines that run, for whoever looks. */
export function observationHandlers({ labs, tunnels, exposure }: { labs: LabService; tunnels: TunnelWatch; exposure: ExposureScans }): Pick<Handlers, Served> {
  return {
    "tunnels.get": async ({ lab }) => ({ tunnels: await tunnels.look(await labs.lab(lab)) }),
    "loadBalancers.get": async ({ lab }) => {
      const running = await labs.lab(lab);
      if (!running.applied || running.phase === "stopped") return { loadBalancers: [], targetGroups: [] };
      return observeBalancers(running.applied, running.exec.bind(running), (node) => running.machines.get(node)?.running === true);
    },
    "exposure.scan": async ({ lab, from }, caller) => exposure.scan(await labs.lab(lab), from, caller.signal),
    "exposure.get": async ({ lab }) => {
      const latest = exposure.latest(await labs.lab(lab));
      return latest ? { exposure: latest } : {};
    },
    "exposure.clear": ({ lab }) => {
      exposure.clear(lab);
      return Promise.resolve({});
    },
  };
}

import type { Handlers } from "../contract/contract.ts";
import type { ExposureScans } from "./exposure.ts";
import type { LabService } from "./labService.ts";
import type { TunnelWatch } from "./tunnels.ts";

type Served = "tunnels.get" | "exposure.scan" | "exposure.get" | "exposure.clear";

/** What is observed in machines that run, for whoever looks. */
export function observationHandlers({ labs, tunnels, exposure }: { labs: LabService; tunnels: TunnelWatch; exposure: ExposureScans }): Pick<Handlers, Served> {
  return {
    "tunnels.get": async ({ lab }) => ({ tunnels: await tunnels.look(await labs.lab(lab)) }),
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

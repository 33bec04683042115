import type { Handlers } from "../contract/contract.ts";
import type { LabService } from "./labService.ts";
import type { TunnelWatch } from "./tunnels.ts";

/** What is observed in machines that run, for whoever looks. */
export function observationHandlers({ labs, tunnels }: { labs: LabService; tunnels: TunnelWatch }): Pick<Handlers, "tunnels.get"> {
  return {
    "tunnels.get": async ({ lab }) => ({ tunnels: await tunnels.look(await labs.lab(lab)) }),
  };
}

import type { Check, CheckKind } from "../model/lab.ts";
import type { LabRuntime } from "../services/labRuntime.ts";
import type { CheckProbe, Seen } from "./checkKind.ts";
import { commandCheck } from "./commandCheck.ts";
import { connectCheck } from "./connectCheck.ts";
import { dnsCheck } from "./dnsCheck.ts";
import { httpCheck } from "./httpCheck.ts";
import { kubernetesCheck } from "./kubernetesCheck.ts";
import { logCheck } from "./logCheck.ts";
import { networkCheck } from "./networkCheck.ts";
import { routeCheck } from "./routeCheck.ts";

/** Every kind of check. A new kind is one schema in `lab.ts`, one file here, one line in this list. */
export const checkKinds: { readonly [Kind in CheckKind]: CheckProbe<Kind> } = {
  http: httpCheck,
  connect: connectCheck,
  command: commandCheck,
  network: networkCheck,
  route: routeCheck,
  log: logCheck,
  dns: dnsCheck,
  kubernetes: kubernetesCheck,
};

/** Probes once with the check's kind. */
export function probeOnce(check: Check, runtime: LabRuntime): Promise<Seen> {
  switch (check.kind) {
    case "http":
      return checkKinds.http(check, runtime);
    case "connect":
      return checkKinds.connect(check, runtime);
    case "command":
      return checkKinds.command(check, runtime);
    case "network":
      return checkKinds.network(check, runtime);
    case "route":
      return checkKinds.route(check, runtime);
    case "log":
      return checkKinds.log(check, runtime);
    case "dns":
      return checkKinds.dns(check, runtime);
    case "kubernetes":
      return checkKinds.kubernetes(check, runtime);
  }
}

import type { DiagnosticContext } from "./diagnosticCheck.ts";
import type { Probe } from "./labProbe.ts";

/** Whether a machine of a lab can have /dev/net/tun: a kernel that loads the driver only when the device is opened does not list it before. */
export function tunnelDeviceIsThere(context: Pick<DiagnosticContext, "machine">, probe: Probe | undefined): boolean {
  return probe?.tun === true || (context.machine.platform === "linux" && context.machine.exists("/dev/net/tun"));
}

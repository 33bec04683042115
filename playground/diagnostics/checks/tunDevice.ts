import type { DiagnosticCheck } from "../diagnosticCheck.ts";
import { tunnelDeviceIsThere } from "../tunnelDevice.ts";

export const tunDevice: DiagnosticCheck = {
  id: "tun-device",
  title: { fr: "Périphérique /dev/net/tun", en: "Device /dev/net/tun" },
  applicable: () => true,
  async check(context) {
    const probe = await context.probe();
    if (probe === undefined) return { state: "unknown", detail: { fr: "S’essaie une fois l’image présente.", en: "Is tried once the image is there." } };
    if (tunnelDeviceIsThere(context, probe)) return { state: "ok", detail: { fr: "Présent : les labs de VPN fonctionnent.", en: "There: VPN labs work." } };
    return {
      state: "warning",
      detail: { fr: "Absent : les labs de VPN ne fonctionneront pas.", en: "Absent: VPN labs will not work." },
      advice: { fr: "Sous Linux : sudo modprobe tun", en: "On Linux: sudo modprobe tun" },
    };
  },
};

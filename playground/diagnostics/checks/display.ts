import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const display: DiagnosticCheck = {
  id: "display",
  title: { fr: "Écran", en: "Display" },
  applicable: (machine) => machine.platform === "linux",
  async check({ machine }) {
    const name = machine.environment["WAYLAND_DISPLAY"] || machine.environment["DISPLAY"];
    if (name !== undefined && name !== "") return { state: "ok", detail: { fr: `Écran ${name}`, en: `Display ${name}` } };
    return { state: "warning", detail: { fr: "Pas d’écran : ouvrez l’adresse affichée dans un navigateur.", en: "No display: open the address shown in a browser." } };
  },
};

import type { DiagnosticCheck } from "../diagnosticCheck.ts";
import { neededSteps } from "../labProbe.ts";

export const labNetwork: DiagnosticCheck = {
  id: "lab-network",
  title: { fr: "Réseau des labs", en: "Network of the labs" },
  applicable: () => true,
  async check(context) {
    const probe = await context.probe();
    if (probe === undefined) return { state: "unknown", detail: { fr: "S’essaie une fois l’image présente.", en: "Is tried once the image is there." } };
    const failed = neededSteps.filter((step) => probe.steps.get(step) !== true);
    if (failed.length === 0) return { state: "ok", detail: { fr: "Espaces de noms, ponts, routage et filtrage fonctionnent.", en: "Namespaces, bridges, routing and packet filter work." } };
    const reasons = failed.map((step) => `${step}: ${String(probe.steps.get(step) ?? "?")}`).join(" ; ");
    return {
      state: "failed",
      detail: { fr: `Le noyau du moteur refuse : ${reasons}`, en: `The engine's kernel refuses: ${reasons}` },
      advice: { fr: "Un autre moteur (Docker Engine, Docker Desktop à jour) le permet ; SELinux ou userns-remap peuvent l’interdire.", en: "Another engine (Docker Engine, an up-to-date Docker Desktop) allows it; SELinux or userns-remap may forbid it." },
    };
  },
};

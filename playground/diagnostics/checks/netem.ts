import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const netem: DiagnosticCheck = {
  id: "netem",
  title: { fr: "Pertes et délais sur un lien", en: "Loss and delay on a link" },
  applicable: () => true,
  async check(context) {
    const probe = await context.probe();
    if (probe === undefined) return { state: "unknown", detail: { fr: "S’essaie une fois l’image présente.", en: "Is tried once the image is there." } };
    if (probe.netem) return { state: "ok", detail: { fr: "Le noyau sait perdre et retarder (netem).", en: "The kernel can drop and delay (netem)." } };
    return {
      state: "warning",
      detail: { fr: "Le noyau n’a pas netem : les pertes se font par le filtre, les délais ne sont pas disponibles.", en: "The kernel has no netem: losses are made by the packet filter, delays are not available." },
    };
  },
};

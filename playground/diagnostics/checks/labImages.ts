import { imageReference, machineImageNames } from "../../images/catalogue.ts";
import { ensureImages } from "../../images/ensureImage.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

const names = machineImageNames.filter((name) => name !== "instance");

/** The images that only some labs need: a lab makes its own at its first start, which wants a network. */
export const labImages: DiagnosticCheck = {
  id: "lab-images",
  title: { fr: "Images de certains labs", en: "Images of some labs" },
  applicable: () => true,
  async check(context) {
    const engine = await context.engine().catch(() => undefined);
    if (engine === undefined) return { state: "unknown", detail: { fr: "Aucun moteur ne répond.", en: "No engine answers." }, fixable: false };
    const there = await Promise.all(names.map((name) => engine.imageExists(imageReference(name))));
    const missing = names.filter((_name, index) => there[index] !== true);
    if (missing.length === 0) return { state: "ok", detail: { fr: names.join(", "), en: names.join(", ") } };
    return {
      state: "warning",
      detail: { fr: `Pas encore là : ${missing.join(", ")}.`, en: `Not there yet: ${missing.join(", ")}.` },
      advice: {
        fr: "Les labs qui en ont besoin les construisent à leur premier démarrage ; faites-le avant d’être hors ligne (quelques minutes).",
        en: "The labs that need them build them at their first start; do so before you are offline (a few minutes).",
      },
    };
  },
  async fix(context, { onProgress, signal }) {
    await ensureImages(await context.engine(), names, onProgress, signal, context.mirror);
  },
};

import { instanceImage as instanceReference } from "../../images/catalogue.ts";
import { ensureImage } from "../../images/ensureImage.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const instanceImage: DiagnosticCheck = {
  id: "instance-image",
  title: { fr: "Image des machines", en: "Image of the machines" },
  applicable: () => true,
  async check({ engine }) {
    const reference = instanceReference();
    const found = await engine().then(
      (engine) => engine.imageExists(reference),
      () => undefined,
    );
    if (found === true) return { state: "ok", detail: { fr: reference, en: reference } };
    if (found === undefined) return { state: "unknown", detail: { fr: "Aucun moteur ne répond.", en: "No engine answers." }, fixable: false };
    return {
      state: "failed",
      detail: { fr: `${reference} n’est pas encore là.`, en: `${reference} is not there yet.` },
      advice: { fr: "Rempart peut la construire (une minute), ou chargez une archive : rempart images --load FICHIER", en: "Rempart can build it (a minute), or load an archive: rempart images --load FILE" },
    };
  },
  async fix(context, { onProgress, signal }) {
    await ensureImage(await context.engine(), "instance", (_part, line) => onProgress(line), signal, context.mirror);
  },
};

import { toErrorData } from "../../model/errors.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const enginePermission: DiagnosticCheck = {
  id: "engine-permission",
  title: { fr: "Droit d’utiliser Docker", en: "Permission to use Docker" },
  applicable: (machine) => machine.platform === "linux" && !machine.isRoot,
  async check({ engine }) {
    try {
      await engine();
      return { state: "ok", detail: { fr: "Cet utilisateur peut utiliser Docker.", en: "This user may use Docker." } };
    } catch (error) {
      if (toErrorData(error).code !== "machine.engine-permission") return { state: "unknown", detail: { fr: "Aucun moteur ne répond.", en: "No engine answers." } };
      return {
        state: "failed",
        detail: { fr: "Cet utilisateur n’est pas dans le groupe docker.", en: "This user is not in the group docker." },
        advice: { fr: "sudo usermod -aG docker $USER, puis rouvrez votre session.", en: "sudo usermod -aG docker $USER, then log in again." },
      };
    }
  },
};

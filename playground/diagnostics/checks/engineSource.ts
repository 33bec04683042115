import type { Localized } from "../../model/lab.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

const sources: Readonly<Record<string, Localized>> = {
  DOCKER_HOST: { fr: "Désigné par DOCKER_HOST", en: "Named by DOCKER_HOST" },
  default: { fr: "Le Docker de cette machine", en: "This machine's Docker" },
  "Docker Desktop": { fr: "Docker Desktop", en: "Docker Desktop" },
  rootless: { fr: "Docker sans droits d’administrateur", en: "Rootless Docker" },
  Rempart: { fr: "Moteur privé démarré par Rempart", en: "Private engine started by Rempart" },
};

export const engineSource: DiagnosticCheck = {
  id: "engine-source",
  title: { fr: "Moteur utilisé", en: "Engine in use" },
  applicable: () => true,
  async check({ engine }) {
    const info = await engine().then(
      (found) => found.info(),
      () => undefined,
    );
    if (info === undefined) return { state: "unknown", detail: { fr: "Aucun moteur ne répond.", en: "No engine answers." } };
    const context = info.source.replace(/^context /, "");
    const source = sources[info.source] ?? { fr: `Contexte Docker « ${context} »`, en: `Docker context “${context}”` };
    const rest = `${info.operatingSystem}, ${info.architecture}, ${info.endpoint}`;
    return { state: "ok", detail: { fr: `${source.fr} (${rest})`, en: `${source.en} (${rest})` } };
  },
};

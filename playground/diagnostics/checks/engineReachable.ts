import { startEngine } from "../../engine/startEngine.ts";
import { toErrorData } from "../../model/errors.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const engineReachable: DiagnosticCheck = {
  id: "engine-reachable",
  title: { fr: "Le moteur de conteneurs répond", en: "The container engine answers" },
  applicable: () => true,
  async check({ machine, engine }) {
    try {
      const info = await (await engine()).info();
      const detail = { fr: `Docker ${info.version}, ${info.endpoint}`, en: `Docker ${info.version}, ${info.endpoint}` };
      return { state: "ok", detail };
    } catch (error) {
      const { code, message } = toErrorData(error);
      if (code === "machine.engine-permission") {
        return { state: "failed", detail: { fr: "Docker tourne, mais refuse cet utilisateur.", en: "Docker runs, but refuses this user." }, fixable: false };
      }
      if (code === "machine.chosen-engine-unreachable" || code === "input.no-such-context") {
        return {
          state: "failed",
          detail: { fr: `Le moteur désigné ne répond pas. ${message}`, en: `The chosen engine does not answer. ${message}` },
          advice: { fr: "Démarrez-le, ou retirez DOCKER_HOST, DOCKER_CONTEXT ou le contexte choisi dans les réglages.", en: "Start it, or remove DOCKER_HOST, DOCKER_CONTEXT or the context chosen in the settings." },
          fixable: false,
        };
      }
      const startable = machine.platform === "linux" && machine.isRoot && machine.program("dockerd") !== undefined;
      const advice = startable
        ? { fr: "Rempart peut le démarrer.", en: "Rempart can start it." }
        : machine.platform === "linux"
          ? { fr: "Démarrez Docker (sudo systemctl start docker), ou lancez `sudo rempart doctor --fix`.", en: "Start Docker (sudo systemctl start docker), or run `sudo rempart doctor --fix`." }
          : { fr: "Démarrez Docker Desktop.", en: "Start Docker Desktop." };
      return { state: "failed", detail: { fr: `Aucun moteur ne répond. ${message}`, en: `No engine answers. ${message}` }, advice, fixable: startable };
    }
  },
  async fix(_context, { onProgress }) {
    await startEngine(onProgress);
  },
};

import { installDocker, canInstallDocker } from "../../engine/installDocker.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const engineInstalled: DiagnosticCheck = {
  id: "engine-installed",
  title: { fr: "Docker installé", en: "Docker installed" },
  applicable: () => true,
  async check({ machine, engine }) {
    const daemon = machine.program("dockerd");
    const client = machine.program("docker");
    if (daemon !== undefined) return { state: "ok", detail: { fr: `Docker Engine : ${daemon}`, en: `Docker Engine: ${daemon}` } };
    // Docker Desktop, a context, DOCKER_HOST: the engine is elsewhere, and that is as good.
    const elsewhere = await engine().then(
      (found) => found.info(),
      () => undefined,
    );
    if (elsewhere !== undefined) return { state: "ok", detail: { fr: `Moteur trouvé : ${elsewhere.endpoint}`, en: `Engine found: ${elsewhere.endpoint}` } };
    const fixable = canInstallDocker(machine);
    const seen = client === undefined ? { fr: "Docker n’est pas installé.", en: "Docker is not installed." } : { fr: "Seul le client Docker est installé, pas le moteur.", en: "Only the Docker client is installed, not the engine." };
    const advice = fixable
      ? { fr: "Rempart peut l’installer avec apt.", en: "Rempart can install it with apt." }
      : machine.platform === "linux"
        ? { fr: "Installez-le en administrateur (sudo apt-get install docker.io), ou relancez `sudo rempart doctor --fix`.", en: "Install it as administrator (sudo apt-get install docker.io), or run `sudo rempart doctor --fix`." }
        : { fr: "Installez Docker Desktop et démarrez-le.", en: "Install Docker Desktop and start it." };
    return { state: "failed", detail: seen, advice, fixable };
  },
  fix: (_context, { onProgress, signal }) => installDocker(onProgress, signal),
};

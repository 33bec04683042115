import { missingCapabilities, needsWrapper } from "../../engine/runtimeWrapper.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

/** Whether kind can work here: the labs with a Kubernetes cluster need it, and no other. */
export const clusterTools: DiagnosticCheck = {
  id: "cluster-tools",
  title: { fr: "Clusters Kubernetes", en: "Kubernetes clusters" },
  applicable: () => true,
  async check({ machine, engine }) {
    if (machine.platform === "win32") {
      return {
        state: "warning",
        detail: { fr: "Les clusters ne se font pas encore sous Windows même.", en: "Clusters cannot be made in Windows itself yet." },
        advice: { fr: "Pour les labs de Kubernetes, lancez Rempart dans WSL.", en: "For the Kubernetes labs, run Rempart inside WSL." },
      };
    }
    if (machine.program("docker") === undefined) {
      return {
        state: "warning",
        detail: { fr: "kind se sert de la commande docker, qui n’est pas là.", en: "kind uses the command docker, which is not there." },
        advice: { fr: "Installez la ligne de commande de Docker ; les autres labs n’en ont pas besoin.", en: "Install Docker's command line; the other labs do not need it." },
      };
    }
    const info = await engine().then((found) => found.info(), () => undefined);
    const missing = missingCapabilities(machine.read("/proc/self/status") ?? "", machine.read("/proc/sys/kernel/cap_last_cap") ?? "0");
    const isOurs = info?.endpoint === `unix://${machine.privateSocket}`;
    if (info && !isOurs && info.endpoint.startsWith("unix://") && needsWrapper(info.version, missing)) {
      const names = missing.join(", ");
      return {
        state: "warning",
        detail: { fr: `Docker ${info.version} ne démarre pas de nœud de cluster là où manque ${names}.`, en: `Docker ${info.version} starts no cluster node where ${names} is missing.` },
        advice: { fr: "Prenez Docker 23 ou plus récent, ou laissez Rempart démarrer son propre démon : il sait faire sans.", en: "Use Docker 23 or later, or let Rempart start its own daemon, which does without." },
      };
    }
    const version = info === undefined ? "" : `Docker ${info.version}, cgroup v${info.cgroupVersion}`;
    return { state: "ok", detail: { fr: version === "" ? "kind peut s’en servir" : version, en: version === "" ? "kind can use it" : version } };
  },
};

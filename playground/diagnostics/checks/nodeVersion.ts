import type { DiagnosticCheck } from "../diagnosticCheck.ts";

const least = [20, 19] as const;

export const nodeVersion: DiagnosticCheck = {
  id: "node-version",
  title: { fr: "Version de Node.js", en: "Node.js version" },
  applicable: () => true,
  async check({ machine }) {
    const [major = 0, minor = 0] = machine.nodeVersion.split(".").map(Number);
    const enough = major > least[0] || (major === least[0] && minor >= least[1]);
    const detail = { fr: `Node.js ${machine.nodeVersion}`, en: `Node.js ${machine.nodeVersion}` };
    if (enough) return { state: "ok", detail };
    return { state: "failed", detail, advice: { fr: "Installez Node.js 20.19 ou plus récent.", en: "Install Node.js 20.19 or newer." } };
  },
};

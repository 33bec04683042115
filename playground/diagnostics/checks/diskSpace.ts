import type { DiagnosticCheck } from "../diagnosticCheck.ts";

const gigabyte = 1024 ** 3;

export const diskSpace: DiagnosticCheck = {
  id: "disk-space",
  title: { fr: "Espace disque", en: "Disk space" },
  applicable: () => true,
  async check({ machine }) {
    const folder = machine.platform === "linux" && machine.exists("/var/lib") ? "/var/lib" : machine.home;
    const bytes = await machine.freeBytes(folder);
    if (bytes === undefined) return { state: "unknown", detail: { fr: `Illisible : ${folder}`, en: `Cannot be read: ${folder}` } };
    const amount = (bytes / gigabyte).toFixed(1);
    const detail = { fr: `${amount.replace(".", ",")} Go libres dans ${folder}`, en: `${amount} GB free in ${folder}` };
    if (bytes >= 3 * gigabyte) return { state: "ok", detail };
    const advice = { fr: "Les images demandent 1 Go, et 3 Go le temps de les construire. Faites de la place.", en: "The images need 1 GB, and 3 GB while they are built. Make room." };
    return { state: bytes >= gigabyte ? "warning" : "failed", detail, advice };
  },
};

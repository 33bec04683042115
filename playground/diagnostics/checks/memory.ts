import type { DiagnosticCheck } from "../diagnosticCheck.ts";

const gigabyte = 1024 ** 3;

export const memory: DiagnosticCheck = {
  id: "memory",
  title: { fr: "Mémoire du moteur", en: "Memory of the engine" },
  applicable: () => true,
  async check({ machine, engine }) {
    // Docker Desktop gives its containers only a part of the machine's memory.
    const bytes = await engine()
      .then((found) => found.info())
      .then(
        (info) => info.memoryBytes,
        () => machine.memoryBytes,
      );
    const amount = (bytes / gigabyte).toFixed(1);
    const detail = { fr: `${amount.replace(".", ",")} Go`, en: `${amount} GB` };
    if (bytes >= 2 * gigabyte) return { state: "ok", detail };
    return { state: "warning", detail, advice: { fr: "Les labs de réseau tiennent dans 1 Go, ceux de Kubernetes en veulent 3. Donnez plus de mémoire à Docker.", en: "Network labs fit into 1 GB, Kubernetes labs want 3. Give Docker more memory." } };
  },
};

import { dirname, join } from "node:path";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const electronBinary: DiagnosticCheck = {
  id: "electron-binary",
  title: { fr: "Fenêtre de bureau (Electron)", en: "Desktop window (Electron)" },
  // Inside Electron the question is answered.
  applicable: () => process.versions["electron"] === undefined,
  async check({ machine }) {
    const packageFile = machine.resolve("electron/package.json");
    const folder = packageFile === undefined ? undefined : dirname(packageFile);
    const relative = folder === undefined ? undefined : machine.read(join(folder, "path.txt"));
    if (folder !== undefined && relative !== undefined && machine.exists(join(folder, "dist", relative.trim()))) {
      return { state: "ok", detail: { fr: "Présente.", en: "There." } };
    }
    return {
      state: "warning",
      detail: { fr: "Le programme Electron n’est pas installé : la même fenêtre s’ouvre dans le navigateur.", en: "The Electron program is not installed: the same window opens in the browser." },
      advice: { fr: "Avec Internet : npx install-electron", en: "With Internet: npx install-electron" },
    };
  },
};

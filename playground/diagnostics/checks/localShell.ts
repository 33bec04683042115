import { dirname, join } from "node:path";
import { RempartError } from "../../model/errors.ts";
import type { DiagnosticCheck } from "../diagnosticCheck.ts";

export const localShell: DiagnosticCheck = {
  id: "local-shell",
  title: { fr: "Terminal local", en: "Local terminal" },
  applicable: () => true,
  async check({ machine }) {
    if (machine.loads("node-pty")) return { state: "ok", detail: { fr: "Le module natif node-pty se charge.", en: "The native module node-pty loads." } };
    return {
      state: "warning",
      detail: { fr: "Le module natif node-pty ne se charge pas : pas de terminal local. Les machines des labs gardent les leurs.", en: "The native module node-pty does not load: no local terminal. The labs' machines keep theirs." },
      advice: { fr: "npm rebuild node-pty (demande python3, make et g++)", en: "npm rebuild node-pty (needs python3, make and g++)" },
      fixable: machine.resolve("node-pty/package.json") !== undefined && machine.program("npm") !== undefined,
    };
  },
  async fix({ machine }, { onProgress, signal }) {
    const packageFile = machine.resolve("node-pty/package.json");
    if (packageFile === undefined) return;
    const root = dirname(dirname(dirname(packageFile)));
    const result = await machine.command("npm", ["rebuild", "node-pty", "--prefix", join(root)], { onLine: onProgress, ...(signal === undefined ? {} : { signal }) });
    if (result.exitCode !== 0) {
      throw new RempartError("machine.rebuild-failed", `npm rebuild node-pty failed:\n${result.stderr.trim().split("\n").slice(-6).join("\n")}`, { kind: "machine", next: "Install python3, make and g++, then try again." });
    }
  },
};

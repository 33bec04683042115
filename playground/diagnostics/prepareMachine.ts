import type { Diagnostic, Progress } from "../contract/contract.ts";
import { RempartError, toErrorData } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import type { Diagnostics } from "./diagnostics.ts";

export interface PrepareOptions {
  /** Progress of task "setup": one event when a step starts, for each line of its output (`detail`), and when it ends. */
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

interface Step {
  /** Id of the diagnostic that the step repairs. */
  readonly id: string;
  readonly label: Localized;
}

const steps: readonly Step[] = [
  { id: "engine-installed", label: { fr: "Installer Docker", en: "Install Docker" } },
  { id: "engine-reachable", label: { fr: "Démarrer le moteur de conteneurs", en: "Start the container engine" } },
  { id: "instance-image", label: { fr: "Préparer l’image des machines", en: "Prepare the image of the machines" } },
];

/**
 * Brings the machine to where labs can run: repairs, in order, what is missing and can be repaired. Never throws: what
 * remains is in the diagnostics that it returns.
 */
export async function prepareMachine(diagnostics: Diagnostics, options: PrepareOptions): Promise<Diagnostic[]> {
  const { onProgress, signal } = options;
  // The usual case, and the start should be instant then.
  if (!(await diagnostics.ready())) {
    for (const [index, step] of steps.entries()) {
      const tell = (state: Progress["state"], detail?: string): void =>
        onProgress({ task: "setup", step: step.id, label: step.label, done: state === "done" ? index + 1 : index, total: steps.length, state, ...(detail === undefined ? {} : { detail }) });
      const found = (await diagnostics.diagnose()).find((one) => one.id === step.id);
      if (found?.state === "ok") {
        tell("done", found.detail.en);
        continue;
      }
      if (found?.canFix !== true) {
        tell("failed", found?.detail.en);
        break;
      }
      tell("running");
      try {
        await diagnostics.fix(step.id, { onProgress: (line) => tell("running", line), ...(signal === undefined ? {} : { signal }) });
        tell("done");
      } catch (error) {
        const cancelled = signal?.aborted === true || (error instanceof RempartError && error.code === "input.cancelled");
        tell(cancelled ? "cancelled" : "failed", toErrorData(error).message);
        break;
      }
    }
  }
  return diagnostics.diagnose();
}

import type { ContainerEngine } from "../engine/containerEngine.ts";
import type { Diagnostic } from "../contract/contract.ts";
import type { MirrorSource } from "../images/mirrorSource.ts";
import type { Localized } from "../model/lab.ts";
import type { Probe } from "./labProbe.ts";
import type { Machine } from "./machine.ts";

/** What a check saw. `fixable` false withdraws the check's fix in this case. */
export interface Finding {
  readonly state: Diagnostic["state"];
  readonly detail: Localized;
  readonly advice?: Localized;
  readonly fixable?: boolean;
}

/** What checks may use; each thing is asked for once per run, however many checks want it. */
export interface DiagnosticContext {
  readonly machine: Machine;
  /** The registry that repairs ask for images instead of the projects' own. */
  readonly mirror: MirrorSource;
  /** Rejects with RempartError when no engine answers. */
  engine(): Promise<ContainerEngine>;
  /** What the engine's kernel can do, seen from a container like a lab's. Undefined when the image is missing. */
  probe(): Promise<Probe | undefined>;
}

export interface FixOptions {
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** One diagnostic: one file each, registered in `allDiagnostics.ts`. */
export interface DiagnosticCheck {
  readonly id: string;
  readonly title: Localized;
  /** False on machines where the question has no meaning: the diagnostic is then not shown. */
  applicable(machine: Machine): boolean;
  check(context: DiagnosticContext): Promise<Finding>;
  fix?(context: DiagnosticContext, options: FixOptions): Promise<void>;
}

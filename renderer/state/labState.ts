import type { CheckObservation, LabDetail, LabStatus, NetworkFile } from "../../playground/contract/contract.ts";
import type { PathQuestion } from "../../playground/model/path.ts";
import type { ErrorData, Fault } from "../../playground/model/errors.ts";
import type { Plan } from "../../playground/model/plan.ts";
import type { DnsWalk } from "../../playground/picture/walkGeometry.ts";

export type LabWork = "up" | "down" | "apply" | "plan" | "save" | "solve" | "reset";
export type PaneName = "guide" | "topology" | "terminals";
export type LeftTab = "guide" | "network" | "plan" | "dns" | "breakages";

/** A question about a path that something else of the window asks; `sequence` tells two equal ones apart. */
export interface PathRequest {
  readonly question: PathQuestion;
  readonly sequence: number;
}

/** A command of the guide on its way into a terminal; `sequence` tells two equal ones apart. */
export interface TypeRequest {
  readonly node: string;
  readonly text: string;
  readonly sequence: number;
}

/** What the topology is asked to be. */
export interface StageState {
  /** The topology fills the screen, for a room. */
  readonly isProjecting: boolean;
  readonly pathRequest: PathRequest | undefined;
  project(on: boolean): void;
  /** Has the path explorer open with a question; the topology is brought back if another pane hides it. */
  askPath(question: PathQuestion): void;
}

export interface LabState extends StageState {
  readonly lab: string;
  readonly detail: LabDetail | undefined;
  readonly status: LabStatus | undefined;
  readonly checks: Readonly<Record<string, CheckObservation>>;
  /** Loading failed: shown in place of the lab. */
  readonly loadError: ErrorData | undefined;
  readonly work: LabWork | undefined;

  /** The file as it is on disk, and what the editor holds. */
  readonly file: NetworkFile | undefined;
  readonly draft: string;
  readonly faults: readonly Fault[];
  /** Somebody else (an editor, the command line) changed the file while the draft had changes. */
  readonly conflict: NetworkFile | undefined;
  readonly plan: Plan | undefined;
  readonly planError: ErrorData | undefined;
  readonly lastApply: { readonly plan: Plan; readonly milliseconds: number; readonly at: number } | undefined;

  /** Rises whenever the picture itself changed: read `topology.get` again. */
  readonly topologyVersion: number;
  /** Remembered view of this lab; each part keeps its own key (panes, positions, tabs…). Undefined until read. */
  readonly layout: Readonly<Record<string, unknown>> | undefined;
  readonly maximised: PaneName | undefined;
  readonly leftTab: LeftTab;
  /** The question that the topology shows. */
  readonly dnsWalk: DnsWalk | undefined;
  readonly typeRequest: TypeRequest | undefined;

  load(): Promise<void>;
  up(): Promise<void>;
  down(): Promise<void>;
  cancel(): Promise<void>;
  runChecks(ids?: string[]): Promise<void>;
  edit(text: string): void;
  save(): Promise<boolean>;
  /** Ends a conflict: `mine` writes the draft over the file, `theirs` takes the file. */
  resolveConflict(keep: "mine" | "theirs"): Promise<void>;
  /** Reads network.yml again, which another program may have changed; a draft with changes is kept. */
  lookAgain(): Promise<void>;
  makePlan(): Promise<void>;
  apply(): Promise<void>;
  reset(): Promise<void>;
  openHint(step: string): Promise<void>;
  answer(question: string, text: string): Promise<void>;
  solve(step: string): Promise<void>;
  /** Asks the terminal area to open or focus the node's terminal and write the text, without a newline. */
  typeInto(node: string, text: string): void;
  /** Merges keys into the remembered layout; written to the engine half a second after the last change. */
  rememberLayout(patch: Record<string, unknown>): void;
  maximise(pane: PaneName | undefined): void;
  showTab(tab: LeftTab): void;
  showDnsWalk(walk: DnsWalk | undefined): void;
  /** The lab is no longer on screen: its checks need not run for us. The store stays, with its draft. */
  leave(): void;
}

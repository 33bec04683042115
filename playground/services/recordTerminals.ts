import type { AttemptRecorder } from "./attemptRecorder.ts";
import { TerminalRecorder } from "./terminalRecorder.ts";

/** Who follows what is typed in a terminal and what it prints. */
export interface TerminalFollower {
  typed(data: string): void;
  printed(text: string): void;
  resized(columns: number): void;
  /** The program is over. */
  ended(): void;
}

/** Writes down the terminals of labs, while the student of each agrees; without consent not a character is looked at. */
export class TerminalRecords {
  readonly #recorder: AttemptRecorder;
  readonly #open = new Map<string, Set<{ end(): void }>>();

  constructor(recorder: AttemptRecorder) {
    this.#recorder = recorder;
  }

  /** To be asked for each terminal that is opened in a lab; `node` is undefined for a shell on this computer. */
  follow(lab: string, node: string | undefined, columns: number): TerminalFollower {
    let width = columns;
    let followed: TerminalRecorder | undefined;
    const tell = (command: string, output: string, entered: string): void => this.#recorder.tell(lab, { type: "terminal.command", node: node ?? null, command, output, entered });
    const now = (): TerminalRecorder | undefined => {
      followed = this.#recorder.hasConsent(lab) ? (followed ?? new TerminalRecorder(width, tell)) : undefined;
      return followed;
    };
    const entry = { end: () => now()?.end() };
    const open = this.#open.get(lab) ?? new Set();
    this.#open.set(lab, open.add(entry));
    // Known from an earlier session's log, and then kept up to date by whoever changes it.
    void this.#recorder.consent(lab).catch(() => undefined);
    return {
      typed: (data) => now()?.typed(data),
      printed: (text) => now()?.printed(text),
      resized(next) {
        width = next;
        followed?.resized(next);
      },
      ended() {
        entry.end();
        open.delete(entry);
      },
    };
  }

  /** The commands that ran last are written down, too: a report is about to be made. */
  settle(lab: string): void {
    for (const entry of this.#open.get(lab) ?? []) entry.end();
  }
}

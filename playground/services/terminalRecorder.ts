import { cutText } from "./attemptRecorder.ts";
import { TerminalLines, type Place } from "./terminalLines.ts";

/** Characters of a command's output that are kept. */
const outputLimit = 4_000;
const commandLimit = 2_000;

/**
 * Follows one terminal, and tells each command with what it printed, once the next is begun. What was typed is taken from what
 * the terminal shows: so a line that was edited is the line that ran, and a password, which is not shown, is never seen.
 */
export class TerminalRecorder {
  readonly #lines: TerminalLines;
  readonly #tell: (command: string, output: string, entered: string) => void;
  /** `editing` since the first key after a command; `entered` since its Enter; `running` since the shell answered with a new line. */
  #state: "quiet" | "editing" | "entered" | "running" = "quiet";
  #begin: Place = { row: 0, column: 0 };
  #command = "";
  /** When its Enter came, as ISO 8601. */
  #entered = "";

  constructor(columns: number, tell: (command: string, output: string, entered: string) => void) {
    this.#lines = new TerminalLines(columns);
    this.#tell = tell;
  }

  resized(columns: number): void {
    this.#lines.columns = columns;
  }

  /** Keys on their way to the program. */
  typed(data: string): void {
    if (this.#lines.isWholeScreen) return;
    if (this.#state === "quiet" || this.#state === "running") {
      this.end();
      this.#lines.forget();
      this.#begin = this.#lines.place;
      this.#state = "editing";
    }
    if (data.includes("\r") && this.#state === "editing") {
      this.#state = "entered";
      this.#entered = new Date().toISOString();
    } else if (data.includes("\u0003")) this.#state = "quiet";
  }

  /** What the program printed. */
  printed(text: string): void {
    // Of a flood, only its end matters: the prompt may be in it.
    let rest = this.#state === "running" && this.#lines.isFull ? text.slice(-1000) : text;
    while (rest !== "") {
      const before = this.#lines.place;
      const line = this.#lines.writeLine(rest);
      rest = line.rest;
      if (!line.isEnded || this.#state !== "entered") continue;
      this.#command = this.#lines.between(this.#begin, { row: Math.max(before.row, this.#lines.place.row - 1), column: Number.MAX_SAFE_INTEGER });
      this.#begin = { row: this.#lines.place.row, column: 0 };
      this.#state = "running";
    }
  }

  /** The command that ran last is over as far as anybody can tell: the line of the cursor is the next prompt. */
  end(): void {
    if (this.#state !== "running") return;
    const command = this.#command.trim();
    const output = this.#lines.between(this.#begin, { row: this.#lines.place.row, column: 0 }).trimEnd();
    this.#state = "quiet";
    if (command !== "") this.#tell(cutText(command, commandLimit), cutText(output, outputLimit), this.#entered);
  }
}

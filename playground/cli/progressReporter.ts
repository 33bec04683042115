import type { Progress, RempartClient } from "../contract/contract.ts";
import type { Console } from "./console.ts";

const barWidth = 24;

/**
 * Shows the progress of one task on standard error: a bar that overwrites itself on a terminal, else one line for each step.
 * Returns the function that ends it.
 */
export function reportProgress(console: Console, client: RempartClient, isMine: (task: string) => boolean): () => void {
  const reporter = new ProgressReporter(console);
  const stop = client.on("progress", (progress) => {
    if (isMine(progress.task)) reporter.show(progress);
  });
  return () => {
    stop();
    reporter.end();
  };
}

export class ProgressReporter {
  readonly #console: Console;
  #lastLine = "";
  #drawn = false;

  constructor(console: Console) {
    this.#console = console;
  }

  show(progress: Progress): void {
    const label = this.#console.text(progress.label);
    if (this.#console.interactive) {
      const filled = progress.total > 0 ? Math.round((barWidth * Math.min(progress.done, progress.total)) / progress.total) : 0;
      const detail = progress.detail === undefined ? "" : this.#console.paint("dim", ` ${progress.detail.slice(0, 40)}`);
      this.#console.noteInPlace(`\r\u001b[2K${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${progress.done}/${progress.total} ${label}${detail}`);
      this.#drawn = true;
      return;
    }
    const line = `[${progress.done}/${progress.total}] ${label}${progress.state === "running" ? "" : ` (${progress.state})`}`;
    if (line !== this.#lastLine) this.#console.note(line);
    this.#lastLine = line;
  }

  /** Removes the bar, so that the result stands alone. */
  end(): void {
    if (this.#drawn) this.#console.noteInPlace("\r\u001b[2K");
    this.#drawn = false;
  }
}

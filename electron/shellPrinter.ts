import type { PdfPrinter } from "../playground/host.ts";
import type { EngineMessage } from "./ipcChannels.ts";

/** Prints in the shell, which has a browser: the engine's process asks, and waits for the answer. */
export class ShellPrinter implements PdfPrinter {
  readonly #post: (message: EngineMessage) => void;
  readonly #waiting = new Map<number, { done: (pdf: Uint8Array) => void; failed: (error: Error) => void }>();
  #last = 0;

  constructor(post: (message: EngineMessage) => void) {
    this.#post = post;
  }

  isThere(): Promise<boolean> {
    return Promise.resolve(true);
  }

  print(html: string): Promise<Uint8Array> {
    const id = ++this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#post({ kind: "print", id, html });
    });
  }

  /** The shell's answer; without a PDF, it failed. */
  printed({ id, pdf }: Extract<EngineMessage, { kind: "printed" }>): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (pdf === undefined) waiting?.failed(new Error("the shell did not print"));
    else waiting?.done(pdf);
  }
}

import type { Transport } from "../playground/contract/frames.ts";
import type { EngineMessage } from "./ipcChannels.ts";

/** The engine's end of the pipe to the window: frames travel as messages of the utility process. */
export class PortTransport implements Transport {
  readonly #post: (message: EngineMessage) => void;
  readonly #frameListeners: ((frame: string) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];
  #closed = false;

  constructor(post: (message: EngineMessage) => void) {
    this.#post = post;
  }

  send(frame: string): void {
    if (!this.#closed) this.#post({ kind: "frame", text: frame });
  }

  onFrame(listener: (frame: string) => void): void {
    this.#frameListeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  /** Ended from the engine's side; the shell then opens another one with the window's next frame. */
  close(): void {
    if (this.#closed) return;
    this.#post({ kind: "disconnect" });
    this.abandon();
  }

  /** Ended from the window's side, which knows. */
  abandon(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners) listener();
  }

  /** A frame of the window arrived. */
  deliver(frame: string): void {
    if (this.#closed) return;
    for (const listener of this.#frameListeners) listener(frame);
  }
}

import type { Transport } from "./frames.ts";

/** One end of a pipe in memory: frames arrive in order, in a later microtask, as they do on a wire. */
class MemoryTransport implements Transport {
  #other: MemoryTransport | undefined;
  #closed = false;
  readonly #frameListeners: ((frame: string) => void)[] = [];
  readonly #closeListeners: (() => void)[] = [];

  connect(other: MemoryTransport): void {
    this.#other = other;
  }

  send(frame: string): void {
    if (this.#closed) return;
    queueMicrotask(() => this.#other?.deliver(frame));
  }

  onFrame(listener: (frame: string) => void): void {
    this.#frameListeners.push(listener);
  }

  onClose(listener: () => void): void {
    if (this.#closed) queueMicrotask(listener);
    else this.#closeListeners.push(listener);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    queueMicrotask(() => {
      for (const listener of this.#closeListeners) listener();
      this.#other?.close();
    });
  }

  private deliver(frame: string): void {
    if (this.#closed) return;
    for (const listener of this.#frameListeners) listener(frame);
  }
}

/** Two ends of one pipe within one process: what one sends the other receives; closing one closes both. */
export function createMemoryTransportPair(): [Transport, Transport] {
  const left = new MemoryTransport();
  const right = new MemoryTransport();
  left.connect(right);
  right.connect(left);
  return [left, right];
}

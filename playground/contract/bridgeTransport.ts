import type { Transport } from "./frames.ts";

/** The two functions that the preload script of the Electron window exposes as `window.rempartBridge`. */
export interface RempartBridge {
  send(frame: string): void;
  /** The engine's process is gone when the listener gets `undefined`. */
  onFrame(listener: (frame: string | undefined) => void): void;
}

/** A transport over the preload's two functions. */
export function createBridgeTransport(bridge: RempartBridge): Transport {
  const frameListeners: ((frame: string) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let closed = false;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of closeListeners) listener();
  };
  bridge.onFrame((frame) => {
    if (closed) return;
    if (frame === undefined) close();
    else for (const listener of frameListeners) listener(frame);
  });
  return {
    send(frame) {
      if (!closed) bridge.send(frame);
    },
    onFrame(listener) {
      frameListeners.push(listener);
    },
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else closeListeners.push(listener);
    },
    close,
  };
}

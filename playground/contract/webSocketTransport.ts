import type { Transport } from "./frames.ts";

/** What is used of a WebSocket: the browser's own and that of the package `ws` both have it. */
export interface SocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(): void;
  addEventListener(type: "open" | "close" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

const open = 1;
const closing = 2;

/** A transport over a WebSocket. What is sent while it still connects is kept and sent in order once it is open. */
export function createWebSocketTransport(socket: SocketLike): Transport {
  const waiting: string[] = [];
  const closeListeners: (() => void)[] = [];
  let closed = false;
  const reportClose = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of closeListeners) listener();
  };
  socket.addEventListener("open", () => {
    for (const frame of waiting.splice(0)) socket.send(frame);
  });
  socket.addEventListener("close", reportClose);
  // An error is always followed by a close; without a listener the package `ws` would throw it.
  socket.addEventListener("error", () => undefined);
  return {
    send(frame) {
      if (socket.readyState === open) socket.send(frame);
      else if (socket.readyState < open) waiting.push(frame);
    },
    onFrame(listener) {
      socket.addEventListener("message", (event) => {
        if (typeof event.data === "string") listener(event.data);
      });
    },
    onClose(listener) {
      if (closed || socket.readyState >= closing) queueMicrotask(listener);
      else closeListeners.push(listener);
    },
    close() {
      socket.close();
    },
  };
}

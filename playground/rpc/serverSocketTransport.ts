import type { WebSocket } from "ws";
import type { Transport } from "../contract/frames.ts";

/** Bytes not yet taken by the window at which nothing more is read from it, and at which it is given up. */
const pauseAt = 8_000_000;
const giveUpAt = 64_000_000;
const heartbeatMilliseconds = 30_000;

/**
 * The server's end of a WebSocket. A window that does not read what it asked for is first no longer listened to, then
 * disconnected, so that it cannot fill this process's memory; one that no longer answers pings is disconnected too.
 */
export function createServerSocketTransport(socket: WebSocket): Transport {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  // Faults of the connection (too large a frame, a reset) all end in "close".
  socket.on("error", () => undefined);
  const heartbeat = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, heartbeatMilliseconds);
  heartbeat.unref();
  socket.on("close", () => clearInterval(heartbeat));

  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(frame, () => {
        if (socket.isPaused && socket.bufferedAmount < pauseAt / 2) socket.resume();
      });
      if (socket.bufferedAmount > giveUpAt) socket.terminate();
      else if (socket.bufferedAmount > pauseAt) socket.pause();
    },
    onFrame(listener) {
      socket.on("message", (data, isBinary) => {
        // `ws` gives text frames as one Buffer; binary ones are not part of the contract.
        if (isBinary || !Buffer.isBuffer(data)) socket.close(1003);
        else listener(data.toString("utf8"));
      });
    },
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) queueMicrotask(listener);
      else socket.on("close", listener);
    },
    close() {
      socket.close();
    },
  };
}

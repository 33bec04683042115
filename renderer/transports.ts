import { createBridgeTransport, type RempartBridge } from "../playground/contract/bridgeTransport.ts";
import type { Transport } from "../playground/contract/frames.ts";
import { createWebSocketTransport } from "../playground/contract/webSocketTransport.ts";
import type { OpenTransport } from "./state/connection.ts";

declare global {
  interface Window {
    /** Present in the Electron window only: the preload's two functions. */
    readonly rempartBridge?: RempartBridge;
  }
}

/** How long an engine may take to accept a socket before the attempt counts as failed, in milliseconds. */
const openTimeout = 5000;

/** Opens a WebSocket to our own origin; resolves once it is open. */
function openWebSocket(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    const timer = setTimeout(() => socket.close(), openTimeout);
    socket.addEventListener("open", () => {
      clearTimeout(timer);
      resolve(createWebSocketTransport(socket));
    });
    socket.addEventListener("close", () => {
      clearTimeout(timer);
      reject(new Error("the engine does not answer"));
    });
  });
}

/** The socket's address. The page's own server has traded the one-time token for a cookie before it served the page. */
export function webSocketAddress(location: { protocol: string; host: string }): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/rpc`;
}

/** The way to the engine from here: the preload's bridge in Electron, else a WebSocket on the same origin. */
export function chooseTransport(window: Window): OpenTransport {
  const bridge = window.rempartBridge;
  if (bridge) return () => Promise.resolve(createBridgeTransport(bridge));
  return () => openWebSocket(webSocketAddress(window.location));
}

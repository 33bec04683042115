import { maximumFrameLength } from "../playground/contract/frames.ts";
import { windowOrigin } from "./ipcChannels.ts";

/** What is looked at of an IPC event; null once the frame is gone. */
export interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Only the top frame of our own page may speak to the engine: no embedded frame, no other page. */
export function isOwnWindow(event: Sender): boolean {
  const frame = event.senderFrame;
  if (!frame || frame.parent !== null) return false;
  return isOwnAddress(frame.url);
}

/** Is this an address of our own pages? Compared by origin, not by prefix: "app://rempart.evil/" is another one. */
export function isOwnAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === windowOrigin;
  } catch {
    return false;
  }
}

/** Is this something that may be passed on to the engine? */
export function isFrame(value: unknown): value is string {
  return typeof value === "string" && value.length <= maximumFrameLength;
}

import { contextBridge, ipcRenderer } from "electron";
import type { IpcRendererEvent } from "electron";
import { frameChannel } from "./ipcChannels.ts";

/**
 * All that the window can ask of the shell: send a frame, and hear frames. What a frame may say is the contract's business,
 * and is checked at both ends. A listener gets `undefined` when the engine's process has ended.
 */
let listener: ((frame: string | undefined) => void) | undefined;
ipcRenderer.on(frameChannel, (_event: IpcRendererEvent, frame: unknown) => {
  if (frame === undefined || typeof frame === "string") listener?.(frame);
});

contextBridge.exposeInMainWorld("rempartBridge", {
  send(frame: string): void {
    if (typeof frame === "string") ipcRenderer.send(frameChannel, frame);
  },
  onFrame(callback: (frame: string | undefined) => void): void {
    listener = callback;
  },
});

import { utilityProcess } from "electron";
import type { UtilityProcess } from "electron";
import type { EngineMessage } from "./ipcChannels.ts";
import { printPage } from "./printPage.ts";
import { isFrame } from "./senderCheck.ts";

const restartMilliseconds = 1000;
const quitMilliseconds = 5000;

/**
 * The engine in a process of its own: a crash of it neither takes the window along nor the labs, which run in containers.
 * It is started again when it ends by itself.
 */
export class EngineProcess {
  readonly #script: string;
  readonly #arguments: readonly string[];
  readonly #onFrame: (frame: string | undefined) => void;
  #child: UtilityProcess | undefined;
  /** Frames for an engine that is being started. */
  #waiting: string[] = [];
  #quitting = false;
  #connected = false;
  #ready = false;

  /** @param onFrame gets the engine's frames, and `undefined` when the process has ended */
  constructor(script: string, engineArguments: readonly string[], onFrame: (frame: string | undefined) => void) {
    this.#script = script;
    this.#arguments = engineArguments;
    this.#onFrame = onFrame;
  }

  start(): void {
    const child = utilityProcess.fork(this.#script, [...this.#arguments], { serviceName: "Rempart engine", stdio: "inherit" });
    this.#child = child;
    child.on("message", (message: EngineMessage) => {
      if (message.kind === "frame" && isFrame(message.text)) this.#onFrame(message.text);
      else if (message.kind === "disconnect" && this.#connected) this.#lost();
      else if (message.kind === "print") {
        const { id, html } = message;
        void printPage(html).catch((error: unknown) => void console.error(error)).then((pdf) => this.#post({ kind: "printed", id, pdf: pdf ?? undefined }));
      } else if (message.kind === "ready") {
        this.#ready = true;
        for (const frame of this.#waiting.splice(0)) this.send(frame);
      }
    });
    child.on("exit", () => {
      this.#child = undefined;
      this.#ready = false;
      this.#lost();
      if (!this.#quitting) setTimeout(() => this.start(), restartMilliseconds);
    });
  }

  /** A page was loaded: the old page's connection is over; the next frame opens a new one. */
  reset(): void {
    this.#post({ kind: "disconnect" });
    this.#connected = false;
    this.#waiting = [];
  }

  send(frame: string): void {
    if (!this.#ready) {
      this.#waiting.push(frame);
      return;
    }
    if (!this.#connected) {
      this.#post({ kind: "connect" });
      this.#connected = true;
    }
    this.#post({ kind: "frame", text: frame });
  }

  /** Lets the engine close its terminals and watches, at most five seconds. Labs go on running. */
  async quit(): Promise<void> {
    this.#quitting = true;
    const child = this.#child;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill(), quitMilliseconds);
      child.once("exit", () => {
        clearTimeout(timer);
        resolve();
      });
      this.#post({ kind: "quit" });
    });
  }

  #lost(): void {
    this.#connected = false;
    this.#onFrame(undefined);
  }

  #post(message: EngineMessage): void {
    this.#child?.postMessage(message);
  }
}

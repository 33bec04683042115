import type { Terminal } from "@xterm/xterm";
import type { EventData, RempartClient } from "../../playground/contract/contract.ts";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import { DrawnCounter } from "./drawnCounter.ts";
import { TerminalScreen } from "./TerminalScreen.ts";

/** `idle`: not opened yet, or waiting for its lab; `failed`: could not be opened; `dead`: the program has ended. */
export type SessionState = "idle" | "connecting" | "alive" | "dead" | "failed";

export interface SessionOptions {
  readonly client: RempartClient;
  readonly lab: string;
  readonly node: string | undefined;
  /** Called when `state` changed, and with it `reason` or `error`. */
  onChange(): void;
  onKey(event: KeyboardEvent): boolean;
  copyOnSelect(): boolean;
  fontSize(): number;
}

const firstPromptMilliseconds = 1500;
/** Characters typed ahead of a terminal that is being opened; more than anybody types in that time. */
const typedAheadLimit = 10_000;

/** One terminal of the window: the emulator, and the engine's terminal behind it. Outlives every tab switch. */
export class TerminalSession {
  readonly screen: TerminalScreen;
  state: SessionState = "idle";
  /** Why the program ended, in the engine's words. */
  reason = "";
  /** Why it could not be opened. */
  error: ErrorData | undefined;
  /** The engine's name for it; undefined before it is open. */
  id: string | undefined;
  private readonly terminal: Terminal;
  private readonly options: SessionOptions;
  private readonly counter: DrawnCounter;
  private waiting: string[] = [];
  /** Keys typed while the engine was still opening the terminal. */
  private typedAhead = "";
  private hasPrompt = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.counter = new DrawnCounter((characters) => {
      if (this.id !== undefined) void options.client.call("terminals.acknowledge", { terminal: this.id, characters }).catch(() => undefined);
    });
    this.screen = new TerminalScreen(options.fontSize());
    this.terminal = this.screen.terminal;
    this.terminal.attachCustomKeyEventHandler((event) => this.handleKey(event));
    this.terminal.onData((data) => this.send(data));
    this.terminal.onBinary((data) => this.send(data));
    this.terminal.onResize(({ cols, rows }) => this.sendSize(cols, rows));
    this.terminal.onSelectionChange(() => {
      const text = this.terminal.getSelection();
      if (text !== "" && options.copyOnSelect()) void navigator.clipboard.writeText(text).catch(() => undefined);
    });
  }

  /** Opens a new terminal of the engine; never throws, `state` says how it went. */
  async open(): Promise<void> {
    if (this.state === "connecting" || this.state === "alive") return;
    this.id = undefined;
    this.change("connecting", "");
    this.hasPrompt = false;
    this.screen.startLine();
    const { client, lab, node } = this.options;
    const { cols, rows } = this.terminal;
    try {
      const { terminal } = await client.call("terminals.open", { lab, ...(node === undefined ? {} : { node }), columns: cols, rows });
      this.id = terminal;
      this.change("alive", "");
      this.sendTypedAhead();
      // The window may have given the terminal its place while the engine was opening it.
      if (this.terminal.cols !== cols || this.terminal.rows !== rows) this.sendSize(this.terminal.cols, this.terminal.rows);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Takes up a terminal that the engine still has; its last output comes as a replay. */
  async attach(id: string): Promise<void> {
    this.id = id;
    this.change("connecting", "");
    try {
      const { alive } = await this.options.client.call("terminals.attach", { terminal: id });
      if (alive) {
        this.hasPrompt = true;
        this.change("alive", "");
        this.sendTypedAhead();
        this.sendSize(this.terminal.cols, this.terminal.rows);
      } else if (this.stateNow() === "connecting") this.change("dead", "");
    } catch (error) {
      this.fail(error);
    }
  }

  /** Back to waiting: its lab has stopped. What is on screen stays. */
  park(): void {
    this.id = undefined;
    this.change("idle", "");
  }

  /** Writes output; what is not a replay is acknowledged once it is drawn. */
  receive(event: EventData<"terminal.data">): void {
    if (event.replay) {
      this.terminal.reset();
      this.terminal.write(event.data);
      return;
    }
    this.terminal.write(event.data, () => this.counter.drawn(event.data.length));
    if (this.hasPrompt) return;
    this.hasPrompt = true;
    // The shell has spoken: its prompt follows within the same breath.
    setTimeout(() => this.typeWaiting(), 80);
  }

  ended(reason: string): void {
    this.counter.reset();
    this.change("dead", reason);
  }

  /** Types a text without running it; a shell that is still starting gets it with its prompt. */
  type(text: string): void {
    if (text === "") return;
    this.waiting.push(text);
    if (this.state === "alive" && this.hasPrompt) this.typeWaiting();
    else setTimeout(() => this.typeWaiting(), firstPromptMilliseconds);
  }

  focus(): void {
    this.terminal.focus();
  }

  /** Ends the engine's terminal too. */
  close(): void {
    if (this.id !== undefined) void this.options.client.call("terminals.close", { terminal: this.id }).catch(() => undefined);
    this.dispose();
  }

  /** Lets go of the screen; the engine keeps its terminal for a later window. */
  dispose(): void {
    this.counter.reset();
    this.screen.dispose();
  }

  private stateNow(): SessionState {
    return this.state;
  }

  private fail(error: unknown): void {
    this.typedAhead = "";
    this.change("failed", "", toErrorData(error));
  }

  private change(state: SessionState, reason: string, error?: ErrorData): void {
    this.state = state;
    this.reason = reason;
    this.error = error;
    this.options.onChange();
  }

  private sendTypedAhead(): void {
    const data = this.typedAhead;
    this.typedAhead = "";
    if (data !== "") this.send(data);
  }

  private send(data: string): void {
    if (this.state === "connecting") this.typedAhead = (this.typedAhead + data).slice(0, typedAheadLimit);
    if (this.id === undefined || this.state !== "alive") return;
    void this.options.client.call("terminals.write", { terminal: this.id, data }).catch(() => undefined);
  }

  private sendSize(columns: number, rows: number): void {
    if (this.id === undefined || this.state !== "alive" || columns < 2 || rows < 1) return;
    void this.options.client.call("terminals.resize", { terminal: this.id, columns, rows }).catch(() => undefined);
  }

  private typeWaiting(): void {
    if (this.state !== "alive") return;
    const texts = this.waiting;
    this.waiting = [];
    for (const text of texts) this.screen.paste(text);
  }

  /** False keeps a key from the program in the terminal. */
  private handleKey(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return true;
    if (event.ctrlKey && event.shiftKey && event.code === "KeyC") {
      event.preventDefault();
      void this.screen.copy();
      return false;
    }
    // The browser's own paste follows, and the terminal listens for it.
    if (event.ctrlKey && event.shiftKey && event.code === "KeyV") return false;
    if (event.key === "Enter" && (this.state === "dead" || this.state === "failed")) {
      void this.open();
      return false;
    }
    return this.options.onKey(event);
  }
}

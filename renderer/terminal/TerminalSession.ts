import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import type { EventData, RempartClient } from "../../playground/contract/contract.ts";
import { toErrorData } from "../../playground/model/errors.ts";
import { DrawnCounter } from "./drawnCounter.ts";
import { terminalTheme } from "./terminalTheme.ts";

/** `idle`: never opened; `failed`: could not be opened; `dead`: the program has ended. */
export type SessionState = "idle" | "connecting" | "alive" | "dead" | "failed";

export interface SessionOptions {
  readonly client: RempartClient;
  readonly lab: string;
  readonly node: string | undefined;
  /** Called when `state` or `reason` changed. */
  onChange(): void;
  onKey(event: KeyboardEvent): boolean;
  copyOnSelect(): boolean;
  fontSize(): number;
}

const resizeDelay = 60;
const firstPromptMilliseconds = 1500;
/** Characters typed ahead of a terminal that is being opened; more than anybody types in that time. */
const typedAheadLimit = 10_000;

/** One terminal of the window: the emulator, and the engine's terminal behind it. Outlives every tab switch. */
export class TerminalSession {
  readonly screen = document.createElement("div");
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  state: SessionState = "idle";
  reason = "";
  /** The engine's name for it; undefined before it is open. */
  id: string | undefined;
  private readonly fitter = new FitAddon();
  private readonly options: SessionOptions;
  private readonly counter: DrawnCounter;
  private readonly observer: ResizeObserver;
  private resizeTimer: ReturnType<typeof setTimeout> | undefined;
  private waiting: string[] = [];
  /** Keys typed while the engine was still opening the terminal. */
  private typedAhead = "";
  private hasPrompt = false;

  constructor(options: SessionOptions) {
    this.options = options;
    this.counter = new DrawnCounter((characters) => {
      if (this.id !== undefined) void options.client.call("terminals.acknowledge", { terminal: this.id, characters }).catch(() => undefined);
    });
    this.screen.className = "terminal-screen";
    const mono = getComputedStyle(document.documentElement).getPropertyValue("--mono").trim() || "monospace";
    this.terminal = new Terminal({ scrollback: 10_000, fontFamily: mono, fontSize: options.fontSize(), lineHeight: 1.25, cursorBlink: false, allowProposedApi: true, macOptionIsMeta: true, theme: terminalTheme(document.documentElement), minimumContrastRatio: 1 });
    this.terminal.loadAddon(this.fitter);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new WebLinksAddon((_event, address) => void window.open(address, "_blank", "noopener,noreferrer")));
    this.terminal.attachCustomKeyEventHandler((event) => this.handleKey(event));
    this.terminal.onData((data) => this.send(data));
    this.terminal.onBinary((data) => this.send(data));
    this.terminal.onResize(({ cols, rows }) => this.sendSize(cols, rows));
    this.terminal.onSelectionChange(() => {
      const text = this.terminal.getSelection();
      if (text !== "" && options.copyOnSelect()) void navigator.clipboard.writeText(text).catch(() => undefined);
    });
    this.observer = new ResizeObserver(() => this.fitSoon());
  }

  /** Puts the terminal on screen; a later call moves it. */
  mount(place: HTMLElement): void {
    place.append(this.screen);
    if (this.terminal.element === undefined) {
      this.terminal.open(this.screen);
      this.observer.observe(this.screen);
    }
    this.fit();
  }

  fit(): void {
    if (this.screen.clientWidth < 20 || this.screen.clientHeight < 20) return;
    this.fitter.fit();
  }

  setFontSize(size: number): void {
    if (this.terminal.options.fontSize === size) return;
    this.terminal.options.fontSize = size;
    this.fitSoon();
  }

  refreshTheme(): void {
    this.terminal.options.theme = terminalTheme(document.documentElement);
  }

  /** Opens a new terminal of the engine; never throws, `state` says how it went. */
  async open(): Promise<void> {
    if (this.state === "connecting" || this.state === "alive") return;
    this.id = undefined;
    this.change("connecting", "");
    this.hasPrompt = false;
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
      const { message, next } = toErrorData(error);
      this.typedAhead = "";
      this.change("failed", next === undefined ? message : `${message} ${next}`);
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
      this.typedAhead = "";
      this.change("failed", toErrorData(error).message);
    }
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

  /** Copies the selection. */
  async copy(): Promise<void> {
    const text = this.terminal.getSelection();
    if (text !== "") await navigator.clipboard.writeText(text).catch(() => document.execCommand("copy"));
  }

  /** Ends the engine's terminal too. */
  close(): void {
    if (this.id !== undefined) void this.options.client.call("terminals.close", { terminal: this.id }).catch(() => undefined);
    this.dispose();
  }

  /** Lets go of the screen; the engine keeps its terminal for a later window. */
  dispose(): void {
    this.counter.reset();
    this.observer.disconnect();
    clearTimeout(this.resizeTimer);
    this.terminal.dispose();
    this.screen.remove();
  }

  private stateNow(): SessionState {
    return this.state;
  }

  private change(state: SessionState, reason: string): void {
    this.state = state;
    this.reason = reason;
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
    for (const text of texts) {
      // Inside bracketed paste a line break does not run anything; without it, it would.
      this.terminal.paste(this.terminal.modes.bracketedPasteMode ? text : text.replace(/\s*[\r\n]+\s*/g, " "));
    }
  }

  private fitSoon(): void {
    clearTimeout(this.resizeTimer);
    this.resizeTimer = setTimeout(() => this.fit(), resizeDelay);
  }

  /** False keeps a key from the program in the terminal. */
  private handleKey(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return true;
    if (event.ctrlKey && event.shiftKey && event.code === "KeyC") {
      event.preventDefault();
      void this.copy();
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

import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import { terminalTheme } from "./terminalTheme.ts";

const resizeDelay = 60;

/** The emulator and its place on the page: our font and colours, links, search, 10,000 lines back. Knows of no engine. */
export class TerminalScreen {
  readonly element = document.createElement("div");
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  private readonly fitter = new FitAddon();
  private readonly observer: ResizeObserver;
  private resizeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(fontSize: number) {
    const page = document.documentElement;
    this.element.className = "terminal-screen";
    const fontFamily = getComputedStyle(page).getPropertyValue("--mono").trim() || "monospace";
    this.terminal = new Terminal({ scrollback: 10_000, fontFamily, fontSize, lineHeight: 1.25, cursorBlink: false, allowProposedApi: true, macOptionIsMeta: true, theme: terminalTheme(page), minimumContrastRatio: 1 });
    this.terminal.loadAddon(this.fitter);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new WebLinksAddon((_event, address) => void window.open(address, "_blank", "noopener,noreferrer")));
    this.observer = new ResizeObserver(() => this.fitSoon());
  }

  /** True once there was anything on it. */
  get hasOutput(): boolean {
    const { active } = this.terminal.buffer;
    return active.length > this.terminal.rows || active.cursorX > 0 || active.cursorY > 0;
  }

  /** What is on it and was scrolled away, each line whole, from top to bottom. */
  lines(): string[] {
    const { active } = this.terminal.buffer;
    const lines: string[] = [];
    for (let row = 0; row < active.length; row += 1) {
      const line = active.getLine(row);
      if (line === undefined) continue;
      const text = line.translateToString(true);
      if (line.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
      else lines.push(text);
    }
    return lines;
  }

  /** Puts the terminal on the page; a later call moves it. */
  mount(place: HTMLElement): void {
    place.append(this.element);
    if (this.terminal.element === undefined) {
      this.terminal.open(this.element);
      this.observer.observe(this.element);
    }
    this.fit();
  }

  setFontSize(size: number): void {
    if (this.terminal.options.fontSize === size) return;
    this.terminal.options.fontSize = size;
    this.fitSoon();
  }

  refreshTheme(): void {
    this.terminal.options.theme = terminalTheme(document.documentElement);
  }

  /** Begins on a line of its own, below what a shell before has left. */
  startLine(): void {
    if (this.terminal.buffer.active.cursorX > 0) this.terminal.write("\r\n");
  }

  /** Types a text without running it. */
  paste(text: string): void {
    // Inside bracketed paste a line break does not run anything; without it, it would.
    const { bracketedPasteMode } = this.terminal.modes;
    const typed = bracketedPasteMode ? text : text.replace(/\s*[\r\n]+\s*/g, " ");
    if (this.terminal.textarea !== undefined) {
      this.terminal.paste(typed);
      return;
    }
    // The emulator's own paste empties its input field afterwards, and it has none before it is put on the page: it would throw.
    const keys = typed.replace(/\r?\n/g, "\r");
    this.terminal.input(bracketedPasteMode ? `\x1b[200~${keys}\x1b[201~` : keys);
  }

  /** Copies the selection. */
  async copy(): Promise<void> {
    const text = this.terminal.getSelection();
    if (text !== "") await navigator.clipboard.writeText(text).catch(() => document.execCommand("copy"));
  }

  dispose(): void {
    this.observer.disconnect();
    clearTimeout(this.resizeTimer);
    this.terminal.dispose();
    this.element.remove();
  }

  private fit(): void {
    if (this.element.clientWidth < 20 || this.element.clientHeight < 20) return;
    this.fitter.fit();
  }

  private fitSoon(): void {
    clearTimeout(this.resizeTimer);
    this.resizeTimer = setTimeout(() => this.fit(), resizeDelay);
  }
}

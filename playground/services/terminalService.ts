import { randomUUID } from "node:crypto";
import type { Caller, Handlers, ParsedParams } from "../contract/contract.ts";
import type { TerminalSize } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import type { PseudoTerminal } from "./pseudoTerminal.ts";
import type { TerminalFollower } from "./recordTerminals.ts";
import { TerminalOutput } from "./terminalOutput.ts";

/** How terminals come about; the composition root decides. */
export interface TerminalOpeners {
  /** A shell in a node. Throws `lab.no-terminal` where the lab lets nobody in, `lab.node-not-running`, `input.unknown-node`. */
  openNode(lab: string, node: string, size: TerminalSize): Promise<PseudoTerminal>;
  /** A shell on this machine, in the lab's folder if one is given. */
  openLocal(lab: string | undefined, size: TerminalSize): Promise<PseudoTerminal>;
  /** Somebody pressed Enter in a terminal of the lab. */
  onEntered?(lab: string): void;
  /** Asked for each terminal that is opened in a lab: who hears what is typed in it and what it prints. */
  follow?(lab: string, node: string | undefined, columns: number): TerminalFollower;
}

interface Terminal {
  readonly id: string;
  readonly lab: string | undefined;
  readonly node: string | undefined;
  readonly program: PseudoTerminal;
  readonly output: TerminalOutput;
  readonly follower: TerminalFollower | undefined;
  /** Windows that show it; each is told when it ends. */
  readonly callers: Map<string, Caller>;
  /** Undefined while the program runs. */
  ended: string | undefined;
}

type TerminalHandlers = Pick<Handlers, "terminals.open" | "terminals.attach" | "terminals.list" | "terminals.write" | "terminals.resize" | "terminals.acknowledge" | "terminals.close">;

/** More than anybody opens; a program gone wild shall not take all of the machine's pseudo-terminals. */
const maximumTerminals = 200;

/**
 * The terminals of all windows. They live here, not in a window: one that is reloaded takes its terminals up again, with
 * the end of their output replayed.
 */
export class TerminalService {
  readonly #openers: TerminalOpeners;
  readonly #terminals = new Map<string, Terminal>();

  constructor(openers: TerminalOpeners) {
    this.#openers = openers;
  }

  /** The methods of the contract that this service answers. */
  handlers(): TerminalHandlers {
    return {
      "terminals.open": (params, caller) => this.#open(params, caller),
      "terminals.attach": ({ terminal }, caller) => Promise.resolve({ alive: this.#attach(terminal, caller) }),
      "terminals.list": ({ lab }) => Promise.resolve({ terminals: this.#list(lab) }),
      "terminals.write": ({ terminal, data }) => this.#with(terminal, (known) => this.#write(known, data)),
      "terminals.resize": ({ terminal, ...size }) => this.#with(terminal, ({ program, follower }) => {
        program.resize(size);
        follower?.resized(size.columns);
      }),
      "terminals.acknowledge": ({ terminal, characters }, caller) => this.#with(terminal, ({ output }) => output.acknowledge(caller.id, characters)),
      "terminals.close": ({ terminal }) => this.#close(terminal),
    };
  }

  /** Closes all terminals, of one lab or altogether. */
  closeAll(lab?: string): void {
    for (const terminal of [...this.#terminals.values()]) {
      if (lab === undefined || terminal.lab === lab) this.#forget(terminal);
    }
  }

  async #open({ lab, node, columns, rows }: ParsedParams<"terminals.open">, caller: Caller): Promise<{ terminal: string }> {
    this.#forgetEnded();
    if (this.#terminals.size >= maximumTerminals) throw new RempartError("input.too-many-terminals", `${maximumTerminals} terminals are open.`, { kind: "input", next: "Close some of them first." });
    if (node !== undefined && lab === undefined) throw new RempartError("input.bad-parameters", "A node's terminal needs its lab.", { kind: "input" });
    const size = { columns, rows };
    const program = node !== undefined && lab !== undefined ? await this.#openers.openNode(lab, node, size) : await this.#openers.openLocal(lab, size);
    if (caller.signal.aborted) {
      program.close();
      throw new RempartError("client.disconnected", "The window that asked for the terminal is gone.");
    }
    const terminal: Terminal = { id: randomUUID(), lab, node, program, output: new TerminalOutput(program), follower: lab === undefined ? undefined : this.#openers.follow?.(lab, node, columns), callers: new Map(), ended: undefined };
    this.#terminals.set(terminal.id, terminal);
    this.#show(terminal, caller);
    program.onData((text) => {
      terminal.output.push(text);
      terminal.follower?.printed(text);
    });
    program.onExit((reason) => this.#exited(terminal, reason));
    return { terminal: terminal.id };
  }

  #write({ program, lab, follower }: Terminal, data: string): void {
    follower?.typed(data);
    program.write(data);
    if (lab !== undefined && data.includes("\r")) this.#openers.onEntered?.(lab);
  }

  #attach(id: string, caller: Caller): boolean {
    const terminal = this.#terminals.get(id);
    if (!terminal) return false;
    const replay = this.#show(terminal, caller);
    caller.emit("terminal.data", { terminal: id, data: replay, replay: true });
    if (terminal.ended !== undefined) caller.emit("terminal.exit", { terminal: id, reason: terminal.ended });
    return terminal.ended === undefined;
  }

  /** Sends the terminal's output to the caller until it goes away. */
  #show(terminal: Terminal, caller: Caller): string {
    const isNew = !terminal.callers.has(caller.id);
    terminal.callers.set(caller.id, caller);
    const replay = terminal.output.attach(caller.id, (data) => caller.emit("terminal.data", { terminal: terminal.id, data, replay: false }));
    if (isNew) {
      caller.signal.addEventListener("abort", () => {
        terminal.callers.delete(caller.id);
        terminal.output.detach(caller.id);
      });
    }
    return replay;
  }

  #list(lab: string | undefined): { terminal: string; lab?: string; node?: string; alive: boolean }[] {
    return [...this.#terminals.values()]
      .filter((terminal) => lab === undefined || terminal.lab === lab)
      .map((terminal) => ({
        terminal: terminal.id,
        ...(terminal.lab === undefined ? {} : { lab: terminal.lab }),
        ...(terminal.node === undefined ? {} : { node: terminal.node }),
        alive: terminal.ended === undefined,
      }));
  }

  /** A terminal that is already over ignores what a window still sends; one that never was is an error. */
  #with(id: string, act: (terminal: Terminal) => void): Promise<Record<string, never>> {
    const terminal = this.#terminals.get(id);
    if (!terminal) return Promise.reject(new RempartError("input.unknown-terminal", "There is no such terminal any more.", { kind: "input", next: "Open a new one." }));
    if (terminal.ended === undefined) act(terminal);
    return Promise.resolve({});
  }

  #close(id: string): Promise<Record<string, never>> {
    const terminal = this.#terminals.get(id);
    if (terminal) this.#forget(terminal);
    return Promise.resolve({});
  }

  #forget(terminal: Terminal): void {
    this.#terminals.delete(terminal.id);
    if (terminal.ended !== undefined) return;
    terminal.follower?.ended();
    terminal.program.close();
  }

  #exited(terminal: Terminal, reason: string): void {
    terminal.output.flush();
    if (terminal.ended === undefined && this.#terminals.has(terminal.id)) terminal.follower?.ended();
    terminal.ended = reason;
    for (const caller of terminal.callers.values()) caller.emit("terminal.exit", { terminal: terminal.id, reason });
  }

  /** What is over and shown nowhere is kept for a window that is being reloaded, but only until others are opened. */
  #forgetEnded(): void {
    for (const terminal of [...this.#terminals.values()]) {
      if (terminal.ended !== undefined && terminal.callers.size === 0) this.#terminals.delete(terminal.id);
    }
  }
}

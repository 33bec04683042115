import type { TerminalSize } from "../engine/containerEngine.ts";

/**
 * A program on a pseudo-terminal, in a node or on this machine. Text arrives whole: never half of a character.
 * Nothing is lost before the first listener is set, as long as that happens in the same turn.
 */
export interface PseudoTerminal {
  onData(listener: (text: string) => void): void;
  /** `exit:CODE`, `node-stopped` or `disconnected`. Called once, after the last data. */
  onExit(listener: (reason: string) => void): void;
  write(text: string): void;
  resize(size: TerminalSize): void;
  /** Nothing is read any more, so that the program comes to wait. */
  pause(): void;
  resume(): void;
  close(): void;
}

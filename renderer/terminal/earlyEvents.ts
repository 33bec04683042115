import type { EventData } from "../../playground/contract/contract.ts";

/** More than a shell says before its opening is answered; what nobody asks for shall not gather. */
const limit = 200;

/** Events of terminals whose opening is still being answered, so that no prompt and no end is lost; bounded. */
export class EarlyEvents {
  private data: EventData<"terminal.data">[] = [];
  private exits: EventData<"terminal.exit">[] = [];

  addData(event: EventData<"terminal.data">): void {
    this.data = [...this.data, event].slice(-limit);
  }

  addExit(event: EventData<"terminal.exit">): void {
    this.exits = [...this.exits, event].slice(-limit);
  }

  /** Hands over what came for a terminal, in the order in which it came; a second call gives nothing. */
  take(terminal: string): { readonly data: readonly EventData<"terminal.data">[]; readonly exit: EventData<"terminal.exit"> | undefined } {
    const data = this.data.filter((event) => event.terminal === terminal);
    const exit = this.exits.find((event) => event.terminal === terminal);
    this.data = this.data.filter((event) => event.terminal !== terminal);
    this.exits = this.exits.filter((event) => event.terminal !== terminal);
    return { data, exit };
  }

  clear(): void {
    this.data = [];
    this.exits = [];
  }
}

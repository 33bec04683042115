/** More rows than anybody reads of one command. */
const maximumRows = 400;

/** A place on the screen. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * What a terminal shows, as lines of text: enough of one to follow what a shell's line editor writes (going back, deleting,
 * inserting, wrapping) and to leave colours and titles away. Rows beyond a bound are counted and not kept.
 */
export class TerminalLines {
  #rows: string[][] = [[]];
  /** Rows that go on from the one before, because it was full. */
  #wrapped = new Set<number>();
  #row = 0;
  #column = 0;
  #pending = "";
  #columns: number;
  /** Programs that take the whole screen (editors, pagers) are no lines. */
  isWholeScreen = false;

  constructor(columns: number) {
    this.#columns = columns;
  }

  set columns(columns: number) {
    this.#columns = columns;
  }

  /** What is written now is not kept any more. */
  get isFull(): boolean {
    return this.#row >= maximumRows;
  }

  get place(): Place {
    return { row: this.#row, column: this.#column };
  }

  /** Writes until the end of the text or behind the first line feed; returns what is left. */
  writeLine(text: string): { rest: string; isEnded: boolean } {
    const input = this.#pending + text;
    this.#pending = "";
    let at = 0;
    while (at < input.length) {
      const character = input[at] ?? "";
      if (character === "\u001b") {
        const sequence = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()#][\s\S]|[^[\]()#])/.exec(input.slice(at, at + 4096))?.[0];
        if (sequence === undefined) {
          // The rest of it comes with the next piece; what is too long to be one is none.
          if (input.length - at < 4096) this.#pending = input.slice(at);
          return { rest: "", isEnded: false };
        }
        this.#control(sequence);
        at += sequence.length;
        continue;
      }
      at += 1;
      if (character === "\n") {
        this.#down();
        return { rest: input.slice(at), isEnded: true };
      }
      if (character === "\r") this.#column = 0;
      else if (character === "\b") this.#column = Math.max(0, this.#column - 1);
      else if (character === "\t") this.#column = Math.min(this.#columns - 1, (Math.floor(this.#column / 8) + 1) * 8);
      else if (character >= " " && character !== "\u007f" && !this.isWholeScreen) this.#put(character);
    }
    return { rest: "", isEnded: false };
  }

  /** The text from one place to another; rows that only wrapped are one line. */
  between(from: Place, to: Place): string {
    let text = "";
    for (let row = from.row; row <= to.row; row += 1) {
      const cells = this.#rows[row] ?? [];
      const part = Array.from(cells.slice(row === from.row ? from.column : 0, row === to.row ? to.column : undefined), (cell) => cell ?? " ").join("");
      text += `${row === from.row ? "" : this.#wrapped.has(row) ? "" : "\n"}${this.#wrapped.has(row + 1) && row < to.row ? part : part.trimEnd()}`;
    }
    return text;
  }

  /** Forgets everything above the line of the cursor; places from before are no longer valid. */
  forget(): void {
    this.#rows = [this.#rows[this.#row] ?? []];
    this.#wrapped.clear();
    this.#row = 0;
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      this.#down();
      this.#column = 0;
      this.#wrapped.add(this.#row);
    }
    if (this.#row < maximumRows) (this.#rows[this.#row] ??= [])[this.#column] = character;
    this.#column += 1;
  }

  #down(): void {
    this.#row += 1;
    if (this.#row < maximumRows) this.#rows[this.#row] ??= [];
  }

  #control(sequence: string): void {
    const { numbers, letter } = /^\u001b\[(?<numbers>\??[0-9;]*)(?<letter>[A-Za-z@])$/.exec(sequence)?.groups ?? {};
    if (numbers === undefined || letter === undefined) return;
    if (/^\?(1049|47|1047)$/.test(numbers)) this.isWholeScreen = letter === "h";
    if (this.isWholeScreen || numbers.startsWith("?")) return;
    const count = Math.min(10_000, Math.max(1, Number.parseInt(numbers, 10) || 1));
    const cells = this.#rows[this.#row] ?? [];
    if (letter === "A") this.#row = Math.max(0, this.#row - count);
    else if (letter === "B") for (let step = 0; step < count && step < maximumRows; step += 1) this.#down();
    else if (letter === "C") this.#column = Math.min(this.#columns - 1, this.#column + count);
    else if (letter === "D") this.#column = Math.max(0, this.#column - count);
    else if (letter === "G") this.#column = Math.min(this.#columns, count) - 1;
    else if (letter === "K" && (numbers === "" || numbers === "0")) cells.length = Math.min(cells.length, this.#column);
    else if (letter === "K" && numbers === "2") cells.length = 0;
    else if (letter === "J" && (numbers === "" || numbers === "0")) {
      cells.length = Math.min(cells.length, this.#column);
      this.#rows.length = Math.min(this.#rows.length, this.#row + 1);
    } else if (letter === "P") cells.splice(this.#column, count);
    else if (letter === "@") cells.splice(this.#column, 0, ...Array.from({ length: Math.min(count, this.#columns) }, () => " "));
  }
}

/** Output is gathered so long before it is sent: many small writes become one frame, and a key still echoes at once. */
const batchMilliseconds = 5;
/** Characters that a window has not drawn yet at which the program is paused, and at which it goes on. */
export const pauseAbove = 100_000;
export const resumeBelow = 5_000;
/** Characters that a window gets again when it takes a terminal up anew. */
export const replayLength = 50_000;

/** The program whose output is regulated. */
interface Source {
  pause(): void;
  resume(): void;
}

interface Viewer {
  readonly send: (text: string) => void;
  unacknowledged: number;
}

/**
 * Between a program's output and the windows that show it: batches, remembers the end for replay, and pauses the program
 * while the slowest window is behind. Memory is bounded: what is paused is not read. Without a window the program runs on,
 * and only the end of its output is kept.
 */
export class TerminalOutput {
  readonly #source: Source;
  readonly #viewers = new Map<string, Viewer>();
  #batch: string[] = [];
  #batchLength = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #replay: string[] = [];
  #replayLength = 0;
  #paused = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Adds a window; returns the replay, which is not counted as unacknowledged. */
  attach(viewer: string, send: (text: string) => void): string {
    this.flush();
    this.#viewers.set(viewer, { send, unacknowledged: 0 });
    this.#regulate();
    return wholeCharacters(this.#replay.join("").slice(-replayLength));
  }

  detach(viewer: string): void {
    this.#viewers.delete(viewer);
    this.#regulate();
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  push(text: string): void {
    this.#remember(text);
    if (this.#viewers.size === 0) return;
    this.#batch.push(text);
    this.#batchLength += text.length;
    this.#timer ??= setTimeout(() => this.flush(), batchMilliseconds);
    this.#regulate();
  }

  /** The window has drawn so many characters. More than it was sent counts as all. */
  acknowledge(viewer: string, characters: number): void {
    const known = this.#viewers.get(viewer);
    if (!known) return;
    known.unacknowledged = Math.max(0, known.unacknowledged - characters);
    this.#regulate();
  }

  /** Sends what is gathered now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batchLength === 0) return;
    const text = this.#batch.join("");
    this.#batch = [];
    this.#batchLength = 0;
    for (const viewer of this.#viewers.values()) {
      viewer.unacknowledged += text.length;
      viewer.send(text);
    }
  }

  #regulate(): void {
    let behind = 0;
    for (const viewer of this.#viewers.values()) behind = Math.max(behind, viewer.unacknowledged);
    if (this.#viewers.size > 0) behind += this.#batchLength;
    if (!this.#paused && behind > pauseAbove) {
      this.#paused = true;
      this.#source.pause();
    } else if (this.#paused && behind < resumeBelow) {
      this.#paused = false;
      this.#source.resume();
    }
  }

  #remember(text: string): void {
    this.#replay.push(text);
    this.#replayLength += text.length;
    while (this.#replayLength - (this.#replay[0]?.length ?? 0) >= replayLength) this.#replayLength -= this.#replay.shift()?.length ?? 0;
    // One huge piece, or very many tiny ones, become one piece of the right length.
    if (this.#replayLength > 2 * replayLength || this.#replay.length > 1000) {
      const kept = this.#replay.join("").slice(-replayLength);
      this.#replay = [kept];
      this.#replayLength = kept.length;
    }
  }
}

/** Drops the second half of a character that was cut in two. */
function wholeCharacters(text: string): string {
  const first = text.charCodeAt(0);
  return first >= 0xdc00 && first <= 0xdfff ? text.slice(1) : text;
}

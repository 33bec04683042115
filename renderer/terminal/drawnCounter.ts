/**
 * Counts what a terminal has drawn and tells the engine in batches: output pauses at 100,000 unacknowledged characters, so
 * each of them must be acknowledged in the end, but not each one by a call.
 */
export class DrawnCounter {
  private pending = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly send: (characters: number) => void;
  private readonly batch: number;
  private readonly delay: number;

  /** @param batch characters that are sent at once; fewer wait `delay` milliseconds */
  constructor(send: (characters: number) => void, batch = 5_000, delay = 40) {
    this.send = send;
    this.batch = batch;
    this.delay = delay;
  }

  /** So many more characters are on screen. */
  drawn(characters: number): void {
    if (characters <= 0) return;
    this.pending += characters;
    if (this.pending >= this.batch) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), this.delay);
  }

  /** Tells the rest now. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.pending === 0) return;
    const characters = this.pending;
    this.pending = 0;
    this.send(characters);
  }

  /** Forgets the rest: the terminal it belongs to is gone. */
  reset(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.pending = 0;
  }
}

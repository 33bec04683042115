import { seconds } from "./texts.mjs";

/** How often a terminal that cannot rewrite a line hears of a long step, in milliseconds. */
const heartbeat = 10_000;

/**
 * A list of steps on the terminal, each with its time: "✓ Dependencies (12.3 s)". On a real terminal the running step's
 * line is rewritten with the last line of its output; elsewhere (a log) a long step is heard of now and then.
 */
export class Steps {
  #live = process.stderr.isTTY === true;
  #started = performance.now();

  /**
   * Runs one step. `work` gets a function for lines of output, and may return a word to show behind the title.
   * @template T
   * @param {string} title
   * @param {(detail: (line: string) => void) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(title, work) {
    const started = performance.now();
    let last = "";
    const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
    let frame = 0;
    const draw = () => {
      const line = `${frames[(frame += 1) % frames.length]} ${title} (${seconds(performance.now() - started)}) ${last}`;
      process.stderr.write(`\r\x1b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    };
    if (!this.#live) process.stderr.write(`• ${title}…\n`);
    const timer = setInterval(() => (this.#live ? draw() : process.stderr.write(`  … ${seconds(performance.now() - started)} ${last}\n`)), this.#live ? 100 : heartbeat);
    try {
      const result = await work((line) => (last = line.trim()));
      this.#end("✓", title, started);
      return result;
    } catch (error) {
      this.#end("✗", title, started);
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  /** @param {string} text */
  note(text) {
    process.stderr.write(`${text}\n`);
  }

  /** Milliseconds since the first step. */
  elapsed() {
    return performance.now() - this.#started;
  }

  #end(mark, title, started) {
    process.stderr.write(`${this.#live ? "\r\x1b[2K" : ""}${mark} ${title} (${seconds(performance.now() - started)})\n`);
  }
}

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { benchLab } from "./benchLab.ts";
import { withSession, type BenchSession } from "./benchSession.ts";
import { median, type Benchmark, type Measurement } from "./measurement.ts";

const outputMegabytes = 50;
/** The heap may grow by what the collector has not come to yet, but never by the whole output. */
const heapLimitMegabytes = 50;
/** What may stay after a collection: the replay and what the machine code of a first run takes. */
const keptLimitMegabytes = 5;
const echoLimitMilliseconds = 50;
const keys = 30;

/** 50 MB of output through the contract with a window that acknowledges what it drew, and the echo of single keys. */
export const terminals: Benchmark = { title: "Terminals", run: () => withSession(measure) };

async function measure(session: BenchSession): Promise<readonly Measurement[]> {
  const lab = benchLab("bench-terminals", { subnets: 1, instancesPerSubnet: 1 });
  await session.addLab(lab);
  await session.client.call("labs.up", { lab: lab.id });
  const node = await TerminalWindow.open(session, { lab: lab.id, node: "node-1-1" });
  const local = await TerminalWindow.open(session, {});
  return [
    ...(await measureOutput("local shell", local)),
    ...(await measureOutput("node", node)),
    await measureEcho("local shell", local),
    await measureEcho("node", node),
  ];
}

/** A window with one terminal: counts what it is sent, keeps the end, acknowledges in batches as the real one does. */
class TerminalWindow {
  characters = 0;
  end = "";
  largestHeap = 0;
  readonly #session: BenchSession;
  readonly #terminal: string;
  #listener: () => void = () => undefined;
  #unacknowledged = 0;

  private constructor(session: BenchSession, terminal: string) {
    this.#session = session;
    this.#terminal = terminal;
  }

  static async open(session: BenchSession, where: { lab?: string; node?: string }): Promise<TerminalWindow> {
    const { terminal } = await session.client.call("terminals.open", { ...where, columns: 80, rows: 24 });
    const window = new TerminalWindow(session, terminal);
    session.client.on("terminal.data", (event) => {
      if (event.terminal === terminal) window.#receive(event.data);
    });
    await window.write("stty -echo; PS1=; bind 'set enable-bracketed-paste off' 2>/dev/null; echo re''ady\n");
    await window.until(() => window.end.includes("ready"));
    await window.write("stty echo\n");
    await new Promise((resolve) => setTimeout(resolve, 300));
    return window;
  }

  async write(data: string): Promise<void> {
    await this.#session.client.call("terminals.write", { terminal: this.#terminal, data });
  }

  /** Waits until the condition holds after some output. Throws after two minutes. */
  async until(condition: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the terminal went silent after ${this.characters} characters: ${JSON.stringify(this.end.slice(-200))}`)), 120_000);
      this.#listener = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#listener = () => undefined;
        resolve();
      };
      this.#listener();
    });
  }

  #receive(data: string): void {
    this.characters += data.length;
    this.end = (this.end + data).slice(-4000);
    this.#unacknowledged += data.length;
    if (this.#unacknowledged >= 20_000) {
      const characters = this.#unacknowledged;
      this.#unacknowledged = 0;
      this.largestHeap = Math.max(this.largestHeap, process.memoryUsage().heapUsed);
      void this.#session.client.call("terminals.acknowledge", { terminal: this.#terminal, characters });
    }
    this.#listener();
  }
}

async function measureOutput(name: string, window: TerminalWindow): Promise<Measurement[]> {
  const heapBefore = collectedHeap();
  window.largestHeap = heapBefore;
  const charactersBefore = window.characters;
  let slowestTurn = 0;
  let lastTurn = performance.now();
  const turns = setInterval(() => {
    slowestTurn = Math.max(slowestTurn, performance.now() - lastTurn - 10);
    lastTurn = performance.now();
  }, 10);
  const begin = performance.now();
  await window.write(`head -c ${(outputMegabytes * 1e6 * 3) / 4} /dev/zero | base64 -w 99; echo; echo do''ne\n`);
  await window.until(() => window.end.includes("done"));
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(turns);
  const megabytes = (window.characters - charactersBefore) / 1e6;
  if (megabytes < outputMegabytes) throw new Error(`only ${megabytes.toFixed(1)} MB arrived`);
  const growth = (window.largestHeap - heapBefore) / 1e6;
  return [
    { name: `${name}: throughput of ${outputMegabytes} MB`, value: megabytes / seconds, unit: "MB/s", limit: undefined, note: `${seconds.toFixed(1)} s; the event loop was held ${slowestTurn.toFixed(0)} ms at most` },
    { name: `${name}: largest growth of the heap meanwhile`, value: growth, unit: "MB", limit: heapLimitMegabytes, note: "before it is collected" },
    { name: `${name}: what stays on the heap`, value: Math.max(0, collectedHeap() - heapBefore) / 1e6, unit: "MB", limit: keptLimitMegabytes, note: "after a collection" },
  ];
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use after a full collection. */
function collectedHeap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

async function measureEcho(name: string, window: TerminalWindow): Promise<Measurement> {
  const times: number[] = [];
  await window.write("cat >/dev/null\n");
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (let index = 0; index < keys; index++) {
    const key = String.fromCharCode(97 + (index % 26));
    const before = window.characters;
    const begin = performance.now();
    await window.write(key);
    await window.until(() => window.characters > before);
    times.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await window.write("\u0003");
  return { name: `${name}: echo of a key`, value: median(times), unit: "ms", limit: echoLimitMilliseconds, note: `slowest of ${keys}: ${Math.max(...times).toFixed(1)} ms` };
}

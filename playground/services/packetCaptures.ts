import { mkdir, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import type { EventData, Handlers } from "../contract/contract.ts";
import type { CaptureEnd } from "../contract/packetContract.ts";
import type { ExecStream } from "../engine/containerEngine.ts";
import { decodePacket } from "../model/decodePacket.ts";
import { RempartError } from "../model/errors.ts";
import type { Packet } from "../model/packet.ts";
import { type CapturedFrame, PcapReader } from "../model/pcap.ts";
import { samplePackets } from "./samplePackets.ts";

/** What one capture keeps at most: a class looks at a conversation, and nobody's memory or disk fills up. */
export const captureLimits = { seconds: 60, packets: 2000, bytes: 4_000_000 } as const;
const batchMilliseconds = 250;
const batchPackets = 12;

export interface PacketCapturesParts {
  open(lab: string, node: string): Promise<ExecStream>;
  emit(event: EventData<"packets.seen">): void;
  /** The student's folder of a lab. */
  folderOf(lab: string): string;
  /** False where this computer has no Wireshark, or it did not start. */
  openFile(file: string): Promise<boolean>;
}

type Served = "packets.start" | "packets.stop" | "packets.open" | "packets.file";

/** The captures that windows look at: one for each lab, bounded in time and size, shown as a sample. */
export class PacketCaptures {
  readonly #parts: PacketCapturesParts;
  readonly #captures = new Map<string, LiveCapture>();

  constructor(parts: PacketCapturesParts) {
    this.#parts = parts;
  }

  handlers(): Pick<Handlers, Served> {
    return {
      "packets.start": async ({ lab, node }) => {
        this.#ofLab(lab)?.end("stopped");
        const stream = await this.#parts.open(lab, node);
        // Another window may have begun one meanwhile.
        const before = this.#ofLab(lab);
        before?.end("stopped");
        if (before) this.#captures.delete(before.id);
        const capture = new LiveCapture(lab, node, stream, this.#parts.emit);
        this.#captures.set(capture.id, capture);
        return { capture: capture.id, seconds: captureLimits.seconds, packets: captureLimits.packets };
      },
      "packets.stop": ({ capture }) => {
        this.#captures.get(capture)?.end("stopped");
        return Promise.resolve({});
      },
      "packets.file": ({ capture }) => {
        const found = this.#find(capture);
        return Promise.resolve({ name: found.fileName, pcap: found.bytes().toString("base64") });
      },
      "packets.open": async ({ capture }) => {
        const found = this.#find(capture);
        const file = join(this.#parts.folderOf(found.lab), "captures", found.fileName);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, found.bytes());
        return { opened: await this.#parts.openFile(file), file };
      },
    };
  }

  /** Ends every capture; nothing of them is kept. */
  dispose(): void {
    for (const capture of this.#captures.values()) capture.end("stopped");
    this.#captures.clear();
  }

  #ofLab(lab: string): LiveCapture | undefined {
    return [...this.#captures.values()].find((capture) => capture.lab === lab);
  }

  #find(id: string): LiveCapture {
    const found = this.#captures.get(id);
    if (!found) throw new RempartError("packets.gone", "This capture is not kept any more.", { kind: "input", next: "Capture again: each lab keeps its last capture." });
    return found;
  }
}

/** One capture: its bytes as they came, and what of them was told. */
class LiveCapture {
  readonly id = randomUUID();
  readonly lab: string;
  readonly fileName: string;
  readonly #stream: ExecStream;
  readonly #emit: PacketCapturesParts["emit"];
  readonly #reader = new PcapReader();
  readonly #pieces: Buffer[] = [];
  readonly #timers: NodeJS.Timeout[];
  #bytes = 0;
  #total = 0;
  #first: number | undefined;
  #waiting: Packet[] = [];
  #ended = false;

  constructor(lab: string, node: string, stream: ExecStream, emit: PacketCapturesParts["emit"]) {
    this.lab = lab;
    this.fileName = `${node}-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, "-")}.pcap`;
    this.#stream = stream;
    this.#emit = emit;
    stream.stdin.end();
    stream.stderr.resume();
    stream.stdout.on("data", (piece: Buffer) => this.#take(piece));
    stream.stdout.on("error", () => this.end("lost"));
    this.#timers = [setInterval(() => this.#tell(), batchMilliseconds), setTimeout(() => this.end("time"), captureLimits.seconds * 1000)];
    for (const timer of this.#timers) timer.unref();
    stream.ended.then(() => this.end("lost"), () => this.end("lost"));
  }

  /** What was captured, as a file. */
  bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }

  end(why: CaptureEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stream.close();
    this.#tell(why);
  }

  #take(piece: Buffer): void {
    if (this.#ended) return;
    let frames: CapturedFrame[];
    try {
      frames = this.#reader.push(piece);
    } catch {
      return this.end("lost");
    }
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    for (const frame of frames) {
      this.#total += 1;
      this.#first ??= frame.milliseconds;
      this.#waiting.push({ number: this.#total, at: Math.round((frame.milliseconds - this.#first) * 10) / 10, bytes: frame.bytes, ...decodePacket(frame) });
    }
    if (this.#bytes >= captureLimits.bytes || this.#total >= captureLimits.packets) this.end("full");
  }

  #tell(ended?: CaptureEnd): void {
    if (this.#waiting.length === 0 && ended === undefined) return;
    const packets = samplePackets(this.#waiting, batchPackets);
    this.#waiting = [];
    this.#emit({ lab: this.lab, capture: this.id, packets, total: this.#total, bytes: this.#bytes, ...(ended === undefined ? {} : { ended }) });
  }
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EventData, Handlers } from "../contract/contract.ts";
import type { Packet } from "../model/packet.ts";
import { captureLimits, PacketCaptures } from "./packetCaptures.ts";
import { samplePackets } from "./samplePackets.ts";
import { findWireshark, openInWireshark } from "./wireshark.ts";

type Seen = EventData<"packets.seen">;
const caller = { signal: new AbortController().signal, emit: () => undefined } as unknown as Parameters<Handlers["packets.start"]>[1];
const header = (() => {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(0xa1b2c3d4, 0);
  bytes.writeUInt32LE(1, 20);
  return bytes;
})();
/** An echo between two machines, after so many seconds. */
function echo(seconds: number): Buffer {
  const ip = [0x45, 0, 0, 28, 0, 1, 0x40, 0, 64, 1, 0, 0, 10, 0, 0, 5, 203, 0, 113, 80, 8, 0, 0, 0, 0, 0, 0, 0];
  const data = Buffer.from([...Array.from({ length: 12 }, () => 2), 8, 0, ...ip]);
  const head = Buffer.alloc(16);
  [seconds, 0, data.length, data.length].forEach((value, index) => head.writeUInt32LE(value, index * 4));
  return Buffer.concat([head, data]);
}

describe("a capture that a window looks at", () => {
  let folder: string;
  let seen: Seen[];
  let streams: { stdout: PassThrough; closed: boolean; finish(): void }[];
  let captures: PacketCaptures;
  let opens: string[];
  beforeEach(() => {
    vi.useFakeTimers();
    folder = mkdtempSync(join(tmpdir(), "rempart-packets-"));
    [seen, streams, opens] = [[], [], []];
    captures = new PacketCaptures({
      open: () => {
        let finish = (): void => undefined;
        const ended = new Promise<number>((resolve) => (finish = () => resolve(0)));
        const stream = { stdout: new PassThrough(), closed: false, finish };
        streams.push(stream);
        return Promise.resolve({ stdin: { write: () => undefined, end: () => undefined }, stdout: stream.stdout, stderr: new PassThrough(), ended, close: () => (stream.closed = true) });
      },
      emit: (event) => seen.push(event), folderOf: () => folder,
      openFile: (file) => {
        opens.push(file);
        return Promise.resolve(false);
      },
    });
  });
  afterEach(() => {
    captures.dispose();
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = () => captures.handlers()["packets.start"]({ lab: "a-lab", node: "web" }, caller);
  const pass = (index: number, ...pieces: Buffer[]) => streams[index]?.stdout.emit("data", Buffer.concat(pieces));

  it("tells what passes in batches, decoded, with the time since the first", async () => {
    await start();
    pass(0, header, echo(5), echo(7));
    vi.advanceTimersByTime(300);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ lab: "a-lab", total: 2, packets: [{ number: 1, at: 0, protocol: "ICMP", info: "echo request" }, { number: 2, at: 2000 }] });
    vi.advanceTimersByTime(1000);
    expect(seen).toHaveLength(1);
  });

  it("ends after its time, when it is full, when it is stopped, and when the machine goes, and says which", async () => {
    await start();
    vi.advanceTimersByTime(captureLimits.seconds * 1000 + 10);
    await start();
    pass(1, header, ...Array.from({ length: captureLimits.packets }, (_, index) => echo(index)));
    const { capture } = await start();
    await captures.handlers()["packets.stop"]({ capture }, caller);
    await start();
    streams[3]?.finish();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen.flatMap((event) => event.ended ?? [])).toEqual(["time", "full", "stopped", "lost"]);
    expect(streams.map((stream) => stream.closed)).toEqual([true, true, true, true]);
  });

  it("is a sample: never more than twelve at once, and all are counted", async () => {
    await start();
    pass(0, header, ...Array.from({ length: 300 }, (_, index) => echo(index)));
    vi.advanceTimersByTime(300);
    expect(seen[0]?.packets).toHaveLength(12);
    expect(seen[0]?.total).toBe(300);
  });

  it("gives way to the next of its lab", async () => {
    const first = await start();
    await start();
    expect(streams[0]?.closed).toBe(true);
    expect(() => captures.handlers()["packets.file"]({ capture: first.capture }, caller)).toThrow(/not kept/);
  });

  it("ends for bytes that are no capture", async () => {
    await start();
    pass(0, Buffer.from("tcpdump: something went wrong here"));
    expect(seen.at(-1)?.ended).toBe("lost");
  });

  it("is a file of its own, whole, in the student's folder and for the browser", async () => {
    const { capture } = await start();
    pass(0, header, echo(1));
    const { opened, file } = await captures.handlers()["packets.open"]({ capture }, caller);
    expect(opened).toBe(false);
    expect(opens).toEqual([file]);
    expect(readFileSync(file)).toEqual(Buffer.concat([header, echo(1)]));
    const { name, pcap } = await captures.handlers()["packets.file"]({ capture }, caller);
    expect(name).toMatch(/^web-.*\.pcap$/);
    expect(Buffer.from(pcap, "base64")).toEqual(readFileSync(file));
  });
});

describe("the sample", () => {
  const packet = (number: number, info: string): Packet => ({ number, at: number, source: "a", destination: "b", protocol: "TCP", info, bytes: 60 });

  it("keeps what says most, in its order", () => {
    const packets = Array.from({ length: 40 }, (_, index) => packet(index + 1, index === 7 ? "ACK, RST" : index === 20 ? "SYN" : "ACK, 900 B"));
    const kept = samplePackets(packets, 5).map(({ number }) => number);
    expect(kept).toHaveLength(5);
    expect(kept).toEqual(expect.arrayContaining([8, 21]));
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });
});

describe("Wireshark", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rempart-wireshark-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const program = (text: string) => writeFileSync(join(folder, "wireshark"), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

  it("is found on the search path, and opens the file", async () => {
    program(`echo "$@" > ${join(folder, "called")}; sleep 3`);
    const found = await findWireshark({ PATH: `/nowhere:${folder}` }, "linux");
    expect(found).toBe(join(folder, "wireshark"));
    expect(await openInWireshark("/tmp/x.pcap", found)).toBe(true);
    expect(readFileSync(join(folder, "called"), "utf8").trim()).toBe("-r /tmp/x.pcap");
  });

  it("is not there, or does not start", async () => {
    expect(await findWireshark({ PATH: folder }, "linux")).toBeUndefined();
    program("exit 1");
    expect(await openInWireshark("/tmp/x.pcap", join(folder, "wireshark"))).toBe(false);
    expect(await openInWireshark("/tmp/x.pcap", join(folder, "nowhere"))).toBe(false);
  });
});

import type { ExecStream } from "../playground/engine/containerEngine.ts";
import type { BenchSession } from "./benchSession.ts";

/** A packet each so many milliseconds, from a new port each time, so that no connection is remembered. */
const intervalMilliseconds = 2;
const port = 9000;

/** Prints the time of each arrival in seconds. Bash knows the time to the microsecond; the image's small Perl does not. */
const receiverScript = `perl -e '
use IO::Socket::INET; $| = 1;
my $socket = IO::Socket::INET->new(LocalPort => ${port}, Proto => "udp") or die;
while (1) { $socket->recv(my $data, 64); print "x\\n" }
' | while read -r _; do echo "$EPOCHREALTIME"; done`;

const senderScript = (address: string): string => `use IO::Socket::INET;
while (1) { my $socket = IO::Socket::INET->new(PeerAddr => "${address}", PeerPort => ${port}, Proto => "udp"); $socket->send("x") if $socket; select(undef, undef, undef, ${intervalMilliseconds / 1000}) }`;

/**
 * A stream of packets from one machine to another, and the times at which they arrive, by the clock of the machine that runs
 * the engine (here the same as ours).
 */
export class UdpProbe {
  readonly #streams: readonly ExecStream[];
  readonly #arrivals: number[] = [];

  private constructor(streams: readonly ExecStream[]) {
    this.#streams = streams;
    let rest = "";
    streams[0]?.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#arrivals.push(...lines.map((line) => Number(line.replace(",", ".")) * 1000));
    });
  }

  static async start(session: BenchSession, from: string, to: string, address: string): Promise<UdpProbe> {
    const receiver = await session.engine.execStream(to, ["bash", "-c", receiverScript]);
    const sender = await session.engine.execStream(from, ["perl", "-e", senderScript(address)]);
    for (const stream of [receiver, sender]) stream.stderr.resume();
    sender.stdout.resume();
    return new UdpProbe([receiver, sender]);
  }

  /** Waits until packets have arrived (`open`) or have stayed away for as long as asked. Throws after ten seconds. */
  async settle(open: boolean, forMilliseconds = 300): Promise<void> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const last = this.#arrivals.at(-1) ?? 0;
      if (open ? Date.now() - last < 50 : Date.now() - last > forMilliseconds) return;
      if (Date.now() > deadline) throw new Error(`packets did not ${open ? "arrive" : "stop"} within ten seconds`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The first arrival after the moment, in epoch milliseconds. */
  firstAfter(moment: number): number | undefined {
    return this.#arrivals.find((time) => time >= moment);
  }

  /** The last arrival before the moment. */
  lastBefore(moment: number): number | undefined {
    return this.#arrivals.findLast((time) => time < moment);
  }

  stop(): void {
    for (const stream of this.#streams) stream.close();
  }
}

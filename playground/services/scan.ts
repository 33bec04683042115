import type { ExecStream } from "../engine/containerEngine.ts";
import { RempartError } from "../model/errors.ts";
import { nmapProgress, type NmapResult, parseNmapXml } from "../model/nmapOutput.ts";

/** Opens a command in the machine that scans, as root. */
export type OpenCommand = (command: readonly string[]) => Promise<ExecStream>;

export interface ScanQuestion {
  readonly addresses: readonly string[];
  readonly tcp: readonly string[];
  readonly udp: readonly string[];
  /** Slowly and with patience, for the few ports of a second look. */
  readonly isSecondLook?: boolean;
}
export type ScanMethod = "syn" | "connect";

/** A scan of a small lab takes two to five seconds; one that takes longer than this is ended. */
const limitMilliseconds = 90_000;

/**
 * The arguments of nmap: only the addresses and ports of the question, no name is looked up, nobody is asked whether they are there. Packets
 * are sent at 3000 a second, or silence would take minutes; a port that does not answer is asked once more.
 */
export function nmapArguments(question: ScanQuestion, method: ScanMethod): string[] {
  const udp = method === "syn" ? question.udp : [];
  const kinds = method === "syn" ? [...(question.tcp.length > 0 ? ["-sS"] : []), ...(udp.length > 0 ? ["-sU"] : [])] : ["--unprivileged", "-sT"];
  const ports = [...(question.tcp.length > 0 ? [`T:${question.tcp.join(",")}`] : []), ...(udp.length > 0 ? [`U:${udp.join(",")}`] : [])];
  // Neighbours on the lab's Internet would be asked by ARP first, and those that are silent left out.
  const raw = method === "syn" ? ["--disable-arp-ping", "--send-ip"] : [];
  return ["-n", "-Pn", ...raw, ...kinds, "-T4", ...(question.isSecondLook ? ["--max-retries", "4"] : ["--min-rate", "3000", "--max-retries", "1"]), "-p", ports.join(","), ...question.addresses];
}

/** The same as a student would type it. */
export function scanCommand(question: ScanQuestion, method: ScanMethod): string {
  return `${method === "syn" ? "sudo " : ""}nmap ${nmapArguments(question, method).filter((argument) => argument !== "--send-ip" && argument !== "--disable-arp-ping" && argument !== "--unprivileged").join(" ")} --reason`;
}

/**
 * Runs nmap to its end. `onPart` is told how far it is, from 0 to 1. Throws `exposure.no-nmap`, `exposure.no-raw-packets` (ask again with the
 * method `connect`), `exposure.too-slow`, `exposure.failed`, and `input.cancelled` when the signal aborts.
 */
export async function runScan(open: OpenCommand, question: ScanQuestion, method: ScanMethod, onPart: (part: number) => void, signal: AbortSignal): Promise<NmapResult> {
  if (signal.aborted) throw cancelled();
  const stream = await open(["bash", "-c", 'exec nmap "$@"', "nmap", ...nmapArguments(question, method), "--stats-every", "1s", "-oX", "-"]);
  let xml = "";
  let errors = "";
  let isLate = false;
  const end = (): void => stream.close();
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, limitMilliseconds);
  signal.addEventListener("abort", end);
  const read = new Promise<void>((resolve) => {
    stream.stdout.once("end", resolve).once("close", resolve);
  });
  try {
    // The signal may have come while the command was being opened.
    if (signal.aborted) end();
    stream.stdin.end();
    stream.stdout.on("data", (chunk: Buffer) => {
      xml += chunk.toString("utf8");
      const progress = nmapProgress(xml);
      if (progress) onPart(/UDP/.test(progress.task) ? 0.8 + progress.part * 0.2 : progress.part * (question.udp.length > 0 && method === "syn" ? 0.8 : 1));
    });
    stream.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString("utf8")));
    const code = await stream.ended;
    if (signal.aborted) throw cancelled();
    if (isLate) throw new RempartError("exposure.too-slow", `nmap had not finished after ${limitMilliseconds / 1000} s.`, { kept: "What was measured before.", next: "Try again when the computer has less to do; links that lose packets make scans slow, too." });
    // The command may be over before the last of what it wrote was read.
    await read;
    const result = parseNmapXml(xml);
    if (code === 0 && result.finished) return result;
    throw failure(code, errors);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

function failure(code: number, errors: string): RempartError {
  if (code === 127) return new RempartError("exposure.no-nmap", "This machine has no nmap.", { kind: "input", next: "Scan from another machine." });
  if (/raw socket|failed to open device|operation not permitted|requires root/i.test(errors)) return new RempartError("exposure.no-raw-packets", "This machine may not send raw packets.", { kind: "input", next: "Scan from another machine." });
  return new RempartError("exposure.failed", `nmap ended with ${code}: ${errors.trim().slice(0, 400)}`, { kept: "What was measured before.", next: "Try again; in the machine's terminal nmap says more." });
}

const cancelled = (): RempartError => new RempartError("input.cancelled", "Interrupted.", { kind: "input", kept: "What was measured before." });

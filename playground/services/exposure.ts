import { createHash } from "node:crypto";
import type { EventData, EventName, Progress } from "../contract/contract.ts";
import type { ExecOptions, ExecStream } from "../engine/containerEngine.ts";
import type { Cloud, CloudNode } from "../model/cloud.ts";
import { RempartError } from "../model/errors.ts";
import type { Exposure } from "../model/exposure.ts";
import { mostAddresses, scannedPorts, scanTargets } from "../model/exposureTargets.ts";
import { judgeExposure } from "../model/judgeExposure.ts";
import { withSecondLook } from "../model/nmapOutput.ts";
import { portsOf } from "../model/portList.ts";
import { runScan, scanCommand, type OpenCommand, type ScanMethod, type ScanQuestion } from "./scan.ts";

/** A lab that runs, as far as a scan needs it. */
export interface ScannedLab {
  readonly id: string;
  /** Throws `lab.not-running`. */
  cloud(): Cloud;
  readonly applied: Cloud | undefined;
}

export interface ExposureParts {
  /** Opens a command in a machine. Throws `lab.node-not-running`. */
  readonly open: (lab: string, node: string, command: readonly string[], options: ExecOptions) => Promise<ExecStream>;
  readonly onProgress: (progress: Progress) => void;
  readonly emit: <Name extends EventName>(event: Name, data: EventData<Name>) => void;
}

interface Kept {
  exposure: Exposure;
  /** The network that was measured. */
  readonly network: string;
}

/** More ports than these at one address do not differ because the computer was busy. */
const mostSecondLooks = 40;

/** Measures with nmap what of a lab answers somebody, and keeps the last measurement of each lab until it is cleared or the lab stops. */
export class ExposureScans {
  readonly #parts: ExposureParts;
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, AbortController>();

  constructor(parts: ExposureParts) {
    this.#parts = parts;
  }

  /** The last measurement; it is stale as soon as another network was seen to be in force, also once that one is taken back. */
  latest(lab: Pick<ScannedLab, "id" | "applied">): Exposure | undefined {
    const kept = this.#kept.get(lab.id);
    if (!kept) return undefined;
    if (!lab.applied) {
      this.#kept.delete(lab.id);
      return undefined;
    }
    if (!kept.exposure.isStale && digestOf(lab.applied) !== kept.network) kept.exposure = { ...kept.exposure, isStale: true };
    return kept.exposure;
  }

  /**
   * Scans from a machine what {@link scanTargets} names, and nothing else. Throws `lab.not-running`, `input.unknown-node`,
   * `exposure.nothing-to-ask`, `exposure.under-way` and what {@link runScan} throws.
   */
  async scan(lab: ScannedLab, from: string, signal?: AbortSignal): Promise<Exposure> {
    const cloud = lab.cloud();
    const node = cloud.nodes.find((candidate) => candidate.name === from);
    if (!node) throw new RempartError("input.unknown-node", `lab ${lab.id} has no machine '${from}'`, { kind: "input", next: `there is: ${cloud.nodes.map((one) => one.name).join(", ")}` });
    if (this.#underWay.has(lab.id)) throw new RempartError("exposure.under-way", "A scan of this lab is already under way.", { kind: "input", next: "Wait for it, or cancel it." });
    const abort = new AbortController();
    const onAbort = (): void => abort.abort();
    signal?.addEventListener("abort", onAbort);
    this.#underWay.set(lab.id, abort);
    const tell = (state: Progress["state"], done: number): void =>
      this.#parts.onProgress({ task: `exposure:${lab.id}`, step: "scan", label: { fr: `Scan depuis ${from}`, en: `Scan from ${from}` }, done, total: 100, state, detail: from });
    try {
      tell("running", 0);
      const exposure = await this.#measure(lab, cloud, node, (part) => tell("running", Math.round(part * 99)), abort.signal);
      // An apply that came meanwhile makes it stale from the start: the network at its beginning is what counts.
      this.#keep(lab.id, exposure, cloud);
      tell("done", 100);
      return this.latest(lab) ?? exposure;
    } catch (error) {
      tell(abort.signal.aborted ? "cancelled" : "failed", 0);
      throw error;
    } finally {
      this.#underWay.delete(lab.id);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Ends a scan that is under way. */
  cancel(lab: string): void {
    this.#underWay.get(lab)?.abort();
  }

  /** Forgets the measurement. */
  clear(lab: string): void {
    if (this.#kept.delete(lab)) this.#parts.emit("lab.exposure", { lab });
  }

  #keep(lab: string, exposure: Exposure, cloud: Cloud): void {
    this.#kept.set(lab, { exposure, network: digestOf(cloud) });
    this.#parts.emit("lab.exposure", { lab });
  }

  async #measure(lab: ScannedLab, cloud: Cloud, from: CloudNode, onPart: (part: number) => void, signal: AbortSignal): Promise<Exposure> {
    const all = scanTargets(cloud, from);
    if (all.length === 0) throw new RempartError("exposure.nothing-to-ask", `From '${from.name}' Rempart knows of no other address in this lab.`, { kind: "input", next: "Where addresses are given by hand, run nmap in the machine's terminal." });
    const targets = all.slice(0, mostAddresses);
    const question: ScanQuestion = { addresses: targets.map((target) => target.address), ...scannedPorts(cloud) };
    const open: OpenCommand = (command) => this.#parts.open(lab.id, from.name, command, { user: "root", environment: { LC_ALL: "C.UTF-8" } });
    const begun = performance.now();
    const at = new Date().toISOString();
    let method: ScanMethod = "syn";
    let { hosts } = await runScan(open, question, method, (part) => onPart(part * 0.95), signal).catch((error: unknown) => {
      if (!(error instanceof RempartError && error.code === "exposure.no-raw-packets")) throw error;
      method = "connect";
      return runScan(open, question, method, (part) => onPart(part * 0.95), signal);
    });
    const again = secondLook(judgeExposure(cloud, from.name, targets, hosts));
    // A busy computer may have been too slow to answer: what differs is asked once more, with patience.
    if (again) hosts = withSecondLook(hosts, (await runScan(open, again, method, () => undefined, signal)).hosts);
    const addresses = judgeExposure(cloud, from.name, targets, hosts);
    return { from: from.name, at, milliseconds: Math.round(performance.now() - begun), command: scanCommand(question, method), method, isStale: false, addresses, left: all.length - targets.length };
  }
}

/** What to ask again: the few ports at which prediction and observation differ. */
export function secondLook(addresses: Exposure["addresses"]): ScanQuestion | undefined {
  const differing = addresses.flatMap((one) => {
    const rows = one.rows.filter((row) => row.agrees === false);
    return rows.length > 0 && rows.reduce((sum, row) => sum + row.count, 0) <= mostSecondLooks ? [{ address: one.address, rows }] : [];
  });
  const ports = (protocol: "tcp" | "udp"): string[] => [...new Set(differing.flatMap(({ rows }) => rows.filter((row) => row.protocol === protocol).flatMap((row) => portsOf(row.ports))))].map(String);
  return differing.length === 0 ? undefined : { addresses: differing.map(({ address }) => address), tcp: ports("tcp"), udp: ports("udp"), isSecondLook: true };
}

function digestOf(cloud: Cloud): string {
  return createHash("sha256").update(JSON.stringify(cloud, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value))).digest("hex");
}

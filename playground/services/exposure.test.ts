import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import type { Progress } from "../contract/contract.ts";
import type { ExecStream } from "../engine/containerEngine.ts";
import type { Cloud } from "../model/cloud.ts";
import { ExposureScans } from "./exposure.ts";
import { nmapArguments, scanCommand } from "./scan.ts";
import { testCloud, testNetwork } from "./testLab.ts";

/** The bastion is open to everybody on port 22. */
const network = `${testNetwork.replace("role: bastion }", "role: bastion, vpc_security_groups: [door] }")}security_groups: { door: { vpc: foo, ingress: [{ protocol: tcp, port: 22, cidr_blocks: [0.0.0.0/0] }] } }\n`;

interface Answer {
  readonly xml?: string;
  readonly errors?: string;
  readonly code?: number;
  /** Does not end before it is closed. */
  readonly hangs?: boolean;
}

const hostXml = (address: string, ports: string): string => `<host><address addr="${address}" addrtype="ipv4"/><ports>${ports}</ports></host>`;
const ended = '<runstats><finished exit="success"/></runstats>';
const port = (number: number, state: string, reason = "syn-ack"): string => `<port protocol="tcp" portid="${number}"><state state="${state}" reason="${reason}"/></port>`;

/** Scans of the test lab in which nmap answers what it is told to, in order. */
function scans(answers: readonly Answer[]) {
  const lab: { id: string; applied: Cloud | undefined; cloud(): Cloud } = { id: "my-lab", applied: testCloud(network), cloud: () => lab.applied! };
  const commands: string[][] = [];
  const progress: Progress[] = [];
  const emitted: string[] = [];
  const open = (_lab: string, _node: string, command: readonly string[]): Promise<ExecStream> => {
    const answer = answers[commands.length] ?? {};
    commands.push([...command]);
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let close = (): void => undefined;
    const over = new Promise<number>((resolve) => {
      close = () => resolve(137);
      if (answer.hangs !== true) setImmediate(() => resolve(answer.code ?? 0));
    });
    stderr.end(answer.errors ?? "");
    // The code of the command is known before all of its output was read.
    if (answer.hangs !== true) setImmediate(() => setImmediate(() => stdout.end(answer.xml ?? ended)));
    return Promise.resolve({ stdin: { write: () => undefined, end: () => undefined }, stdout, stderr, ended: over, close: () => close() });
  };
  const exposure = new ExposureScans({ open, onProgress: (one) => progress.push(one), emit: (event) => emitted.push(event) });
  return { exposure, lab, commands, progress, emitted };
}

const bastion = hostXml("203.0.113.10", port(22, "open"));

describe("a scan", () => {
  it("runs nmap as root in the machine, at the lab's addresses alone, and keeps what it found", async () => {
    const { exposure, lab, commands, emitted, progress } = scans([{ xml: `<taskprogress task="SYN Stealth Scan" percent="50"/>${bastion}${ended}` }]);
    const found = await exposure.scan(lab, "laptop");
    expect(commands).toHaveLength(1);
    expect(commands[0]?.slice(0, 4)).toEqual(["bash", "-c", 'exec nmap "$@"', "nmap"]);
    expect(commands[0]?.filter((word) => /^\d+\.\d+\.\d+\.\d+$/.test(word)).sort()).toEqual(["10.0.1.20", "203.0.113.10"]);
    expect(found).toMatchObject({ from: "laptop", method: "syn", isStale: false, addresses: [{ address: "203.0.113.10", holder: "bastion", element: "node/bastion", gateway: "internet-gateway/igw", rows: [{ ports: "22", agrees: true }] }] });
    expect(exposure.latest(lab)).toEqual(found);
    expect(emitted).toEqual(["lab.exposure"]);
    expect(progress.map((one) => [one.state, one.done])).toEqual([["running", 0], ["running", 38], ["done", 100]]);
  });

  it("asks what differs a second time, slowly, and believes the second answer", async () => {
    const { exposure, lab, commands } = scans([{ xml: `${hostXml("203.0.113.10", port(22, "filtered", "no-response"))}${ended}` }, { xml: `${bastion}${ended}` }]);
    const { addresses } = await exposure.scan(lab, "laptop");
    expect(commands).toHaveLength(2);
    expect(commands[1]).toEqual(expect.arrayContaining(["T:22", "203.0.113.10", "4"]));
    expect(commands[1]).not.toContain("10.0.1.20");
    expect(addresses[0]?.rows).toMatchObject([{ ports: "22", state: "open", agrees: true }]);
  });

  it("connects where the machine may not send raw packets, and asks no UDP", async () => {
    const { exposure, lab, commands } = scans([{ errors: "dnet: Failed to open device eth0\nQUITTING!", code: 1, xml: "" }, { xml: `${bastion}${ended}` }]);
    expect((await exposure.scan(lab, "laptop")).method).toBe("connect");
    expect(commands[1]).toEqual(expect.arrayContaining(["--unprivileged", "-sT"]));
    expect(commands[1]?.join(" ")).not.toContain("U:");
  });

  it.each([
    ["exposure.no-nmap", { code: 127, errors: "bash: nmap: not found" }],
    ["exposure.failed", { code: 1, errors: "Failed to resolve" }],
    // A scan that ended well, and yet not at its end.
    ["exposure.failed", { code: 0, xml: bastion }],
  ])("fails with %s, and keeps what was measured before", async (code, answer) => {
    const { exposure, lab } = scans([{ xml: `${bastion}${ended}` }, answer]);
    const before = await exposure.scan(lab, "laptop");
    await expect(exposure.scan(lab, "laptop")).rejects.toMatchObject({ code });
    expect(exposure.latest(lab)).toEqual(before);
  });

  it("refuses a machine that is not there, and a second scan while one is under way; the first can be cancelled", async () => {
    const { exposure, lab, progress } = scans([{ hangs: true }]);
    await expect(exposure.scan(lab, "nobody")).rejects.toMatchObject({ code: "input.unknown-node" });
    const first = exposure.scan(lab, "laptop");
    const outcome = expect(first).rejects.toMatchObject({ code: "input.cancelled" });
    await expect(exposure.scan(lab, "laptop")).rejects.toMatchObject({ code: "exposure.under-way" });
    await vi.waitFor(() => expect(progress.length).toBeGreaterThan(0), { timeout: 15_000 });
    exposure.cancel("my-lab");
    await outcome;
    expect(progress.at(-1)?.state).toBe("cancelled");
    expect(exposure.latest(lab)).toBeUndefined();
  });

  it("ends with the window that asked", async () => {
    const { exposure, lab } = scans([{ hangs: true }]);
    const window = new AbortController();
    const outcome = expect(exposure.scan(lab, "laptop", window.signal)).rejects.toMatchObject({ code: "input.cancelled" });
    window.abort();
    await outcome;
  });
});

describe("a measurement", () => {
  it("is stale once another network was in force, also after that was taken back", async () => {
    const { exposure, lab } = scans([{ xml: `${bastion}${ended}` }]);
    await exposure.scan(lab, "laptop");
    lab.applied = testCloud(network);
    expect(exposure.latest(lab)?.isStale).toBe(false);
    lab.applied = testCloud(network.replace("203.0.113.10", "203.0.113.11"));
    expect(exposure.latest(lab)?.isStale).toBe(true);
    lab.applied = testCloud(network);
    expect(exposure.latest(lab)?.isStale).toBe(true);
  });

  it("goes when it is cleared, and with the lab", async () => {
    const { exposure, lab, emitted } = scans([{ xml: `${bastion}${ended}` }, { xml: `${bastion}${ended}` }]);
    await exposure.scan(lab, "laptop");
    exposure.clear("my-lab");
    expect(exposure.latest(lab)).toBeUndefined();
    expect(emitted).toEqual(["lab.exposure", "lab.exposure"]);
    await exposure.scan(lab, "laptop");
    lab.applied = undefined;
    expect(exposure.latest(lab)).toBeUndefined();
    lab.applied = testCloud();
    expect(exposure.latest(lab)).toBeUndefined();
  });
});

it("shows a command that a student can type", () => {
  const question = { addresses: ["203.0.113.10"], tcp: ["22"], udp: ["53"] };
  expect(scanCommand(question, "syn")).toBe("sudo nmap -n -Pn -sS -sU -T4 --min-rate 3000 --max-retries 1 -p T:22,U:53 203.0.113.10 --reason");
  expect(scanCommand(question, "connect")).toBe("nmap -n -Pn -sT -T4 --min-rate 3000 --max-retries 1 -p T:22 203.0.113.10 --reason");
  expect(nmapArguments({ ...question, tcp: [] }, "syn")).not.toContain("-sS");
});

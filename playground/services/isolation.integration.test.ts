import { randomBytes } from "node:crypto";
import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runChecks } from "../checks/checkRunner.ts";
import { imageReference } from "../images/catalogue.ts";
import { chosenLabs, isQuickRun } from "../testing/chosenLabs.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { LabRegistry } from "./labRegistry.ts";
import { readLabText } from "./labTexts.ts";
import { NodeStreams } from "./nodeStreams.ts";
import { resolvePaths } from "./paths.ts";
import { withSamples } from "../model/placeholders.ts";

let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
});
afterAll(() => harness.dispose());

/** Addresses of the labs' plans: none of them may ever be seen outside a lab's own namespaces. */
const labNetworks = "(net 203.0.113.0/24 or net 10.0.0.0/16 or net 10.1.0.0/16 or net 192.168.210.0/24 or net 10.99.0.0/16)";

/** Captures on all of the machine's own interfaces, loopback too, while `work` runs, which may look at what was seen so far. Returns the packets' lines. */
async function captured(filter: string, work: (seen: () => string) => Promise<void>): Promise<string[]> {
  // In the machine's own network namespace, through a container of ours: tcpdump need not be installed on the machine.
  const id = await harness.engine.createContainer({
    name: `uplink-${harness.scope}-${randomBytes(3).toString("hex")}`,
    image: imageReference("instance"),
    labels: { "dev.rempart.owner": "rempart", "dev.rempart.scope": harness.scope },
    network: "none",
    entrypoint: ["tini", "-g", "--"],
    command: ["sleep", "infinity"],
    hostPidNamespace: true,
    addCapabilities: ["SYS_ADMIN", "SYS_PTRACE", "NET_ADMIN"],
    securityOptions: ["apparmor=unconfined"],
  });
  await harness.engine.startContainer(id);
  const stream = await harness.engine.execStream(id, ["nsenter", "-t", String(process.pid), "-n", "tcpdump", "-l", "-n", "-i", "any", "-Z", "root", filter]);
  let text = "";
  stream.stdout.setEncoding("utf8");
  stream.stdout.on("data", (chunk: string) => (text += chunk));
  try {
    await new Promise<void>((resolve, reject) => {
      let said = "";
      stream.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("listening")) resolve();
      });
      void stream.ended.then(() => reject(new Error(`the capture ended: ${said}`)));
    });
    await work(() => text);
    await new Promise((resolve) => setTimeout(resolve, 500));
  } finally {
    await harness.engine.removeContainer(id);
  }
  return text.split("\n").filter((line) => line !== "");
}

describe("nothing leaves the machine", () => {
  it("sees a packet and a look-up that do leave a namespace: the capture itself can fail the test", async () => {
    // A query by hand for "leak.example", to loopback: what tcpdump would print if a lab's name got out.
    const query = String.raw`\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04leak\x07example\x00\x00\x01\x00\x01`;
    const lines = await captured("udp and host 127.0.0.1 and (port 53 or port 53053)", async (seen) => {
      const probe = spawn("bash", ["-c", `echo hello > /dev/udp/127.0.0.1/53053; printf '${query}' > /dev/udp/127.0.0.1/53`]);
      await new Promise((resolve) => probe.once("exit", resolve));
      await vi.waitUntil(() => seen().includes("53053") && seen().includes("leak.example"), { timeout: 20_000 }).catch(() => undefined);
    });
    expect(lines.some((line) => line.includes("53053"))).toBe(true);
    expect(lines.some((line) => line.includes("leak.example"))).toBe(true);
  });

  it("finds no packet of ours and no name look-up while the labs are brought up, checked and queried for names", async () => {
    const chosen = chosenLabs(await new LabRegistry(resolvePaths().labAssets).list());
    const labs = isQuickRun() ? chosen.slice(0, 3) : chosen;
    expect(labs.length).toBeGreaterThan(0);
    // A name that nobody else on this machine asks for: other programs' look-ups are not ours to judge.
    const name = `leak-${randomBytes(6).toString("hex")}.example`;
    const names = [name, ...labs.flatMap((loaded) => Object.keys(loaded.lab.names))];
    const lines = await captured(`${labNetworks} or port 53 or udp port 5353 or udp port 5355`, async () => {
      for (const loaded of labs) {
        // Where the student has no network to write, the lab's own is the solution.
        const file = loaded.lab.steps.flatMap((step) => step.solve?.network ?? []).at(-1) ?? "network.yml";
        const startNetwork = withSamples((await readLabText(loaded, file)) ?? "");
        const lab = harness.lab({ ...loaded, startNetwork });
        await lab.up();
        await runChecks(lab, undefined, { limitMilliseconds: 1000, onObservation: () => undefined });
        await Promise.all(
          lab.cloud().nodes.map((node) => lab.exec(node.name, ["bash", "-c", `getent hosts ${name}; curl -s -m 1 http://${name}; ping -c1 -W1 203.0.113.199; exit 0`])),
        );
        await lab.down(true);
      }
    });
    const isLookUp = (line: string): boolean => /\.(53|5353|5355)[ :]/.test(line);
    expect(lines.filter((line) => !isLookUp(line) || names.some((one) => line.includes(one)))).toEqual([]);
    // Every lab, one after the other, where nothing is left out.
  }, 900_000);
});

describe("a link", () => {
  it("is captured as pcap while it is used, and loses packets when told to", async () => {
    const loaded = await new LabRegistry(resolvePaths().labAssets).get("06-vpc-build");
    const lab = harness.lab(loaded);
    await lab.up();
    const ping = async (count: number): Promise<number> => {
      const result = await lab.exec("laptop", ["ping", "-n", "-c", String(count), "-i", "0.02", "-W", "1", "203.0.113.80"], { timeoutMilliseconds: 30_000 });
      return Number(/(\d+) received/.exec(result.stdout)?.[1] ?? -1);
    };
    const streams = new NodeStreams({ lab: () => Promise.resolve(lab) } as never, () => Promise.resolve(harness.engine));
    const stream = await streams.capture(lab.id, "laptop", "eth0");
    const chunks: Buffer[] = [];
    stream.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => stream.stderr.once("data", resolve));
    expect(await ping(20)).toBe(20);
    // At least the 40 echo packets of 98 bytes, each with a header of 16, after the file's header of 24.
    const enough = 24 + 40 * (16 + 98);
    for (let wait = 0; wait < 50 && Buffer.concat(chunks).length < enough; wait++) await new Promise((resolve) => setTimeout(resolve, 100));
    stream.close();
    const pcap = Buffer.concat(chunks);
    // The magic number of a pcap file in either byte order.
    expect(["d4c3b2a1", "a1b2c3d4"]).toContain(pcap.subarray(0, 4).toString("hex"));
    expect(pcap.length).toBeGreaterThanOrEqual(enough);

    expect(["netem", "nftables"]).toContain(await lab.impair("laptop:eth0", { lossPercent: 50, delayMilliseconds: 0 }));
    const received = await ping(100);
    expect(received).toBeGreaterThan(2);
    expect(received).toBeLessThan(80);
    expect(await lab.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 0 })).toBe("none");
    expect(await ping(20)).toBe(20);
    await lab.down(true);
  });
});

import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LabStatus } from "../contract/contract.ts";
import type { Harness } from "../testing/labHarness.ts";
import { createWatchedLab, namespacesOf, type WatchedLab, within } from "../testing/watchedLab.ts";
import { BreakageService } from "./breakageService.ts";
import { fabricNode } from "./containerSpecs.ts";
import type { LabService } from "./labService.ts";
import type { RunningLab } from "./runningLab.ts";

/**
 * The documents promise two seconds from the damage to a packet that passes again, and a quarter of one until it is shown, on a machine that does
 * nothing else. Here other tests run beside, on a machine that may be slow: the best of three is judged by several times as much, and all are printed.
 */
const repairLimitMilliseconds = 6000;
const shownLimitMilliseconds = 2000;
/** What comes at all comes by then. */
const patientMilliseconds = 30_000;

let watched: WatchedLab;
let harness: Harness;
let service: LabService;
let lab: RunningLab;
let told: WatchedLab["told"];

beforeAll(async () => {
  watched = await createWatchedLab("07-route-tables-gateways");
  ({ harness, service, lab, told } = watched);
  await within(patientMilliseconds, works);
});
afterAll(() => watched.dispose());

const curl = async (node: string): Promise<boolean> => {
  // A machine that is dead cannot even be asked.
  const command = ["curl", "-s", "-o", "/dev/null", "-m", "0.3", "http://203.0.113.80"];
  return Promise.resolve().then(() => lab.exec(node, command)).then((result) => result.exitCode === 0, () => false);
};
const works = (): Promise<boolean> => curl("private-instance");
const pidOf = async (node: string): Promise<number> => (await harness.engine.inspectContainer(lab.machines.containerOf(node)))?.pid ?? Number.NaN;

const seen = (command?: string): Promise<unknown> => namespacesOf(lab, command);

/** Wired, and no script under way. */
const isWired = (): boolean => lab.wiring.isIntact && lab.wiring.program.links.length > 0;

interface Repair {
  /** Milliseconds from the damage to the first packet that passed again. */
  readonly took: number;
  /** Milliseconds from the damage to the status that told of it; infinite when none did. */
  readonly shown: number;
}

/** Does the damage as often as a machine may die before it is left alone; it is seen to be one each time. */
async function repairsOf(damage: () => Promise<() => void>, tells: (status: LabStatus) => boolean): Promise<Repair[]> {
  const repairs: Repair[] = [];
  for (let round = 0; round < 3; round++) {
    const strike = await damage();
    told.length = 0;
    const begun = performance.now();
    strike();
    await within(patientMilliseconds, async () => !(await works()), begun);
    const took = await within(patientMilliseconds, works, begun);
    repairs.push({ took, shown: (told.find(({ status }) => tells(status))?.at ?? Infinity) - begun });
    await within(patientMilliseconds, () => isWired() && told.at(-1)?.status.nodes.every((node) => node.state === "running") === true);
  }
  console.log(repairs.map(({ took, shown }) => `shown after ${Math.round(shown)} ms, mended after ${Math.round(took)} ms`).join("; "));
  return repairs;
}

const stateIs = (name: string, state: string) => (status: LabStatus): boolean => status.nodes.some((node) => node.name === name && node.state === state);
const killed = (node: string) => async (): Promise<() => void> => {
  const pid = await pidOf(node);
  return () => void process.kill(pid, "SIGKILL");
};

describe("a lab that is watched", () => {
  it("shows at once that a machine died, and has it back and wired", async () => {
    const repairs = await repairsOf(killed("private-instance"), stateIs("private-instance", "stopped"));
    expect(Math.min(...repairs.map(({ shown }) => shown))).toBeLessThan(shownLimitMilliseconds);
    expect(Math.min(...repairs.map(({ took }) => took))).toBeLessThan(repairLimitMilliseconds);
    expect(told.at(-1)?.status.nodes.find((node) => node.name === "private-instance")?.restarts).toBe(3);
  });

  it("wires a machine that the engine started again", async () => {
    const restarts: Promise<void>[] = [];
    const restarted = async (): Promise<() => void> => () => void restarts.push(harness.engine.restartContainer(lab.machines.containerOf("whoami")));
    const repairs = await repairsOf(restarted, stateIs("whoami", "stopped"));
    expect(Math.min(...repairs.map(({ took }) => took))).toBeLessThan(repairLimitMilliseconds);
    await Promise.all(restarts);
    // The engine's own start and ours came to one machine, which stays.
    expect((await harness.engine.inspectContainer(lab.machines.containerOf("whoami")))?.state).toBe("running");
    await within(patientMilliseconds, works);
  });

  it("wires everything anew when the container of the wiring died", async () => {
    const repairs = await repairsOf(killed(fabricNode), stateIs("private-instance", "disconnected"));
    expect(Math.min(...repairs.map(({ shown }) => shown))).toBeLessThan(shownLimitMilliseconds);
    expect(Math.min(...repairs.map(({ took }) => took))).toBeLessThan(repairLimitMilliseconds);
  });

  it("mends a cut link, a deleted route, a flushed filter and a port set down, also long after it began to watch", async () => {
    // An engine may close what nobody seems to use: two seconds is one such limit.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const port = lab.wiring.program.links.find((candidate) => candidate.id === "private-instance:eth0")?.a.interface ?? "";
    const table = lab.wiring.program.namespaces.find((entry) => entry.name === "vpc-foo")?.rules.find((rule) => rule.input === port)?.table;
    for (const damage of [`ip -n vpc-foo link del ${port}`, `ip -n vpc-foo route del default table ${table}`, "ip netns exec nat-foo-nat nft flush ruleset; ip -n vpc-foo link set igw down"]) {
      await lab.wiring.run(damage);
      await within(patientMilliseconds, works);
    }
  });

  it("shows a cut link at once, and tells of its repair afterwards in both languages", async () => {
    const port = lab.wiring.program.links.find((candidate) => candidate.id === "private-instance:eth0")?.a.interface ?? "";
    const shown: number[] = [];
    for (let round = 0; round < 3; round++) {
      // The time stands in the finding, to the second: that of this repair is another one than any before.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const known = new Set((await service.statusOf(lab)).findings.map(({ en }) => en));
      const tellsOfRepair = (status: LabStatus): boolean =>
        status.findings.some(({ fr, en }) => !known.has(en) && /réparé : câble de private-instance\.$/.test(fr) && /mended: cable of private-instance\.$/.test(en));
      told.length = 0;
      const begun = performance.now();
      await lab.wiring.run(`ip -n vpc-foo link del ${port}`);
      await within(patientMilliseconds, () => told.some(({ status }) => tellsOfRepair(status)));
      shown.push((told.find(({ status }) => stateIs("private-instance", "disconnected")(status) || tellsOfRepair(status))?.at ?? Infinity) - begun);
      expect(stateIs("private-instance", "running")(await service.statusOf(lab))).toBe(true);
    }
    console.log(`shown after ${shown.map(Math.round).join(", ")} ms`);
    expect(Math.min(...shown)).toBeLessThan(shownLimitMilliseconds);
  });

  it("puts back what was taken from a router and takes away what was put there, as it was before", async () => {
    const port = lab.wiring.program.links.find((candidate) => candidate.id === "private-instance:eth0")?.a.interface ?? "";
    const before = await seen();
    for (const [name, damage] of [
      ["a rule of its own priority", "ip -n vpc-foo rule add priority 500 from 10.0.80.20 lookup 99"],
      ["a rule of our priority", `ip -n vpc-foo rule add priority 1000 to 203.0.113.80 lookup 99`],
      ["a rule in the Internet", "ip -n inet rule add priority 7 blackhole"],
      ["a missing rule", `ip -n vpc-foo rule del priority 1000 iif ${port}`],
      ["the address of a link between routers", "ip -n vpc-foo address flush dev igw"],
      ["the address of a NAT gateway", "ip -n nat-foo-nat address flush dev eth0"],
      ["the default route of a NAT gateway", "ip -n nat-foo-nat route del default"],
      ["a route too many in a NAT gateway", "ip -n nat-foo-nat route add 203.0.113.0/24 dev lo"],
      ["the router's own address", "ip -n vpc-foo address del 10.0.80.1/32 dev lo"],
    ] as const) {
      expect(await seen(damage), `${name}: is damage`).not.toEqual(before);
      // What is still wrong is shown by the line after.
      await within(patientMilliseconds, async () => JSON.stringify(await seen()) === JSON.stringify(before)).catch(() => undefined);
      expect(await seen(), `${name}: is mended; ${JSON.stringify(lab.findings)}`).toEqual(before);
    }
    await within(patientMilliseconds, works);
  });

  it("keeps a link as bad as it was told to be through an apply, a machine that starts again and a dead wiring", async () => {
    await lab.impair("private-instance:eth0", { lossPercent: 100, delayMilliseconds: 0 });
    expect(await works()).toBe(false);

    const text = await readFile(lab.workspace.networkFile, "utf8");
    await lab.applyNetwork(text.replace("port: 8080, cidr_blocks: [0.0.0.0/0]", "port: 8081, cidr_blocks: [0.0.0.0/0]"));
    expect(await works()).toBe(false);

    const before = lab.machines.pids.get("private-instance");
    await harness.engine.restartContainer(lab.machines.containerOf("private-instance"));
    // Wired again, and as bad as before: its own interface is there.
    await within(patientMilliseconds, async () => isWired() && lab.machines.pids.get("private-instance") !== before && (await lab.exec("private-instance", ["ip", "-4", "address", "show", "dev", "eth0"])).stdout.includes("10.0.80.20"));
    expect(await works()).toBe(false);

    const wiring = lab.wiring;
    await harness.engine.restartContainer(lab.machines.containerOf(fabricNode));
    await within(patientMilliseconds, async () => lab.wiring !== wiring && isWired() && (await curl("proxy")));
    expect(await works()).toBe(false);

    await lab.impair("private-instance:eth0", { lossPercent: 0, delayMilliseconds: 0 });
    await within(patientMilliseconds, works);
  });

  it("kills a command that hangs in the wiring's shell, and goes on in another", async () => {
    await expect(lab.wiring.run("sleep 98765", 300)).rejects.toMatchObject({ code: "fabric.timeout" });
    const text = await readFile(lab.workspace.networkFile, "utf8");
    await lab.applyNetwork(text.replace("cidr_blocks: [0.0.0.0/0]", "cidr_blocks: [10.0.0.0/8]"));
    await within(patientMilliseconds, works);
    const { stdout } = await harness.engine.exec(lab.machines.containerOf(fabricNode), ["pgrep", "-fc", "^sleep 98765"]);
    expect(stdout.trim()).toBe("0");
  });

  it("leaves a machine that somebody removed alone, and says so", async () => {
    await harness.engine.removeContainer(lab.machines.containerOf("locked"));
    const removals = async (): Promise<unknown[]> => (await service.statusOf(lab)).findings.filter(({ en }) => en.startsWith("locked: its container was removed"));
    await within(patientMilliseconds, async () => (await removals()).length > 0);
    expect(await removals()).toHaveLength(1);
    const { nodes } = await service.statusOf(lab);
    expect(nodes.find((node) => node.name === "locked")?.state).toBe("absent");
    await lab.up();
    expect(await removals()).toEqual([]);
    expect((await service.statusOf(lab)).nodes.every((node) => node.state === "running")).toBe(true);
  });
});

describe("what is broken on purpose", () => {
  const breakages = new BreakageService(() => undefined);
  const broken = (id: string): Promise<void> => breakages.make(lab, [breakages.find(lab, id)]);
  // Also after a test that failed: the next begins with a whole lab.
  afterEach(() => breakages.undoAll(lab));
  /** Longer than any repair takes. */
  const patienceMilliseconds = 1500;

  it("is not mended by the repair: a route stays away and an instance off, until each is written again", async () => {
    for (const [id, resource] of [["drop-route foo-private 0.0.0.0/0", "route_tables.foo-private"], ["kill private-instance", "instances.private-instance"]] as const) {
      await within(patientMilliseconds, works);
      // What the tests before had mended is told for a minute, and of the machine that one of them removed perhaps only now.
      const toldBefore = lab.findings.map(({ en }) => en);
      const isNew = (en: string): boolean => !toldBefore.includes(en) && !en.includes("mended: locked ");
      await broken(id);
      await new Promise((resolve) => setTimeout(resolve, patienceMilliseconds));
      expect(await works(), id).toBe(false);
      expect(lab.findings.filter(({ en }) => isNew(en)), id).toEqual([]);
      expect(await breakages.repair(lab, resource), id).toBe(true);
      await within(patientMilliseconds, works);
    }
  });

  it("leaves the namespaces as they were once everything is taken back", async () => {
    const before = await seen();
    const [closed] = breakages.offers(lab).filter(({ fault }) => fault === "close-port");
    await broken(closed?.id ?? "close-port");
    const portClosed = await seen();
    expect(portClosed).not.toEqual(before);
    await broken("drop-route foo-public 0.0.0.0/0");
    expect(await seen()).not.toEqual(portClosed);
    await breakages.undoAll(lab);
    expect(await seen()).toEqual(before);
  });
});

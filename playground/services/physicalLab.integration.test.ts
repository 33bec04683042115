import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isEmpty } from "../fabric/diff.ts";
import { predictPath } from "../model/packetPath.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { fabricNode } from "./containerSpecs.ts";
import { LabRegistry } from "./labRegistry.ts";
import { probePath } from "./pathProbe.ts";
import { resolvePaths } from "./paths.ts";

/** A lab that is not ours: a folder of YAML and Markdown, with a cable, a switch, and machines whose addresses students set. */
const labText = `
id: my-cables
title: { fr: Câbles, en: Cables }
summary: { fr: Un câble et un commutateur, en: A cable and a switch }
group: physical
minutes: 5
memory_mb: 50
switches: [lan]
machines:
  a: { capabilities: [NET_ADMIN], interfaces: { eth0: { address: 192.168.10.1/24 } } }
  b: { capabilities: [NET_ADMIN], interfaces: { eth0: { address: 192.168.10.2/24 }, eth1: { switch: lan, address: 192.168.20.1/24 } }, services: [app] }
  c: { capabilities: [NET_ADMIN], interfaces: { eth0: { switch: lan, address: 192.168.20.2/24 } } }
  d: { capabilities: [NET_ADMIN], interfaces: { eth0: { switch: lan } } }
links:
  - { from: "a:eth0", to: "b:eth0" }
`;

let harness: Harness;
let folder: string;
beforeAll(async () => {
  harness = await createHarness();
  folder = await mkdtemp(join(tmpdir(), "rempart-my-lab-"));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "lab.yml"), labText);
  await writeFile(join(folder, "network.yml"), "{}\n");
  for (const language of ["fr", "en"]) await writeFile(join(folder, `guide.${language}.md`), "# Cables\n");
});
afterAll(async () => {
  await harness.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe("a lab of the user's own folder, with cables and a switch", () => {
  it("comes up, and its machines reach who is on the same cable or switch, and nobody else", async () => {
    const loaded = await new LabRegistry(resolvePaths().labAssets).add(folder);
    expect(loaded.ours).toBe(false);
    const lab = harness.lab(loaded);
    await lab.up();
    const ask = async (from: string, to: string) => {
      const question = { from, to, protocol: "icmp" as const };
      return { predicted: predictPath(lab.cloud(), question).verdict, observed: (await probePath(lab, question)).verdict };
    };
    expect(await ask("a", "192.168.10.2")).toEqual({ predicted: "open", observed: "open" });
    expect(await ask("c", "192.168.20.1")).toEqual({ predicted: "open", observed: "open" });
    expect((await ask("a", "192.168.20.2")).observed).toBe("timeout");

    // What a student does by hand: an address, a route, forwarding.
    const run = async (node: string, command: string): Promise<number> => (await lab.exec(node, ["bash", "-c", command])).exitCode;
    expect(await run("d", "ip address add 192.168.20.3/24 dev eth0 && ping -n -c 1 -W 2 192.168.20.2")).toBe(0);
    expect(await run("a", "ip route add 192.168.20.0/24 via 192.168.10.2")).toBe(0);
    expect(await run("c", "ip route add 192.168.10.0/24 via 192.168.20.1")).toBe(0);
    expect(await run("a", "ping -n -c 1 -W 1 192.168.20.2")).not.toBe(0);
    expect(await run("b", "sysctl -w net.ipv4.ip_forward=1")).toBe(0);
    expect(await run("a", "ping -n -c 1 -W 2 192.168.20.2")).toBe(0);
    // Only its own network settings: the kernel's stay closed.
    expect(await run("b", "sysctl -w kernel.panic=1")).not.toBe(0);
    expect(await run("a", "ip neigh show 192.168.10.2 | grep -q lladdr")).toBe(0);

    // A cable between two machines has no end in the wiring, and outlives it: it is made anew with the rest all the same.
    await harness.engine.restartContainer(lab.machines.containerOf(fabricNode));
    await lab.machines.refresh(fabricNode);
    await lab.repairWiring();
    expect((await ask("a", "192.168.10.2")).observed).toBe("open");
    expect((await ask("c", "192.168.20.1")).observed).toBe("open");
    expect(isEmpty(await lab.wiring.damage(lab.machines.pids, new Set()))).toBe(true);
    await lab.down(true);
  });
});

import { describe, expect, it } from "vitest";
import type { FabricProgram } from "./fabricProgram.ts";
import { fakeContainer, pids, program, settled } from "./testWiring.ts";
import { LabWiring } from "./wiring.ts";

describe("an impairment", () => {
  const loss = { lossPercent: 25, delayMilliseconds: 0 };
  const withoutLaptop: FabricProgram = { ...program, links: program.links.filter((link) => link.id !== "laptop:eth0") };
  const port = program.links.find((link) => link.id === "laptop:eth0")?.a.interface ?? "";

  async function impaired(netem: "yes" | "no" = "no"): Promise<Awaited<ReturnType<typeof fakeContainer>> & { wiring: LabWiring }> {
    const container = await fakeContainer();
    container.failing.netem = netem;
    const wiring = new LabWiring(container.engine, container.container);
    await wiring.rebuild(program, pids);
    expect(await wiring.impair("laptop:eth0", loss)).toBe(netem === "yes" ? "netem" : "nftables");
    return { ...container, wiring };
  }
  const dropsIn = (scripts: readonly string[]): string[] => scripts.filter((script) => script.includes(`table ip impair-${port} {`));

  it("is random drops in both directions where there is no netem, in a table that the router's ruleset does not name", async () => {
    const { scripts, wiring } = await impaired();
    expect(dropsIn(scripts)).toHaveLength(1);
    expect(dropsIn(scripts)[0]).toContain(`iifname "${port}" numgen random mod 100000 < 25000 drop`);
    expect(dropsIn(scripts)[0]).toContain(`oifname "${port}" numgen random mod 100000 < 25000 drop`);
    expect(program.namespaces.map((entry) => entry.ruleset).join()).not.toContain("impair-");
    expect(wiring.impairments.get("laptop:eth0")).toEqual({ ...loss, how: "nftables" });
  });

  it.each([[100, " drop;"], [99.9999, "mod 100000 < 99999 drop;"], [0.0001, "mod 100000 < 1 drop;"]])("of %d %% is none that nftables would refuse", async (lossPercent, expected) => {
    const { scripts, wiring } = await impaired();
    await wiring.impair("laptop:eth0", { lossPercent, delayMilliseconds: 0 });
    expect(dropsIn(scripts).at(-1)).toContain(`iifname "${port}" ${expected.trim()}`.replace("mod", "numgen random mod"));
  });

  it("is netem at both ends where the kernel has it", async () => {
    const { scripts } = await impaired("yes");
    const netem = scripts.join("\n").split("\n").filter((line) => line.includes("root netem loss 25% delay 0ms"));
    expect(netem).toEqual([`ip netns exec inet tc qdisc add dev ${port} root netem loss 25% delay 0ms`, `nsenter -t ${pids.get("laptop")} -n tc qdisc add dev eth0 root netem loss 25% delay 0ms`]);
  });

  it("refuses a delay without netem, and leaves the link as it was", async () => {
    const { wiring, scripts } = await impaired();
    const sent = scripts.length;
    await expect(wiring.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 10 })).rejects.toMatchObject({ code: "machine.no-netem" });
    expect(scripts.slice(sent).filter((script) => script.includes("impair-"))).toEqual([]);
    expect(wiring.impairments.get("laptop:eth0")).toMatchObject(loss);
  });

  it.each(["yes", "no"] as const)("is put on again when its machine has started again (netem: %s)", async (netem) => {
    const { scripts, wiring } = await impaired(netem);
    const sent = scripts.length;
    await wiring.apply(program, new Map([...pids, ["laptop", 7777]]));
    const script = scripts.slice(sent).find((candidate) => candidate.includes("link add name"));
    expect(script?.indexOf("link add name")).toBeLessThan(script?.search(netem === "yes" ? "nsenter -t 7777 -n tc qdisc add" : `table ip impair-${port} {`) ?? -1);
  });

  it("outlives a wiring container that started again, and a process that died", async () => {
    const { engine, container, scripts, wiring } = await impaired();
    await settled(wiring);
    const other = new LabWiring(engine, container);
    await other.resume(pids);
    expect(other.impairments).toEqual(wiring.impairments);
    const sent = scripts.length;
    await new LabWiring(engine, container, wiring.impairments).rebuild(program, pids);
    expect(dropsIn(scripts.slice(sent))).toHaveLength(1);
  });

  it("ends when it is taken away, or with its cable: one that is made later is whole", async () => {
    const taken = await impaired();
    expect(await taken.wiring.impair("laptop:eth0", { lossPercent: 0, delayMilliseconds: 0 })).toBe("none");
    const removed = await impaired();
    await removed.wiring.apply(withoutLaptop, pids);
    expect(removed.scripts.findLast((script) => script.includes("link del"))).toContain(`nft delete table ip impair-${port}`);
    for (const { scripts, wiring } of [taken, removed]) {
      expect(wiring.impairments.size).toBe(0);
      const sent = scripts.length;
      await wiring.rebuild(program, pids);
      expect(dropsIn(scripts.slice(sent))).toEqual([]);
    }
  });
});

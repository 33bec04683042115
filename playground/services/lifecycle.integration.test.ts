import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labLabels } from "../engine/labels.ts";
import { imageReference } from "../images/catalogue.ts";
import { leavesNothingOut } from "../testing/chosenLabs.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { within } from "../testing/watchedLab.ts";
import { LabRegistry } from "./labRegistry.ts";
import { readLabText } from "./labTexts.ts";
import type { LoadedLab } from "./labRuntime.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

// Where a start is interrupted is chance: the long run tries more of it.
const interruptions = leavesNothingOut() ? 20 : 4;

let harness: Harness;
let solved: LoadedLab;

beforeAll(async () => {
  harness = await createHarness();
  const loaded = await new LabRegistry(resolvePaths().labAssets).get("07-route-tables-gateways");
  solved = { ...loaded, startNetwork: (await readLabText(loaded, "solution/network.yml")) ?? "" };
});
afterAll(() => harness.dispose());

const curl = async (lab: RunningLab, node: string, url: string): Promise<number> => (await lab.exec(node, ["curl", "-s", "-o", "/dev/null", "-m", "0.7", url])).exitCode;

describe("the life of a lab", () => {
  it("comes up, is applied twice without a change, and leaves nothing when it goes down", async () => {
    const lab = harness.lab(solved);
    await lab.up();
    expect(await within(30_000, async () => (await curl(lab, "private-instance", "http://203.0.113.80")) === 0)).toBeGreaterThan(0);
    const before = lab.machines.all.map((machine) => machine.container).sort();
    expect((await lab.apply()).changes).toEqual([]);
    expect(lab.machines.all.map((machine) => machine.container).sort()).toEqual(before);
    const pids = [...lab.machines.pids.values()];
    await lab.down(true);
    expect(await harness.engine.listContainers(labLabels(harness.scope, lab.id))).toEqual([]);
    expect(await readdir(harness.labsFolder)).not.toContain(lab.id);
    const left = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cgroup`, "utf8").catch(() => "")));
    expect(left.filter((cgroup) => before.some((container) => cgroup.includes(container)))).toEqual([]);
  });

  it("applies one changed route to the running lab and takes it back", async () => {
    const lab = harness.lab(solved);
    await lab.up();
    await within(30_000, async () => (await curl(lab, "private-instance", "http://203.0.113.80")) === 0);
    const text = await readFile(lab.workspace.networkFile, "utf8");
    await lab.applyNetwork(text.replace(/^ *- \{ destination: 0.0.0.0\/0, target: foo-nat \}\n/m, ""));
    expect(await curl(lab, "private-instance", "http://203.0.113.80")).toBe(28);
    await lab.applyNetwork(text);
    await within(30_000, async () => (await curl(lab, "private-instance", "http://203.0.113.80")) === 0);
    await lab.down(true);
  });

  it("is completed by the next up and removed by the next down, interrupted by SIGKILL again and again", async () => {
    const script = fileURLToPath(new URL("../testing/upOnce.ts", import.meta.url));
    for (let round = 0; round < interruptions; round++) {
      const child = spawn(process.execPath, ["--import", "tsx", script, harness.scope, harness.labsFolder, solved.lab.id], { stdio: ["ignore", "pipe", "inherit"] });
      // From the moment it begins its work, not from the start of Node.
      await new Promise((resolve) => child.stdout.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1800));
      child.kill("SIGKILL");
      await new Promise((resolve) => child.once("exit", resolve));
      const lab = harness.lab(solved);
      if (round % 2 === 0) {
        await lab.up();
        await within(30_000, async () => (await curl(lab, "private-instance", "http://203.0.113.80")) === 0);
      }
      await lab.down(true);
      expect(await harness.engine.listContainers(labLabels(harness.scope, lab.id))).toEqual([]);
    }
  }, 600_000);

  it("refuses a second up at the same time and leaves what is not ours alone", async () => {
    const foreign = await harness.engine.createContainer({ name: `foreign-${harness.scope}`, image: imageReference("instance"), labels: { "dev.rempart.lab": solved.lab.id, other: "yes" }, network: "none", entrypoint: ["sleep", "300"] });
    try {
      const one = harness.lab(solved);
      const two = harness.lab(solved);
      const results = await Promise.allSettled([one.up(), two.up()]);
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused).toHaveLength(1);
      expect(refused[0]?.reason).toMatchObject({ code: "lab.busy" });
      await one.down(true);
      expect(await harness.engine.inspectContainer(foreign)).toBeDefined();
    } finally {
      await harness.engine.removeContainer(foreign);
    }
  });
});

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { exposureAt, type Exposure } from "../model/exposure.ts";
import { createHarness, type Harness } from "../testing/labHarness.ts";
import { ExposureScans } from "./exposure.ts";
import { LabRegistry } from "./labRegistry.ts";
import { readLabText } from "./labTexts.ts";
import { resolvePaths } from "./paths.ts";
import type { RunningLab } from "./runningLab.ts";

let harness: Harness;
let lab: RunningLab;
let scans: ExposureScans;
beforeAll(async () => {
  harness = await createHarness();
  lab = harness.lab(await new LabRegistry(resolvePaths().labAssets).get("05-public-to-private"));
  await lab.up();
  scans = new ExposureScans({ open: (_lab, node, command, options) => harness.engine.execStream(lab.machines.containerOf(node), command, options), onProgress: () => undefined, emit: () => undefined });
});
afterAll(() => harness.dispose());

const applySolution = async (file: string): Promise<void> => lab.applyNetwork((await readLabText(lab.loaded, `solution/${file}`)) ?? "");
/** Scans until every service that should listen does: they take a moment after their machine's start. */
const settled = async (from: string): Promise<Exposure> => {
  let found: Exposure | undefined;
  await vi.waitUntil(async () => {
    found = await scans.scan(lab, from);
    return found.addresses.every((one) => one.rows.every((row) => row.agrees !== false));
  }, { timeout: 60_000, interval: 500 });
  return found!;
};

it("the stranger's scan shows the database open at the start, behind its wall no more, and agrees with the prediction", { timeout: 120_000 }, async () => {
  const start = await settled("stranger");
  expect(exposureAt(start, "node/db")?.open).toEqual(["22", "5432"]);
  expect(exposureAt(start, "node/web")?.open).toEqual(["22", "80"]);
  const database = start.addresses.find((one) => one.address === "203.0.113.13");
  expect(database?.rows.find((row) => row.ports === "5432")).toMatchObject({ state: "open", reason: "syn-ack", service: "postgresql", predicted: "open", agrees: true, why: { reason: "security-group-allows-in" } });

  await applySolution("1-filter.yml");
  expect(scans.latest(lab)?.isStale).toBe(true);
  const filtered = await settled("stranger");
  expect(exposureAt(filtered, "node/db")?.open).toEqual([]);
  expect(exposureAt(filtered, "node/web")?.open).toEqual(["80"]);
  expect(filtered.addresses.find((one) => one.address === "203.0.113.13")?.rows[0]).toMatchObject({ state: "filtered", reason: "no-response", agrees: true, why: { reason: "security-group-denies-in" } });

  await applySolution("network.yml");
  const solved = await settled("stranger");
  expect(solved.isStale).toBe(false);
  // The mistake is in force again, and nobody on the Internet has a way to the database's address.
  expect(solved.addresses.map((one) => one.address)).not.toContain("203.0.113.13");
  expect(exposureAt(solved, "node/db")).toEqual({ open: [], differing: 0 });
  // From inside, the same mistake shows.
  expect(exposureAt(await settled("web"), "node/db")?.open).toContain("5432");
});

it("finds what listens without being named in network.yml", { timeout: 60_000 }, async () => {
  await lab.exec("web", ["bash", "-c", "setsid ncat -lk 8443 > /dev/null 2>&1 < /dev/null & sleep 0.5"], { user: "root" });
  await lab.applyNetwork((await lab.workspace.readNetwork()).text.replace("port: 80,", "from_port: 80, to_port: 8443,"));
  const { addresses } = await scans.scan(lab, "stranger");
  const row = addresses.find((one) => one.address === "203.0.113.11")?.rows.find((one) => one.ports === "8443");
  expect(row).toMatchObject({ state: "open", predicted: "refused", agrees: false });
});

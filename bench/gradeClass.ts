import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classWorkbook } from "../playground/grading/classWorkbook.ts";
import { asPage, seenCheck, testReport } from "../playground/grading/testReport.ts";
import { ClassService } from "../playground/services/classService.ts";
import { digestOfLab } from "../playground/services/labDigest.ts";
import { LabRegistry } from "../playground/services/labRegistry.ts";
import { resolvePaths } from "../playground/services/paths.ts";
import type { Benchmark, Measurement } from "./measurement.ts";

const reports = 200;
const limitSeconds = 10;
const lab = "06-vpc-build";

/** From a folder of 200 reports of 220 events, some 200 kB each, to the class table and its Excel file. */
export const gradeClass: Benchmark = { title: `Grading ${reports} reports of 220 events`, run: measure };

async function measure(): Promise<readonly Measurement[]> {
  const { labAssets } = resolvePaths();
  const registry = new LabRegistry(labAssets);
  const { lab: loaded, folder: labFolder, startNetwork } = await registry.get(lab);
  const digest = await digestOfLab(labFolder);
  const folder = await mkdtemp(join(tmpdir(), "rempart-bench-class-"));
  try {
    for (let index = 0; index < reports; index++) {
      const checks = Array.from({ length: 120 }, (_, number) => seenCheck(loaded.checks[number % loaded.checks.length]?.id ?? "", number > 60, { command: "curl", output: `HTTP 200\n${"x".repeat(number * 10)}` }));
      const commands = Array.from({ length: 100 }, (_, number) => ({ type: "terminal.command" as const, node: "laptop", command: `ping ${index} ${number}`, output: `answer ${index * number} `.repeat(60) }));
      const applied = { type: "network.applied" as const, network: `${startNetwork}\n# ${index}`, plan: { create: 0, change: 0, replace: 0, destroy: 0, changes: [] }, addresses: {} };
      const report = testReport({ lab, digest, student: `Student ${index}`, start: Date.UTC(2026, 10, 28) + index * 1_234_567, steps: [applied, ...checks, ...commands] });
      await writeFile(join(folder, `${index}.${index % 2 === 0 ? "json" : "html"}`), index % 2 === 0 ? JSON.stringify(report) : asPage(report));
    }
    const began = performance.now();
    const table = await new ClassService(registry).grade(folder);
    const graded = performance.now();
    await classWorkbook(table, "fr");
    const written = performance.now();
    return [
      { name: "verified, graded and compared", value: (graded - began) / 1000, unit: "s", limit: limitSeconds, note: `${table.rows.filter(({ verdict }) => verdict.state === "intact").length} intact` },
      { name: "written for Excel", value: (written - graded) / 1000, unit: "s", limit: limitSeconds, note: "" },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

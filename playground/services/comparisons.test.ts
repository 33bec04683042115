import { describe, expect, it } from "vitest";
import { comparisonSchema, tableName } from "../model/comparison.ts";
import { labSchema } from "../model/lab.ts";
import { fillTable, type MeasuredLab } from "./comparisons.ts";
import { LabRegistry } from "./labRegistry.ts";
import { resolvePaths } from "./paths.ts";
import { emptyProgress, type LabProgress } from "./progressStore.ts";
import { testLab } from "./testLab.ts";

const texts = { fr: "f", en: "e" };
const table = comparisonSchema.parse({
  title: texts,
  columns: { ssh: { title: texts }, vpn: { title: texts } },
  rows: { ports: { title: texts, course: { ssh: { fr: "22", en: "22", rank: 2 }, vpn: { fr: "un seul", en: "one", rank: 1 } }, show: "count", best: "lowest" } },
});

function lab(id: string, column: string, kept?: { values: string[]; at: string }): MeasuredLab {
  const check = { kind: "command", id: "scan", title: texts, from: "laptop", run: "x", expect: { exit: 0 }, measures: [{ table: "13-compare/access", row: "ports", column, read: "(x)" }] };
  const progress: LabProgress = emptyProgress();
  if (kept) progress.measured.scan = { at: kept.at, command: "x", cells: [{ table: "13-compare/access", row: "ports", column, values: kept.values }] };
  return { loaded: { ...testLab, lab: labSchema.parse({ ...testLab.lab, id, checks: [check] }) }, progress };
}

describe("a comparison table", () => {
  it("is empty before anything was measured, and says where to measure", () => {
    const [row] = fillTable("13-compare", "access", table, [lab("08-ssh", "ssh"), lab("11-vpn", "vpn")]).rows;
    expect(row?.agrees).toBeUndefined();
    expect(row?.cells.map((cell) => cell.measured)).toEqual([undefined, undefined]);
    expect(row?.cells[1]).toMatchObject({ column: "vpn", course: { fr: "un seul", en: "one" }, rank: 1, sources: [{ lab: "11-vpn", check: "scan" }] });
  });

  it("shows the newest measurement of each cell beside the course's word, and compares the orders", () => {
    const labs = [
      lab("08-ssh", "ssh", { values: ["22"], at: "2026-01-01T10:00:00Z" }),
      lab("09-ssh", "ssh", { values: ["22", "80"], at: "2026-01-02T10:00:00Z" }),
      lab("11-vpn", "vpn", { values: ["443"], at: "2026-01-01T10:00:00Z" }),
    ];
    const [row] = fillTable("13-compare", "access", table, labs).rows;
    expect(row?.cells[0]?.measured).toMatchObject({ text: { en: "2" }, values: ["22", "80"], number: 2, lab: "09-ssh", check: "scan" });
    expect(row?.cells[0]?.sources).toHaveLength(2);
    expect(row?.agrees).toBe(true);
  });

  it("does not take what a check kept for another cell", () => {
    const other = lab("08-ssh", "vpn", { values: ["1"], at: "2026-01-01T10:00:00Z" });
    expect(fillTable("13-other", "access", table, [other]).rows[0]?.cells[1]).toEqual({ column: "vpn", course: { fr: "un seul", en: "one" }, rank: 1, sources: [] });
  });
});

it("finds the table, row and column of every measure in our labs, whichever lab they are in", async () => {
  const labs = (await new LabRegistry(resolvePaths().labAssets).list()).map((loaded) => loaded.lab);
  const cells = new Set(labs.flatMap(({ id, comparisons }) => Object.entries(comparisons).flatMap(([name, { rows, columns }]) => Object.keys(rows).flatMap((row) => Object.keys(columns).map((column) => `${id}/${name} ${row} ${column}`)))));
  const measures = labs.flatMap((one) => one.checks.flatMap((check) => check.measures.map((measure) => `${tableName(measure, one.id)} ${measure.row} ${measure.column}`)));
  expect(measures.filter((measure) => !cells.has(measure))).toEqual([]);
});

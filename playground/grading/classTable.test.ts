import { describe, expect, it } from "vitest";
import type { ClassTable } from "../contract/classTable.ts";
import { labSchema } from "../model/lab.ts";
import { classCsvRows } from "./classColumns.ts";
import { formatCsv, guardCell } from "./csv.ts";
import { ClassGrading } from "./gradeClass.ts";
import { plainLine, plainText } from "./plainText.ts";
import { readReport } from "./readReport.ts";
import { seenCheck, testReport, type TestReportOptions } from "./testReport.ts";

const title = { fr: "Une page", en: "A page" };
const lab = labSchema.parse({ id: "test-lab", title, summary: title, group: "access", minutes: 1, memory_mb: 1, checks: [{ kind: "command", id: "page", title, from: "laptop", run: "true", expect: { exit: 0 } }] });
const passed = seenCheck("page", true, { command: "true", summary: { fr: "code 0, rien", en: "exit 0, nothing" } });

function table(reports: readonly (TestReportOptions & { file: string })[]): ClassTable {
  const grading = new ClassGrading({ labOf: (id) => (id === lab.id ? { lab, digest: "a".repeat(64), hidden: new Set(), cloudOf: () => undefined } : undefined), networksOf: () => [] });
  for (const { file, ...options } of reports) grading.add(file, readReport(JSON.stringify(testReport(options))));
  return { folder: "/reports", ...grading.finish(), milliseconds: 1 };
}

describe("a class table", () => {
  it("has a row for each report, and counts a student's best one", () => {
    const { rows } = table([
      { file: "b2.json", student: "Bob", steps: [passed], attempt: "1" },
      { file: "b1.json", student: "bob", steps: [], attempt: "2" },
      { file: "a.json", student: "Alice", steps: [passed] },
    ]);
    expect(rows.map(({ student, file, counts, grade }) => [student, file, counts, grade?.points])).toEqual([["Alice", "a.json", true, 1], ["bob", "b1.json", false, 0], ["Bob", "b2.json", true, 1]]);
  });

  it("says of a lab that is not here, or is another version, that it is so", () => {
    const { rows } = table([{ file: "a.json", lab: "99-nowhere" }, { file: "b.json", digest: "b".repeat(64), steps: [passed] }]);
    expect(rows.map(({ lab: id, verdict, grade }) => [id, verdict.state, verdict.lab, grade?.points])).toEqual([["99-nowhere", "intact", "unknown", undefined], ["test-lab", "intact", "other-version", 1]]);
  });

  it("lets no name, answer or reason do any harm", () => {
    const evil = '\u001b[2J\u202Eevil\u0000 <img src=x onerror=alert(1)>\u200b=cmd|"/c calc"!A1';
    const { rows } = table([{ file: "a\u001b]0;x\u0007.json", student: evil, group: evil, steps: [seenCheck("page", false, { output: evil, summary: { fr: evil, en: evil } })] }]);
    // No control character, no mark of direction, nothing invisible.
    expect(JSON.stringify(rows)).not.toMatch(/\\u00[01]|[\p{Cc}\p{Cf}]/u);
    expect(rows[0]?.student).toBe('[2Jevil <img src=x onerror=alert(1)>=cmd|"/c calc"!A1');
  });

  it("is written for spreadsheets without a formula in it", () => {
    const names = ["=1+1", " =1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "＝1+1", "=HYPERLINK(\"http://x\";\"y\")", "|x", "%x"];
    for (const language of ["fr", "en"] as const) {
      const csv = formatCsv(classCsvRows(table(names.map((student, index) => ({ file: `${index}.json`, student, steps: [passed] }))), language), language);
      expect(csv.startsWith("\uFEFF")).toBe(true);
      for (const line of csv.slice(1).split("\r\n")) for (const cell of line.split(language === "fr" ? ";" : ",")) expect(cell).not.toMatch(/^"?\s*[=+@\t％|＝＋－＠-](?!\d+([.,]\d+)?$)/u);
    }
    expect(guardCell("Anne-Marie")).toBe("Anne-Marie");
    expect(guardCell("=x")).toBe("'=x");
    expect(formatCsv([["a;b", 'say "x"', 1.5, "l1\nl2"]], "fr")).toBe('\uFEFF"a;b";"say ""x""";1,5;"l1\nl2"\r\n');
  });

  it("has a total and every check of each report in its CSV", () => {
    const rows = classCsvRows(table([{ file: "a.json", student: "Alice", steps: [passed] }]), "en");
    expect(rows.map((row) => row.length)).toEqual([16, 16, 16]);
    expect(rows[1]?.slice(0, 9)).toEqual(["Alice", "A", "Réseaux", "2026-11-28", "test-lab", "", "Total", 1, 1]);
    expect(rows[2]?.slice(5, 11)).toEqual(["page", "A page", 1, 1, "passed", 1]);
  });
});

describe("text from a stranger", () => {
  it("is one line, of so many characters", () => {
    expect(plainLine("a\n\tb   c")).toBe("a b c");
    expect(plainLine("x".repeat(500), 10)).toBe(`${"x".repeat(9)}…`);
    expect(plainLine("é 日本 😀")).toBe("é 日本 😀");
    expect(plainLine("\ud800half")).toBe("half");
    expect(plainText("a\r\nb\tc\u001b[31m\u2066d")).toBe("a\nb\tc[31md");
  });
});

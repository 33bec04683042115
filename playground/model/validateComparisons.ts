import { type Comparison, tableName } from "./comparison.ts";
import type { FaultCode } from "./faultTexts.ts";
import type { FaultList, FaultPath } from "./faults.ts";
import type { Lab } from "./lab.ts";

/** The tables of a `lab.yml` and the measures of its checks. A measure for another lab's table is judged with that lab at hand. */
export function addComparisonFaults(list: FaultList, lab: Lab): void {
  const known = (code: FaultCode, path: FaultPath, name: string, available: Readonly<Record<string, unknown>>): boolean => {
    if (Object.hasOwn(available, name)) return true;
    list.addUnknown(code, path, name, Object.keys(available));
    return false;
  };
  for (const [name, table] of Object.entries(lab.comparisons)) {
    for (const [row, { course }] of Object.entries(table.rows)) {
      for (const column of Object.keys(course)) known("lab.unknown-column", ["comparisons", name, "rows", row, "course", column], column, table.columns);
    }
  }
  lab.checks.forEach((check, index) => {
    check.measures.forEach((measure, position) => {
      const path = ["checks", index, "measures", position];
      addExpressionFaults(list, [...path, "read"], measure.read);
      const [owner = "", table = ""] = tableName(measure, lab.id).split("/");
      if (owner !== lab.id || !known("lab.unknown-table", [...path, "table"], table, lab.comparisons)) return;
      const { rows, columns } = lab.comparisons[table] as Comparison;
      known("lab.unknown-row", [...path, "row"], measure.row, rows);
      known("lab.unknown-column", [...path, "column"], measure.column, columns);
    });
  });
}

function addExpressionFaults(list: FaultList, path: FaultPath, value: string): void {
  try {
    // An expression that also matches nothing at all tells how many groups it has.
    const groups = (new RegExp(`${value}|`).exec("")?.length ?? 1) - 1;
    if (groups === 0) list.add("lab.measure-without-group", path, { value });
  } catch (error) {
    list.add("lab.pattern", path, { value, detail: error instanceof Error ? error.message : String(error) });
  }
}

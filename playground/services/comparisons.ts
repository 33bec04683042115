import type { Result } from "../contract/contract.ts";
import { type Comparison, measuredNumber, measuredText, ordersAgree, tableName } from "../model/comparison.ts";
import type { Check } from "../model/lab.ts";
import type { GradingService } from "./gradingService.ts";
import type { LoadedLab } from "./labRuntime.ts";
import type { LabProgress } from "./progressStore.ts";

export type ComparisonTable = Result<"comparisons.get">["tables"][number];
type Cell = ComparisonTable["rows"][number]["cells"][number];

/** A lab and what the student has done in it. */
export interface MeasuredLab {
  readonly loaded: LoadedLab;
  readonly progress: LabProgress;
}

/** The tables of a lab, measured in any of `labs`, as far as the student has; needs no engine. */
export async function filledTables(owner: LoadedLab, labs: readonly LoadedLab[], grading: GradingService): Promise<ComparisonTable[]> {
  const tables = Object.entries(owner.lab.comparisons);
  const measuring = tables.length === 0 ? [] : labs.filter((loaded) => loaded.lab.checks.some((check) => check.measures.length > 0));
  const measured = await Promise.all(measuring.map(async (loaded) => ({ loaded, progress: await grading.progress(loaded) })));
  return tables.map(([id, table]) => fillTable(owner.lab.id, id, table, measured));
}

/** One table with what the student has measured for it; a cell without `measured` waits for the checks in its `sources`. */
export function fillTable(labId: string, id: string, table: Comparison, labs: readonly MeasuredLab[]): ComparisonTable {
  const rows = Object.entries(table.rows).map(([rowId, row]) => {
    const numbers = new Map<string, number>();
    const cells = Object.keys(table.columns).map((column): Cell => {
      const sources = sourcesOf(`${labId}/${id}`, rowId, column, labs);
      const newest = sources.flatMap(({ measured }) => (measured && measuredText(row, measured.values) ? [measured] : [])).sort((one, other) => other.at.localeCompare(one.at))[0];
      const text = newest && measuredText(row, newest.values);
      const number = newest && measuredNumber(row, newest.values);
      if (number !== undefined) numbers.set(column, number);
      const { rank, ...course } = row.course[column] ?? { fr: "", en: "" };
      return {
        column,
        ...(course.fr === "" ? {} : { course, ...(rank === undefined ? {} : { rank }) }),
        ...(newest && text ? { measured: { ...newest, text, ...(number === undefined ? {} : { number }) } } : {}),
        sources: sources.map(({ source }) => source),
      };
    });
    const agrees = ordersAgree(row, numbers);
    return { id: rowId, title: row.title, cells, ...(agrees === undefined ? {} : { agrees }) };
  });
  return { id, title: table.title, ...(table.note ? { note: table.note } : {}), columns: Object.entries(table.columns).map(([column, { title }]) => ({ id: column, title })), rows };
}

type Source = Cell["sources"][number];
type Measured = Omit<NonNullable<Cell["measured"]>, "text" | "number">;

/** The checks of all labs that measure a cell, each with what it last measured. */
function sourcesOf(table: string, row: string, column: string, labs: readonly MeasuredLab[]): { source: Source; measured: Measured | undefined }[] {
  return labs.flatMap(({ loaded: { lab }, progress }) =>
    lab.checks
      .filter((check: Check) => check.measures.some((measure) => tableName(measure, lab.id) === table && measure.row === row && measure.column === column))
      .map((check) => {
        const kept = progress.measured[check.id];
        const cell = kept?.cells.find((one) => one.table === table && one.row === row && one.column === column);
        const measured = kept && cell && { values: cell.values, at: kept.at, command: kept.command, lab: lab.id, check: check.id };
        return { source: { lab: lab.id, labTitle: lab.title, check: check.id, checkTitle: check.title }, measured };
      }),
  );
}

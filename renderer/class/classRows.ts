import type { ClassRow, ClassTable, Copy } from "../../playground/contract/classTable.ts";

/** What the table can be sorted by. */
export const sortKeys = ["student", "group", "lab", "points", "hints", "minutes", "integrity", "copies"] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}
export interface Filter {
  readonly text: string;
  /** Id of a lab; empty for all. */
  readonly lab: string;
  /** Only what somebody should look at. */
  readonly onlyConspicuous: boolean;
}

/** Likenesses of one report with others. */
export function copiesOf(table: Pick<ClassTable, "copies">, file: string): Copy[] {
  return table.copies.filter(({ files }) => files.includes(file));
}

/** Not as it was exported, contradicted by itself, or much like another. */
export function isConspicuous(row: ClassRow, table: Pick<ClassTable, "copies">): boolean {
  return row.verdict.state !== "intact" || (row.grade?.checks.some(({ evidence }) => evidence === "contradicted") ?? false) || copiesOf(table, row.file).some(({ strength }) => strength !== "hint");
}

/** Share of the points that there were; undefined where nothing was graded. */
export function shareOf({ grade }: ClassRow): number | undefined {
  return grade === undefined ? undefined : grade.of === 0 ? 1 : grade.points / grade.of;
}

/** The rows to show, in their order. What was not graded comes last, whichever way it is sorted. */
export function visibleRows(table: ClassTable, filter: Filter, { key, descending }: Sorting): ClassRow[] {
  const wanted = plain(filter.text.trim());
  const rows = table.rows.filter(
    (row) => (filter.lab === "" || row.lab === filter.lab) && (!filter.onlyConspicuous || isConspicuous(row, table)) && (wanted === "" || plain(`${row.student} ${row.group} ${row.file}`).includes(wanted)),
  );
  const valueOf = (row: ClassRow): string | number | undefined => {
    switch (key) {
      case "points":
        return shareOf(row);
      case "hints":
        return row.grade?.hints;
      case "minutes":
        return row.grade?.minutes;
      case "integrity":
        return row.verdict.state === "intact" ? "" : row.verdict.state;
      case "copies":
        return copiesOf(table, row.file).length;
      default:
        return row[key];
    }
  };
  return rows.sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    const tie = one.student.localeCompare(other.student) || one.file.localeCompare(other.file);
    if (a === undefined || b === undefined) return a === b ? tie : a === undefined ? 1 : -1;
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
    return (descending ? -order : order) || tie;
  });
}

/** The labs of a table, by their ids. */
export function labsOf(table: ClassTable): string[] {
  return [...new Set(table.rows.map(({ lab }) => lab).filter((lab) => lab !== ""))].sort();
}

/** The mean share of the reports that count, from 0 to 1; undefined where none does. */
export function meanShare(rows: readonly ClassRow[]): number | undefined {
  const shares = rows.filter(({ counts }) => counts).flatMap((row) => shareOf(row) ?? []);
  return shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

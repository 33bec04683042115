import { ArrowDown, ArrowUp } from "lucide-react";
import type { ClassRow, ClassTable } from "../../playground/contract/classTable.ts";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { copiesOf, shareOf, sortKeys, type SortKey, type Sorting } from "./classRows.ts";
import { VerdictPill } from "./VerdictPill.tsx";

const numbers: readonly SortKey[] = ["points", "hints", "minutes", "copies"];

/** One line for each report; a heading sorts, a name opens the details. */
export function ClassList({ table, rows, sorting, chosen, onSort, onChoose }: { table: ClassTable; rows: readonly ClassRow[]; sorting: Sorting; chosen: string | undefined; onSort: (key: SortKey) => void; onChoose: (file: string) => void }) {
  const { t } = useTranslate(classTexts);
  return (
    <table className="class-list">
      <thead>
        <tr>
          {sortKeys.map((key) => (
            <th key={key} scope="col" className={numbers.includes(key) ? "number" : undefined} aria-sort={sorting.key === key ? (sorting.descending ? "descending" : "ascending") : undefined}>
              <button type="button" onClick={() => onSort(key)}>
                {t(`column.${key}`)}
                {sorting.key === key ? sorting.descending ? <ArrowDown size={13} aria-hidden /> : <ArrowUp size={13} aria-hidden /> : null}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <ClassLine key={row.file} row={row} table={table} isChosen={row.file === chosen} onChoose={() => onChoose(row.file)} />
        ))}
      </tbody>
    </table>
  );
}

function ClassLine({ row, table, isChosen, onChoose }: { row: ClassRow; table: ClassTable; isChosen: boolean; onChoose: () => void }) {
  const { t, number } = useTranslate(classTexts);
  const { grade } = row;
  const share = shareOf(row);
  const copies = copiesOf(table, row.file);
  const isSerious = copies.some(({ strength }) => strength !== "hint");
  return (
    <tr className={[isChosen ? "chosen" : "", row.counts ? "" : "uncounted"].filter(Boolean).join(" ") || undefined} onClick={onChoose}>
      <td>
        <button type="button" className="class-name" aria-pressed={isChosen} onClick={onChoose}>
          {row.student || row.file}
        </button>
        <span className="class-file">{row.grade && !row.counts ? t("notCounted") : row.student === "" ? (row.lab === "" ? "" : t("unnamed")) : row.file}</span>
      </td>
      <td>{row.group}</td>
      <td className="class-lab">{row.lab}</td>
      <td className="number">
        {grade && share !== undefined ? (
          <>
            {t("points", { points: number(grade.points, 2), of: number(grade.of, 2) })}
            <span className={`bar${share === 1 ? " done" : ""}`} aria-hidden>
              <i style={{ width: `${Math.round(share * 100)}%` }} />
            </span>
          </>
        ) : (
          "—"
        )}
      </td>
      <td className="number">{grade?.hints ?? ""}</td>
      <td className="number">{grade ? number(grade.minutes) : ""}</td>
      <td>
        <VerdictPill state={row.verdict.state} />
      </td>
      <td className="number">{copies.length === 0 ? "" : <span className={isSerious ? "pill bad" : "pill"}>{copies.length}</span>}</td>
    </tr>
  );
}

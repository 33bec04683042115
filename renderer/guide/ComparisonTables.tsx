import { Check, CircleAlert } from "lucide-react";
import { useId } from "react";
import { observationTexts } from "../i18n/observationTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useComparisons, type ComparisonTable } from "./useComparisons.ts";

type Row = ComparisonTable["rows"][number];
type Cell = Row["cells"][number];

/** The tables that the student fills by measuring, after the steps: what was measured beside what the course says. */
export function ComparisonTables({ lab }: { lab: string }) {
  return useComparisons(lab).map((table) => <Comparison key={table.id} lab={lab} table={table} />);
}

function Comparison({ lab, table }: { lab: string; table: ComparisonTable }) {
  const { t, localized } = useTranslate(observationTexts);
  const heading = useId();
  const cells = table.rows.flatMap((row) => row.cells).filter((cell) => cell.sources.length > 0);
  return (
    <section className="comparison" aria-labelledby={heading}>
      <h2 id={heading}>{localized(table.title)}</h2>
      {table.note === undefined ? null : <p className="muted">{localized(table.note)}</p>}
      <p className="muted" role="status">{t("comparison.filled", { filled: cells.filter((cell) => cell.measured !== undefined).length, total: cells.length })}</p>
      <table>
        <thead>
          <tr><th scope="col"><span className="visually-hidden">{t("comparison.subject")}</span></th><th scope="col">{t("comparison.measured")}</th><th scope="col">{t("comparison.course")}</th></tr>
        </thead>
        {table.rows.map((row) => (
          <tbody key={row.id}>
            <tr className="comparison-row"><th scope="rowgroup" colSpan={3}>{localized(row.title)} <Agreement agrees={row.agrees} /></th></tr>
            {row.cells.map((cell) => (
              <tr key={cell.column} data-cell={`${row.id}/${cell.column}`}>
                <th scope="row">{localized(table.columns.find((column) => column.id === cell.column)?.title ?? { fr: cell.column, en: cell.column })}</th>
                <td className={cell.measured === undefined ? "empty-cell" : "measured"}><Measured lab={lab} cell={cell} /></td>
                <td>{cell.course === undefined ? "–" : localized(cell.course)}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

/** Whether the order that was measured is the course's: a sign and a word, never colour alone. */
function Agreement({ agrees }: { agrees: Row["agrees"] }) {
  const { t } = useTranslate(observationTexts);
  if (agrees === undefined) return null;
  return <span className={`comparison-order${agrees ? "" : " other"}`}>{agrees ? <Check size={13} aria-hidden /> : <CircleAlert size={13} aria-hidden />} {t(agrees ? "comparison.agrees" : "comparison.differs")}</span>;
}

/** What was measured and by what; while nothing is, the check that would. */
function Measured({ lab, cell }: { lab: string; cell: Cell }) {
  const { t, localized, language } = useTranslate(observationTexts);
  const { measured } = cell;
  if (measured !== undefined) {
    const when = new Date(measured.at).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { dateStyle: "short", timeStyle: "short" });
    return <span title={measured.command}>{localized(measured.text)}<span className="comparison-when">{t(measured.lab === lab ? "comparison.when" : "comparison.whenElsewhere", { when, lab: measured.lab.slice(0, 2) })}</span></span>;
  }
  const [source] = cell.sources;
  if (source === undefined) return <>{cell.course === undefined ? "–" : t("comparison.nothingMeasures")}</>;
  const values = { check: localized(source.checkTitle), lab: `${source.lab.slice(0, 2)} ${localized(source.labTitle)}` };
  if (source.lab === lab) return <>{t("comparison.passHere", values)}</>;
  return <>{t("comparison.passThere", values)} <a href={`#/lab/${source.lab}`}>{t("comparison.openLab", values)}</a></>;
}

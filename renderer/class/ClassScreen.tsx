import { FileSpreadsheet } from "lucide-react";
import { useEffect, useState } from "react";
import type { ClassTable } from "../../playground/contract/classTable.ts";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { bytesOf, saveFile } from "../files/saveFile.ts";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { ClassForm } from "./ClassForm.tsx";
import { ClassList } from "./ClassList.tsx";
import { isConspicuous, labsOf, meanShare, type SortKey, type Sorting, visibleRows } from "./classRows.ts";
import { ReportDetails } from "./ReportDetails.tsx";
import { useClassTable } from "./useClassTable.ts";
import "./class.css";

/** The instructor's view of a folder of reports: graded, sorted, compared, and written for spreadsheets. */
export function ClassScreen() {
  const { t } = useTranslate(classTexts);
  // Kept beside the form, which is made anew for each folder: the next grading is by the same files.
  const [hidden, setHidden] = useState("");
  const { table, isLoading, isGrading, progress, grade } = useClassTable();
  return (
    <div className="screen">
      <Header crumbs={[{ text: t("title") }]} />
      <main className="page" id="content">
        <div className="page-inner class-page">
          <div className="page-title">
            <div>
              <h1>{t("title")}</h1>
              <p>{t("lead")}</p>
            </div>
          </div>
          <ClassForm key={table?.folder} folder={table?.folder ?? ""} hidden={hidden} isGrading={isGrading} onHidden={setHidden} onGrade={grade} />
          {isGrading ? (
            <p className="class-progress" role="status">
              {t("grading")} {progress ? t("progress", progress) : ""}
              <span className="bar" aria-hidden>
                <i style={{ width: `${progress && progress.total > 0 ? (100 * progress.done) / progress.total : 0}%` }} />
              </span>
            </p>
          ) : null}
          {table === undefined && !isLoading && !isGrading ? (
            <div className="empty">
              <h2>{t("emptyTitle")}</h2>
              <p>{t("emptyText")}</p>
            </div>
          ) : null}
          {table && table.rows.length === 0 && !isGrading ? (
            <div className="empty">
              <h2>{t("noFiles")}</h2>
              <p>{t("noFilesText")}</p>
            </div>
          ) : null}
          {table && table.rows.length > 0 && !isGrading ? <Graded key={`${table.folder} ${table.milliseconds}`} table={table} /> : null}
        </div>
      </main>
    </div>
  );
}

/** A table that was graded: what it comes to, tools, lines, and the details of the chosen one. */
function Graded({ table }: { table: ClassTable }) {
  const { t, number } = useTranslate(classTexts);
  const [sorting, setSorting] = useState<Sorting>({ key: "student", descending: false });
  const [filter, setFilter] = useState({ text: "", lab: "", onlyConspicuous: false });
  const [chosen, setChosen] = useState<string>();
  const rows = visibleRows(table, filter, sorting);
  const mean = meanShare(rows);
  const conspicuous = table.rows.filter((row) => isConspicuous(row, table)).length;
  const students = new Set(table.rows.filter(({ student }) => student !== "").map(({ student }) => student)).size;
  const row = table.rows.find(({ file }) => file === chosen);
  const sort = (key: SortKey) => setSorting({ key, descending: sorting.key === key ? !sorting.descending : key === "points" || key === "copies" });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") setChosen(undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <div className="class-tools">
        <input type="search" value={filter.text} placeholder={t("filter")} aria-label={t("filter")} spellCheck={false} onChange={(event) => setFilter({ ...filter, text: event.target.value })} />
        <select value={filter.lab} aria-label={t("lab")} onChange={(event) => setFilter({ ...filter, lab: event.target.value })}>
          <option value="">{t("allLabs")}</option>
          {labsOf(table).map((lab) => (
            <option key={lab}>{lab}</option>
          ))}
        </select>
        <label className="class-only">
          <input type="checkbox" checked={filter.onlyConspicuous} onChange={(event) => setFilter({ ...filter, onlyConspicuous: event.target.checked })} /> {t("onlyConspicuous")}
        </label>
        <ExportButtons />
      </div>
      <p className="class-summary" role="status">
        {t("summary", { count: table.rows.length, students, seconds: number(table.milliseconds / 1000, 1) })}
        {mean === undefined ? null : <span className="pill">{t("mean", { percent: Math.round(mean * 100) })}</span>}
        {conspicuous === 0 ? null : <span className="pill bad">{t("conspicuous", { count: conspicuous })}</span>}
        {row ? null : <span className="class-choose muted">{t("detailsHint")}</span>}
      </p>
      <div className={row ? "class-body with-details" : "class-body"}>
        <div className="class-scroll scroll">
          {rows.length === 0 ? <p className="empty">{t("noRows")}</p> : <ClassList table={table} rows={rows} sorting={sorting} chosen={chosen} onSort={sort} onChoose={setChosen} />}
        </div>
        {row ? <ReportDetails key={row.file} row={row} table={table} onClose={() => setChosen(undefined)} /> : null}
      </div>
    </>
  );
}

function ExportButtons() {
  const { t, language } = useTranslate(classTexts);
  const client = useClient();
  const notifyError = useApp((state) => state.notifyError);
  const save = (format: "csv" | "xlsx") => {
    client.call("class.export", { format, language }).then(({ name, mediaType, data }) => saveFile(name, new Blob([bytesOf(data)], { type: mediaType }))).catch(notifyError);
  };
  return (
    <div className="class-exports" role="group" aria-label={t("export")}>
      <Button icon={<FileSpreadsheet size={15} />} title={t("export")} onClick={() => save("xlsx")}>
        {t("xlsx")}
      </Button>
      <Button title={t("export")} onClick={() => save("csv")}>
        {t("csv")}
      </Button>
    </div>
  );
}

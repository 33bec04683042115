import writeExcelFile, { type Sheet } from "write-excel-file/node";
import type { ClassTable, Copy } from "../contract/classTable.ts";
import type { Language } from "../model/lab.ts";
import { checkColumns, checkRows, type Column, reportColumns } from "./classColumns.ts";
import { plainText } from "./plainText.ts";

/** A spreadsheet's cell holds no more. */
const cellLimit = 32_000;

/** The class table as an Excel file: reports, checks, and what looks copied, a sheet each. Text is text there: nothing of it is taken for a formula. */
export async function classWorkbook(table: ClassTable, language: Language): Promise<Uint8Array> {
  const fr = language === "fr";
  const strength = { certain: fr ? "certain" : "certain", likely: fr ? "probable" : "likely", hint: fr ? "à regarder" : "to look at" };
  const copyColumns: Column<Copy>[] = [
    { heading: "Lab", width: 24, cell: ({ lab }) => lab },
    { heading: fr ? "Étudiant" : "Student", width: 26, cell: ({ students }) => students[0] },
    { heading: fr ? "Autre étudiant" : "Other student", width: 26, cell: ({ students }) => students[1] },
    { heading: fr ? "Force" : "Strength", width: 12, cell: (copy) => strength[copy.strength] },
    { heading: fr ? "Raisons" : "Reasons", width: 70, cell: ({ reasons }) => reasons.map((reason) => reason[language]).join(" ; ") },
    { heading: fr ? "Fichier" : "File", width: 30, cell: ({ files }) => files[0] },
    { heading: fr ? "Autre fichier" : "Other file", width: 30, cell: ({ files }) => files[1] },
  ];
  return writeExcelFile([
    sheetOf(fr ? "Rapports" : "Reports", table.rows, reportColumns(table, language)),
    sheetOf(fr ? "Vérifications" : "Checks", checkRows(table.rows), checkColumns(language)),
    sheetOf(fr ? "Ressemblances" : "Copies", table.copies, copyColumns),
  ]).toBuffer();
}

function sheetOf<Row>(sheet: string, rows: readonly Row[], columns: readonly Column<Row>[]): Sheet<never> {
  const heading = columns.map((column) => ({ value: column.heading, type: String, fontWeight: "bold" as const, wrap: true }));
  const lines = rows.map((row) =>
    columns.map(({ cell }) => {
      const value = cell(row);
      if (typeof value === "number") return { value, type: Number };
      return value === "" ? null : { value: plainText(value, cellLimit), type: String };
    }),
  );
  return { sheet, data: [heading, ...lines], columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1 };
}

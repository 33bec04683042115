import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ClassTable } from "../contract/classTable.ts";
import { classCsvRows, rowReasons, stateWord } from "../grading/classColumns.ts";
import { classWorkbook } from "../grading/classWorkbook.ts";
import { formatCsv } from "../grading/csv.ts";
import { chainCaveat, collect, openClassService } from "./classAccess.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { exitCodes } from "./exitCodes.ts";
import { number } from "./printReport.ts";
import { formatTable } from "./table.ts";

/** `rempart grade FOLDER`: the class table of all reports in a folder. Exit code 1 when one of them is not intact. */
export const addGradeCommand: CommandDefinition = (program, commandLine) => {
  const { console, paths } = commandLine;
  addCommand(program, commandLine, "grade <folder>", { fr: "noter tous les rapports d’un dossier : tableau de la classe, ressemblances entre étudiants (code 1 si un rapport n’est pas intact)", en: "grade all reports of a folder: a table of the class, likenesses between students (exit code 1 when a report is not intact)" }, [
    "grade ./reports",
    "grade ./reports --xlsx class.xlsx --csv class.csv --hidden grading.yml",
  ])
    .option("--csv <file>", console.text({ fr: "écrire le tableau en CSV", en: "write the table as CSV" }))
    .option("--xlsx <file>", console.text({ fr: "écrire le tableau pour un tableur (Excel)", en: "write the table for a spreadsheet (Excel)" }))
    .option("--hidden <file>", console.text({ fr: "vérifications cachées et barème de l’enseignant (plusieurs fois possible)", en: "the instructor's hidden checks and weights (may be given several times)" }), collect, [])
    .addHelpText("after", `\n${chainCaveat(console)}`)
    .action((folder: string, options: { json?: boolean; csv?: string; xlsx?: string; hidden: string[] }) =>
      run(commandLine, options.json, async () => {
        const progress = (done: number, total: number): void => console.noteInPlace(`\r${done}/${total}`);
        const table = await openClassService(paths).grade(resolve(folder), options.hidden.map((path) => resolve(path)), console.interactive ? progress : undefined);
        if (console.interactive) console.noteInPlace("\r");
        if (options.csv !== undefined) await writeFile(resolve(options.csv), formatCsv(classCsvRows(table, console.language), console.language));
        if (options.xlsx !== undefined) await writeFile(resolve(options.xlsx), await classWorkbook(table, console.language));
        if (options.json) console.printJson(table);
        else printTable(console, table);
        for (const file of [options.csv, options.xlsx]) if (file !== undefined) console.note(console.text({ fr: `Écrit : ${resolve(file)}`, en: `Written: ${resolve(file)}` }));
        return table.rows.every((row) => row.verdict.state === "intact") ? exitCodes.done : exitCodes.checksFailed;
      }),
    );
};

function printTable(console: Console, table: ClassTable): void {
  const heading = console.text({ fr: "Étudiant|Groupe|Lab|Points|Indices|Minutes|Intégrité|Fichier", en: "Student|Group|Lab|Points|Hints|Minutes|Integrity|File" }).split("|");
  const lines = table.rows.map((row) => [
    row.student || "—",
    row.group,
    row.lab,
    row.grade ? `${number(row.grade.points, console)}/${number(row.grade.of, console)}${row.counts ? "" : " *"}` : "—",
    row.grade ? String(row.grade.hints) : "",
    row.grade ? String(row.grade.minutes) : "",
    console.paint(row.verdict.state === "intact" ? "green" : "red", stateWord(row.verdict.state, console.language)),
    row.file,
  ]);
  console.print(formatTable([heading.map((word) => console.paint("bold", word)), ...lines]));
  if (table.rows.some((row) => row.grade && !row.counts)) console.print(console.text({ fr: "* Un meilleur rapport du même étudiant compte.", en: "* A better report of the same student counts." }));
  for (const row of table.rows) {
    const reasons = rowReasons(row, { copies: [] }, console.language);
    if (reasons !== "") console.print(`${row.file}: ${reasons}`);
  }
  if (table.copies.length > 0) console.print(`\n${console.paint("bold", console.text({ fr: "Ressemblances", en: "Likenesses" }))}`);
  for (const { students, files, lab, strength, reasons } of table.copies) {
    const [one, other] = [students[0] || files[0], students[1] || files[1]];
    console.print(`${console.paint(strength === "hint" ? "yellow" : "red", `${one} / ${other}`)} (${lab}): ${reasons.map((reason) => console.text(reason)).join(", ")}`);
  }
  console.print(console.text({ fr: `\n${table.rows.length} fichiers en ${(table.milliseconds / 1000).toFixed(1).replace(".", ",")} s.`, en: `\n${table.rows.length} files in ${(table.milliseconds / 1000).toFixed(1)} s.` }));
}

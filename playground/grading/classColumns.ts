import type { CheckGrade, CheckOutcome, ClassRow, ClassTable, VerdictState } from "../contract/classTable.ts";
import type { Language, Localized } from "../model/lab.ts";
import type { Cell } from "./csv.ts";

/** One column of a table for spreadsheets: its heading, its width in characters, and its cell of each row. */
export interface Column<Row> {
  readonly heading: string;
  readonly width: number;
  readonly cell: (row: Row) => Cell;
}

const outcomes: Readonly<Record<CheckOutcome, Localized>> = {
  passed: { fr: "réussie", en: "passed" },
  earlier: { fr: "réussie plus tôt", en: "passed earlier" },
  partial: { fr: "en partie", en: "in part" },
  failed: { fr: "échouée", en: "failed" },
  never: { fr: "jamais vérifiée", en: "never checked" },
  unproven: { fr: "à rejouer", en: "to be run" },
};
const states: Readonly<Record<VerdictState, Localized>> = {
  intact: { fr: "intact", en: "intact" },
  altered: { fr: "altéré", en: "altered" },
  truncated: { fr: "tronqué", en: "truncated" },
  "not-a-report": { fr: "pas un rapport", en: "not a report" },
  "too-big": { fr: "trop grand", en: "too big" },
  "newer-format": { fr: "format plus récent", en: "newer format" },
};

export const outcomeWord = (outcome: CheckOutcome, language: Language): string => outcomes[outcome][language];
export const stateWord = (state: VerdictState, language: Language): string => states[state][language];

/** Why a row is not simply good: its verdict where it is not intact, what else was found, and from whom it may be copied. */
export function rowReasons(row: ClassRow, table: Pick<ClassTable, "copies">, language: Language): string {
  const copied = table.copies.flatMap(({ files, students, reasons }) => {
    if (!files.includes(row.file)) return [];
    const other = files[0] === row.file ? 1 : 0;
    return [`${language === "fr" ? "Comme" : "Like"} ${students[other] || files[other]}${language === "fr" ? " : " : ": "}${reasons.map((reason) => reason[language]).join(", ")}.`];
  });
  return [...(row.verdict.state === "intact" ? [] : [row.verdict.message[language]]), ...row.verdict.reasons.map((reason) => reason[language]), ...copied].join(" ");
}

export interface CheckRow {
  readonly row: ClassRow;
  readonly check: CheckGrade;
}

/** Every check of every report. */
export function checkRows(rows: readonly ClassRow[]): CheckRow[] {
  return rows.flatMap((row) => (row.grade?.checks ?? []).map((check) => ({ row, check })));
}

/** Columns of the sheet with one line for each report. */
export function reportColumns(table: ClassTable, language: Language): Column<ClassRow>[] {
  const fr = language === "fr";
  const copies = (row: ClassRow): number => table.copies.filter(({ files }) => files.includes(row.file)).length;
  return [
    ...identityColumns<ClassRow>(language, (row) => row),
    { heading: fr ? "Variante" : "Variant", width: 12, cell: (row) => row.seed ?? "" },
    { heading: "Points", width: 8, cell: (row) => row.grade?.points ?? "" },
    { heading: fr ? "sur" : "of", width: 6, cell: (row) => row.grade?.of ?? "" },
    { heading: fr ? "Vérifications réussies" : "Checks passed", width: 14, cell: (row) => row.grade?.passed ?? "" },
    { heading: fr ? "Vérifications" : "Checks", width: 12, cell: (row) => row.grade?.checks.length ?? "" },
    { heading: fr ? "Réseaux appliqués" : "Networks applied", width: 12, cell: (row) => row.grade?.applied ?? "" },
    { heading: fr ? "Indices" : "Hints", width: 8, cell: (row) => row.grade?.hints ?? "" },
    { heading: fr ? "Étapes faites par Rempart" : "Steps done by Rempart", width: 16, cell: (row) => row.grade?.solved.join(", ") ?? "" },
    { heading: fr ? "Réponses" : "Answers", width: 9, cell: (row) => row.grade?.answered ?? "" },
    { heading: "Minutes", width: 8, cell: (row) => row.grade?.minutes ?? "" },
    { heading: fr ? "Début" : "Started", width: 17, cell: (row) => minuteOf(row.grade?.startedAt ?? "") },
    { heading: fr ? "Fin" : "Finished", width: 17, cell: (row) => minuteOf(row.grade?.finishedAt ?? "") },
    { heading: fr ? "Intégrité" : "Integrity", width: 13, cell: (row) => stateWord(row.verdict.state, language) },
    { heading: fr ? "Compte" : "Counts", width: 8, cell: (row) => (row.counts ? (fr ? "oui" : "yes") : fr ? "non" : "no") },
    { heading: fr ? "Ressemblances" : "Copies", width: 12, cell: copies },
    { heading: fr ? "Raisons" : "Reasons", width: 70, cell: (row) => rowReasons(row, table, language) },
    { heading: fr ? "Fichier" : "File", width: 30, cell: (row) => row.file },
  ];
}

/** Columns of the sheet with one line for each check of each report. */
export function checkColumns(language: Language): Column<CheckRow>[] {
  const fr = language === "fr";
  return [
    ...identityColumns<CheckRow>(language, ({ row }) => row),
    { heading: fr ? "Vérification" : "Check", width: 22, cell: ({ check }) => check.check },
    { heading: fr ? "Titre" : "Title", width: 40, cell: ({ check }) => check.title[language] },
    { heading: "Points", width: 8, cell: ({ check }) => rounded(check.points) },
    { heading: fr ? "sur" : "of", width: 6, cell: ({ check }) => check.of },
    { heading: fr ? "Résultat" : "Result", width: 16, cell: ({ check }) => outcomeWord(check.outcome, language) },
    { heading: fr ? "Essais" : "Attempts", width: 8, cell: ({ check }) => check.attempts },
    { heading: fr ? "Indices" : "Hints", width: 8, cell: ({ check }) => check.hints },
    { heading: "Minutes", width: 8, cell: ({ check }) => check.minutes ?? "" },
    { heading: fr ? "Intégrité" : "Integrity", width: 13, cell: ({ row }) => stateWord(row.verdict.state, language) },
    { heading: fr ? "Raisons" : "Reasons", width: 60, cell: ({ check }) => check.reasons.map((reason) => reason[language]).join(" ; ") },
    { heading: fr ? "Fichier" : "File", width: 30, cell: ({ row }) => row.file },
  ];
}

/** One table for all: a line for each report, its check left empty, then a line for each of its checks. */
export function classCsvRows(table: ClassTable, language: Language): Cell[][] {
  const fr = language === "fr";
  const columns = checkColumns(language);
  const total = fr ? "Total" : "Total";
  const lines = table.rows.flatMap((row) => {
    const { grade } = row;
    const identity = identityColumns<ClassRow>(language, (one) => one).map(({ cell }) => cell(row));
    const sum: Cell[] = [...identity, "", total, grade?.points ?? "", grade?.of ?? "", "", grade?.applied ?? "", grade?.hints ?? "", grade?.minutes ?? "", stateWord(row.verdict.state, language), rowReasons(row, table, language), row.file];
    return [sum, ...checkRows([row]).map((checkRow) => columns.map(({ cell }) => cell(checkRow)))];
  });
  return [columns.map(({ heading }) => heading), ...lines];
}

function identityColumns<Row>(language: Language, rowOf: (row: Row) => ClassRow): Column<Row>[] {
  const fr = language === "fr";
  return [
    { heading: fr ? "Étudiant" : "Student", width: 26, cell: (row) => rowOf(row).student },
    { heading: fr ? "Groupe" : "Group", width: 12, cell: (row) => rowOf(row).group },
    { heading: fr ? "Cours" : "Course", width: 18, cell: (row) => rowOf(row).course },
    { heading: "Date", width: 18, cell: (row) => rowOf(row).date },
    { heading: "Lab", width: 24, cell: (row) => rowOf(row).lab },
  ];
}

/** A moment as it stands in tables and sorts there: day and minute of this computer's clock. */
function minuteOf(at: string): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return Number.isNaN(date.getTime()) ? at : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const rounded = (points: number): number => Math.round(points * 100) / 100;

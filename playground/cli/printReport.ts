import type { CheckGrade, ClassRow } from "../contract/classTable.ts";
import { outcomeWord } from "../grading/classColumns.ts";
import type { Console } from "./console.ts";

const marks = { passed: ["green", "✔"], earlier: ["yellow", "◐"], partial: ["yellow", "◐"], failed: ["red", "✘"], never: ["red", "–"], unproven: ["yellow", "?"] } as const;

/** What was found out about one report: verdict, whose it is, and its grade check by check. */
export function printReport(console: Console, row: ClassRow): void {
  const { verdict, grade } = row;
  console.print(console.paint("bold", row.file));
  console.print(`  ${console.paint(verdict.state === "intact" ? "green" : "red", console.text(verdict.message))}`);
  for (const reason of verdict.reasons) console.print(`  ${console.text(reason)}`);
  if (row.lab === "") return;
  const whose = [row.student, row.group, row.course, row.date].filter((part) => part !== "").join(" · ");
  console.print(`  ${whose === "" ? console.text({ fr: "sans nom", en: "without a name" }) : whose}`);
  if (!grade) return;
  console.print(
    `  ${row.lab}${row.seed === undefined ? "" : console.text({ fr: ` (variante ${row.seed})`, en: ` (variant ${row.seed})` })}  ${console.text({
      fr: `${number(grade.points, console)} points sur ${number(grade.of, console)}, ${grade.passed} vérifications sur ${grade.checks.length}, indices : ${grade.hints}, réseaux appliqués : ${grade.applied}, ${grade.minutes} min de travail, réponses : ${grade.answered} sur ${grade.questions}`,
      en: `${grade.points} of ${grade.of} points, ${grade.passed} of ${grade.checks.length} checks, ${grade.hints} hints, ${grade.applied} networks applied, ${grade.minutes} min of work, ${grade.answered} of ${grade.questions} answers`,
    })}`,
  );
  for (const check of grade.checks) printCheck(console, check);
}

function printCheck(console: Console, check: CheckGrade): void {
  const [color, mark] = marks[check.evidence === "contradicted" || check.rerun === "fails" ? "failed" : check.outcome];
  const reasons = check.reasons.map((reason) => console.text(reason));
  const said = [check.outcome === "failed" || check.outcome === "partial" ? outcomeWord(check.outcome, console.language) : "", ...reasons, ...(check.rerun ? [console.text(rerunWords[check.rerun])] : [])].filter((part) => part !== "").join("; ");
  console.print(`    ${console.paint(color, mark)} ${check.check}${check.hidden ? console.text({ fr: " (cachée)", en: " (hidden)" }) : ""}  ${number(check.points, console)}/${number(check.of, console)}${said === "" ? "" : console.paint("dim", `  ${said}`)}`);
}

/** With two decimals at most, as the language writes them. */
export function number(value: number, { language }: Console): string {
  return value.toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { maximumFractionDigits: 2 });
}

const rerunWords = {
  same: { fr: "un nouvel essai ici montre la même chose", en: "a second run here shows the same" },
  fails: { fr: "échoue lors du nouvel essai ici", en: "fails in the second run here" },
  passes: { fr: "réussit lors du nouvel essai ici", en: "passes in the second run here" },
  "by-hand": { fr: "se fait à la main dans une machine : un nouvel essai ne peut le refaire", en: "is done by hand in a machine: a second run cannot do it again" },
};

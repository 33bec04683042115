import { resolve } from "node:path";
import type { ClassRow } from "../contract/classTable.ts";
import { chainCaveat, collect, openClassService } from "./classAccess.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { exitCodes } from "./exitCodes.ts";
import { seedOf } from "../grading/readReport.ts";
import { printReport } from "./printReport.ts";
import { rerunReport } from "./rerunReport.ts";

/** `rempart verify FILE…`: is a report what Rempart wrote, and what is it worth? Exit code 1 when one was altered, 2 when one is no report. */
export const addVerifyCommand: CommandDefinition = (program, commandLine) => {
  const { console, paths } = commandLine;
  addCommand(program, commandLine, "verify <files...>", { fr: "vérifier des rapports rendus et recalculer leur note (code 1 si l’un est altéré, 2 si l’un n’est pas un rapport)", en: "verify reports that were handed in and compute their grade again (exit code 1 when one was altered, 2 when one is no report)" }, [
    "verify martin.html",
    "verify *.html *.json --hidden grading.yml",
    "verify martin.html --rerun",
  ])
    .option("--hidden <file>", console.text({ fr: "vérifications cachées et barème de l’enseignant (plusieurs fois possible)", en: "the instructor's hidden checks and weights (may be given several times)" }), collect, [])
    .option("--rerun", console.text({ fr: "démarrer le lab ici, à part, avec le réseau rendu, et refaire toutes les vérifications", en: "start the lab here, apart, with the network handed in, and make all checks again" }))
    .addHelpText("after", `\n${chainCaveat(console)}`)
    .action((files: string[], options: { json?: boolean; hidden: string[]; rerun?: boolean }) =>
      run(commandLine, options.json, async () => {
        const service = openClassService(paths);
        const hidden = options.hidden.map((path) => resolve(path));
        const rows: ClassRow[] = [];
        for (const file of files) {
          const { row: judged, reading, labs } = await service.verify(resolve(file), hidden);
          const graded = reading.kind === "report" ? labs.labOf(reading.report.lab.id, seedOf(reading)) : undefined;
          const again = options.rerun === true && reading.kind === "report" && graded;
          const row = { ...(again ? await rerunReport(commandLine, reading, judged, graded) : judged), file };
          rows.push(row);
          if (!options.json) printReport(console, row);
        }
        if (options.json) console.printJson({ reports: rows });
        else console.note(chainCaveat(console));
        return exitCodeFor(rows);
      }),
    );
};

/** No report at all is bad input; one that was changed has failed. */
function exitCodeFor(rows: readonly ClassRow[]): number {
  const states = rows.map((row) => row.verdict.state);
  if (states.some((state) => state !== "intact" && state !== "altered" && state !== "truncated")) return exitCodes.badInput;
  const isContradicted = rows.some((row) => row.grade?.checks.some((check) => check.rerun === "fails"));
  return states.every((state) => state === "intact") && !isContradicted ? exitCodes.done : exitCodes.checksFailed;
}

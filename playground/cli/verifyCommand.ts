import { resolve } from "node:path";
import type { ClassRow } from "../contract/classTable.ts";
import { chainCaveat, collect, openClassService } from "./classAccess.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { exitCodes } from "./exitCodes.ts";
import { printReport } from "./printReport.ts";

/** `rempart verify FILE…`: is a report what Rempart wrote, and what is it worth? Exit code 1 when one was altered, 2 when one is no report. */
export const addVerifyCommand: CommandDefinition = (program, commandLine) => {
  const { console, paths } = commandLine;
  addCommand(program, commandLine, "verify <files...>", { fr: "vérifier des rapports rendus et recalculer leur note (code 1 si l’un est altéré, 2 si l’un n’est pas un rapport)", en: "verify reports that were handed in and compute their grade again (exit code 1 when one was altered, 2 when one is no report)" }, [
    "verify martin.html",
    "verify *.html *.json --hidden grading.yml",
  ])
    .option("--hidden <file>", console.text({ fr: "vérifications cachées et barème de l’enseignant (plusieurs fois possible)", en: "the instructor's hidden checks and weights (may be given several times)" }), collect, [])
    .addHelpText("after", `\n${chainCaveat(console)}`)
    .action((files: string[], options: { json?: boolean; hidden: string[] }) =>
      run(commandLine, options.json, async () => {
        const service = openClassService(paths);
        const hidden = options.hidden.map((path) => resolve(path));
        const rows: ClassRow[] = [];
        for (const file of files) {
          const { row } = await service.verify(resolve(file), hidden);
          rows.push({ ...row, file });
          if (!options.json) printReport(console, { ...row, file });
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
  return states.every((state) => state === "intact") ? exitCodes.done : exitCodes.checksFailed;
}

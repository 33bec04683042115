import type { CheckObservation } from "../contract/contract.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { exitCodes } from "./exitCodes.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart check LAB [CHECK…]`: judges the running network; exit code 1 when a check fails. */
export const addCheckCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "check <lab> [checks...]", { fr: "vérifier le réseau qui tourne (code 1 si une vérification échoue)", en: "judge the network that runs (exit code 1 when a check fails)" }, [
    "check 06-vpc-build",
    "check 06-vpc-build web-answers --verbose",
  ])
    .option("--verbose", console.text({ fr: "montrer aussi commandes et sorties des vérifications réussies", en: "show commands and outputs of passed checks too" }))
    .action((argument: string, ids: string[], options: { json?: boolean; verbose?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        const [{ checks }, detail] = await Promise.all([client.call("checks.run", ids.length === 0 ? { lab } : { lab, ids }), client.call("labs.get", { lab })]);
        const passed = checks.every((check) => check.state === "passed");
        if (options.json) console.printJson({ passed, checks });
        else {
          const titles = new Map(detail.steps.flatMap((step) => step.checks).map((check) => [check.id, check]));
          for (const check of checks) {
            const known = titles.get(check.id);
            printCheck(console, check, known && console.text(known.title), known?.why && console.text(known.why), options.verbose === true);
          }
          const count = checks.filter((check) => check.state === "passed").length;
          console.print(console.text({ fr: `${count} sur ${checks.length} réussies.`, en: `${count} of ${checks.length} passed.` }));
        }
        return passed ? exitCodes.done : exitCodes.checksFailed;
      }),
    );
};

function printCheck(console: Console, check: CheckObservation, title: string | undefined, why: string | undefined, verbose: boolean): void {
  const mark = check.state === "passed" ? console.paint("green", "✔") : check.state === "blocked" ? console.paint("yellow", "…") : console.paint("red", "✘");
  console.print(`${mark} ${check.id}${title === undefined ? "" : `  ${title}`}`);
  if (check.summary) console.print(`    ${console.text(check.summary)}`);
  if (check.state === "passed" && !verbose) return;
  if (check.command !== "") console.print(console.paint("dim", `    $ ${check.command}`));
  for (const line of check.output.trimEnd().split("\n").slice(0, 20)) if (line !== "") console.print(console.paint("dim", `    ${line}`));
  if (check.state !== "passed" && why !== undefined) console.print(`    → ${why}`);
}

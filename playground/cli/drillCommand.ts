import type { DrillStatus } from "../contract/breakagesContract.ts";
import { evidenceText } from "../model/drillText.ts";
import { RempartError } from "../model/errors.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { exitCodes } from "./exitCodes.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart drill LAB [--seed N]`: hides faults in a lab that runs, and says when they are repaired. */
export const addDrillCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  const text = console.text.bind(console);
  addCommand(program, commandLine, "drill <lab>", { fr: "s’exercer : une panne cachée à trouver et à réparer", en: "an exercise: a hidden fault to find and to repair" }, [
    "drill 07-route-tables-gateways --seed 12",
    "drill 07-route-tables-gateways --seed lundi --difficulty 3",
    "drill 07-route-tables-gateways",
    "drill 07-route-tables-gateways --give-up",
  ])
    .option("--seed <seed>", text({ fr: "commencer : la même graine cache toujours les mêmes pannes", en: "begin: the same seed always hides the same faults" }))
    .option("--difficulty <level>", text({ fr: "1 une panne simple, 2 une panne quelconque, 3 deux pannes", en: "1 a simple fault, 2 any fault, 3 two faults" }), "1")
    .option("--give-up", text({ fr: "montrer ce qui est cassé", en: "show what is broken" }))
    .addHelpText("after", `\n${text({
      fr: "Sans --seed, la commande regarde si tout est réparé. On répare par ses propres moyens : dans les machines, dans\nnetwork.yml, ou en réécrivant une ressource (rempart repair). Codes de sortie : 0 réparé ou commencé, 1 encore cassé.",
      en: "Without --seed, the command looks whether all is repaired. Repair by your own means: in the machines, in\nnetwork.yml, or by writing a resource again (rempart repair). Exit codes: 0 repaired or begun, 1 still broken.",
    })}`)
    .action((argument: string, options: { json?: boolean; seed?: string; difficulty: string; giveUp?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        if (options.giveUp) await client.call("breakages.hide", { lab, hidden: false });
        const difficulty = Number(options.difficulty);
        if (![1, 2, 3].includes(difficulty)) throw new RempartError("input.bad-arguments", "--difficulty : 1, 2, 3", { kind: "input", next: "rempart drill --help" });
        const drill = options.seed === undefined ? await client.call("drills.judge", { lab }) : await client.call("drills.start", { lab, seed: options.seed, difficulty });
        if (options.json) console.printJson(drill);
        else print(console, lab, drill, options.seed !== undefined);
        return options.seed === undefined && drill.state === "broken" ? exitCodes.checksFailed : undefined;
      }),
    );
};

function print(console: Console, lab: string, drill: DrillStatus, begun: boolean): void {
  const text = console.text.bind(console);
  const time = `${Math.floor(drill.milliseconds / 60_000)} min ${Math.floor((drill.milliseconds / 1000) % 60)} s`;
  if (begun) {
    console.print(text({
      fr: `${drill.faults > 1 ? `${drill.faults} pannes sont cachées` : "Une panne est cachée"} dans ${lab} (graine ${drill.seed}). À vous.`,
      en: `${drill.faults > 1 ? `${drill.faults} faults are` : "A fault is"} hidden in ${lab} (seed ${drill.seed}). Your turn.`,
    }));
    return console.print(text({ fr: `rempart drill ${lab} regarde si tout est réparé.`, en: `rempart drill ${lab} looks whether all is repaired.` }));
  }
  if (drill.state === "broken") console.print(console.paint("yellow", text({ fr: `Pas encore réparé, après ${time}.`, en: `Not repaired yet, after ${time}.` })));
  else if (drill.state === "repaired") console.print(console.paint("green", text({ fr: `Réparé en ${time}.`, en: `Repaired in ${time}.` })));
  else console.print(text({ fr: "Vous avez regardé la solution.", en: "You have looked at the solution." }));
  for (const part of drill.parts) console.print(`  ${part.mended ? "✓" : "·"} ${text(part.text)}`);
  if (drill.evidence.length > 0) console.print(console.paint("dim", text({ fr: "Regardé, dans l’ordre :", en: "Looked at, in this order:" })));
  for (const look of drill.evidence) console.print(console.paint("dim", `  ${text(evidenceText(look))}`));
  if (drill.missed.length > 0) console.print(console.paint("dim", text({ fr: `Réécrit pour rien : ${drill.missed.join(", ")}`, en: `Written again for nothing: ${drill.missed.join(", ")}` })));
}

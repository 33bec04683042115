import { InvalidArgumentError } from "commander";
import { largestSeed, seedOfName } from "../model/variants.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { interruptible } from "./interrupts.ts";
import { printStatus } from "./printStatus.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart up LAB`: starts a lab, or completes one that was interrupted. */
export const addUpCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "up <lab>", { fr: "démarrer un lab, ou compléter celui qui fut interrompu", en: "start a lab, or complete one that was interrupted" }, ["up 06-vpc-build", "up ./my-lab", "up 06-vpc-build --seed 42", "up 06-vpc-build --student 'Jeanne Dupont'"])
    .option("--seed <number>", console.text({ fr: "variante du lab, avant le premier démarrage", en: "variant of the lab, before its first start" }), parseSeed)
    .option("--student <name>", console.text({ fr: "variante du lab tirée du nom de l’étudiant", en: "variant of the lab, from the student's name" }))
    .action((argument: string, options: { json?: boolean; seed?: number; student?: string }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        const seed = options.seed ?? (options.student === undefined ? undefined : seedOfName(options.student));
        if (seed !== undefined) {
          await client.call("variants.choose", { lab, seed });
          console.note(console.text({ fr: `Variante ${seed}.`, en: `Variant ${seed}.` }));
        }
        const stop = reportProgress(console, client, (task) => task === "setup" || task === `up:${lab}`);
        try {
          const status = await interruptible(
            client.call("labs.up", { lab }),
            () => client.call("system.cancel", { task: `up:${lab}` }),
            () =>
              console.note(
                console.text({
                  fr: `\nInterrompu. Ce qui est déjà là est gardé : \`rempart up ${lab}\` complète, \`rempart down ${lab}\` enlève tout.`,
                  en: `\nInterrupted. What is there already is kept: \`rempart up ${lab}\` completes it, \`rempart down ${lab}\` removes all.`,
                }),
              ),
          );
          stop();
          if (options.json) console.printJson(status);
          else printStatus(console, status);
        } finally {
          stop();
        }
        return undefined;
      }),
  );
};

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`A seed is a whole number from 0 to ${largestSeed}.`);
  return Number(text);
}

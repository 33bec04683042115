import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { interruptible } from "./interrupts.ts";
import { printStatus } from "./printStatus.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart up LAB`: starts a lab, or completes one that was interrupted. */
export const addUpCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "up <lab>", { fr: "démarrer un lab, ou compléter celui qui fut interrompu", en: "start a lab, or complete one that was interrupted" }, ["up 06-vpc-build", "up ./my-lab"]).action(
    (argument: string, options: { json?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
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

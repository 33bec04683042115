import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";
import { RempartError } from "../model/errors.ts";

/** `rempart down LAB`: stops a lab; the student's files stay unless told otherwise. */
export const addDownCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "down [lab]", { fr: "arrêter un lab ; vos fichiers restent", en: "stop a lab; your files stay" }, ["down 06-vpc-build", "down 06-vpc-build --forget", "down --all"])
    .option("--forget", console.text({ fr: "supprimer aussi vos fichiers de ce lab", en: "also delete your files of that lab" }))
    .option("--all", console.text({ fr: "arrêter tous les labs qui tournent", en: "stop every lab that runs" }))
    .action((argument: string | undefined, options: { json?: boolean; forget?: boolean; all?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        if ((argument === undefined) === (options.all !== true)) {
          throw new RempartError("input.bad-arguments", console.text({ fr: "Nommez un lab, ou --all.", en: "Name one lab, or --all." }), { kind: "input" });
        }
        const labs = argument === undefined ? (await client.call("labs.list", {})).labs.filter((lab) => lab.phase !== "stopped").map((lab) => lab.id) : [await resolveLab(client, argument)];
        for (const lab of labs) {
          const stop = reportProgress(console, client, (task) => task === `down:${lab}`);
          try {
            await client.call("labs.down", { lab, forget: options.forget === true });
          } finally {
            stop();
          }
          if (!options.json) console.print(console.text({ fr: `${lab} : arrêté, rien ne reste en route.`, en: `${lab}: stopped, nothing of it runs any more.` }));
        }
        if (options.json) console.printJson({ stopped: labs });
        return undefined;
      }, options.all === true ? { discover: "needed" } : {}),
    );
};

import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { printStatus } from "./printStatus.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart status [LAB]`: one lab, or all that run. */
export const addStatusCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "status [lab]", { fr: "montrer les machines d’un lab, ou de tous ceux qui tournent", en: "show the machines of a lab, or of all that run" }, ["status", "status 06-vpc-build --json"]).action(
    (argument: string | undefined, options: { json?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const running = argument === undefined ? (await client.call("labs.list", {})).labs.filter((lab) => lab.phase !== "stopped").map((lab) => lab.id) : [await resolveLab(client, argument)];
        const statuses = await Promise.all(running.map((lab) => client.call("labs.status", { lab })));
        if (options.json) console.printJson(argument === undefined ? { labs: statuses } : statuses[0]);
        else if (statuses.length === 0) console.print(console.text({ fr: "Aucun lab ne tourne.", en: "No lab is running." }));
        else for (const status of statuses) printStatus(console, status);
        return undefined;
      }, argument === undefined ? { discover: "needed" } : {}),
  );
};

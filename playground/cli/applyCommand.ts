import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { paintPlan } from "./planCommand.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart apply LAB`: makes the network that runs the one of network.yml. */
export const addApplyCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "apply <lab>", { fr: "faire du réseau qui tourne celui de network.yml", en: "make the network that runs the one of network.yml" }, ["apply 06-vpc-build"]).action((argument: string, options: { json?: boolean }) =>
    runConnected(commandLine, options.json, async (client) => {
      const lab = await resolveLab(client, argument);
      const stop = reportProgress(console, client, (task) => task === `apply:${lab}`);
      try {
        const result = await client.call("network.apply", { lab });
        stop();
        if (options.json) console.printJson(result);
        else {
          console.print(paintPlan(console, result.plan));
          if (result.plan.changes.length > 0) console.print(console.text({ fr: `Appliqué en ${Math.round(result.milliseconds)} ms.`, en: `Applied in ${Math.round(result.milliseconds)} ms.` }));
        }
      } finally {
        stop();
      }
      return undefined;
    }),
  );
};

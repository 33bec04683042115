import { formatPlan } from "../model/formatPlan.ts";
import type { Plan } from "../model/plan.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart plan LAB`: what `apply` would do. */
export const addPlanCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "plan <lab>", { fr: "montrer ce que network.yml changerait au réseau qui tourne", en: "show what network.yml would change in the network that runs" }, ["plan 06-vpc-build", "plan 06-vpc-build --json"]).action(
    (argument: string, options: { json?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const plan = await client.call("network.plan", { lab: await resolveLab(client, argument) });
        if (options.json) console.printJson(plan);
        else console.print(paintPlan(console, plan));
        return undefined;
      }),
  );
};

/** The plan with its signs in colour: green appears, yellow changes, red goes. */
export function paintPlan(console: Console, plan: Plan): string {
  return formatPlan(plan, console.language)
    .trimEnd()
    .split("\n")
    .map((line) => {
      const sign = /^\s*(-\/\+|[+~-]) /.exec(line)?.[1];
      if (sign === undefined) return line;
      return console.paint(sign === "+" ? "green" : sign === "~" ? "yellow" : "red", line);
    })
    .join("\n");
}

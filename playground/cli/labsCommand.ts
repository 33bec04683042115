import type { LabSummary } from "../contract/contract.ts";
import type { Localized } from "../model/lab.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { formatTable } from "./table.ts";

export const phaseTexts: Readonly<Record<LabSummary["phase"], Localized>> = {
  stopped: { fr: "arrêté", en: "stopped" },
  starting: { fr: "démarre", en: "starting" },
  running: { fr: "tourne", en: "running" },
  stopping: { fr: "s’arrête", en: "stopping" },
  applying: { fr: "change", en: "applying" },
  broken: { fr: "incomplet", en: "broken" },
};

/** `rempart labs`: the library. */
export const addLabsCommand: CommandDefinition = (program, commandLine) => {
  addCommand(program, commandLine, "labs", { fr: "lister les labs et leur avancement", en: "list the labs and where you stand" }, ["labs", "labs --json"]).action((options: { json?: boolean }) =>
    runConnected(commandLine, options.json, async (client) => {
      const { console } = commandLine;
      const { labs } = await client.call("labs.list", {});
      if (options.json) {
        console.printJson({ labs });
        return undefined;
      }
      const rows = labs.map((lab) => {
        const color = lab.phase === "running" ? "green" : lab.phase === "broken" ? "red" : "dim";
        return [lab.id, console.paint(color, console.text(phaseTexts[lab.phase])), `${lab.passedChecks}/${lab.totalChecks}`, `${lab.minutes} min`, `${lab.memoryMegabytes} MB`, console.text(lab.title)];
      });
      const head = console.text({ fr: "LAB|ÉTAT|ACQUIS|DURÉE|MÉMOIRE|TITRE", en: "LAB|STATE|PASSED|TIME|MEMORY|TITLE" }).split("|");
      console.print(formatTable([head.map((cell) => console.paint("bold", cell)), ...rows]));
      return undefined;
    }, { discover: "wanted" }),
  );
};

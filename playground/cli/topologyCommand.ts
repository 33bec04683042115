import { Option } from "commander";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart topology LAB`: the picture of a lab as text that other programs draw. */
export const addTopologyCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "topology <lab>", { fr: "écrire la topologie pour Mermaid ou Graphviz", en: "write the topology for Mermaid or Graphviz" }, [
    "topology 06-vpc-build",
    "topology 06-vpc-build --format dot | dot -Tsvg > lab.svg",
  ])
    .addOption(new Option("--format <name>", console.text({ fr: "forme du texte", en: "form of the text" })).choices(["mermaid", "dot"]).default("mermaid"))
    .action((argument: string, options: { json?: boolean; format: "mermaid" | "dot" }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        if (options.json) console.printJson(await client.call("topology.get", { lab }));
        else console.print((await client.call("topology.export", { lab, format: options.format })).text.trimEnd());
        return undefined;
      }),
    );
};

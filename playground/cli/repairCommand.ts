import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { resolveLab } from "./resolveLab.ts";

/** `rempart repair LAB RESOURCE`: writes one resource again as network.yml has it, and starts an instance that is off. */
export const addRepairCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "repair <lab> <resource>", { fr: "réécrire une ressource telle que network.yml la décrit", en: "write one resource again as network.yml has it" }, [
    "repair 07-route-tables-gateways route_tables.foo-private",
    "repair 08-ssh-bastion security_groups.bastion",
    "repair 08-ssh-bastion instances.bastion",
    "repair 08-ssh-bastion cables.bastion",
  ])
    .addHelpText("after", `\n${console.text({
      fr: "Comme « tofu apply -replace=… » : ce qui tourne peut différer de ce qui est écrit, et seule la ressource nommée\nest refaite. Une instance arrêtée est démarrée ; cables.MACHINE rebranche le câble d’une machine.",
      en: "As 'tofu apply -replace=…': what runs may differ from what is written, and the resource named is made again alone.\nAn instance that is off is started; cables.MACHINE plugs a machine's cable in again.",
    })}`)
    .action((argument: string, resource: string, options: { json?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        const result = await client.call("breakages.repair", { lab, resource });
        if (options.json) console.printJson(result);
        else if (result.changed) console.print(console.text({ fr: `${resource} : réécrite, ce qui tournait en différait.`, en: `${resource}: written again, what ran differed from it.` }));
        else console.print(console.text({ fr: `${resource} : rien n’en différait.`, en: `${resource}: nothing differed from it.` }));
        return undefined;
      }),
    );
};

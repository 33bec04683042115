import { countExposure, type Exposure, type ExposureRow } from "../model/exposure.ts";
import { portStateTexts, rowPorts, rowWhy, scanReasonText, staleText } from "../model/exposureText.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import type { Color, Console } from "./console.ts";
import { interruptible } from "./interrupts.ts";
import { reportProgress } from "./progressReporter.ts";
import { resolveLab } from "./resolveLab.ts";
import { formatTable } from "./table.ts";

const stateColors: Readonly<Record<ExposureRow["state"], Color>> = { open: "yellow", closed: "dim", filtered: "green", "open|filtered": "dim", unfiltered: "dim" };

/** `rempart exposure LAB FROM`: what of the lab answers somebody who knocks at every door from one machine. */
export const addExposureCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "exposure <lab> <from>", { fr: "scanner le lab depuis une machine : ce qui répond, et pourquoi", en: "scan the lab from a machine: what answers, and why" }, [
    "exposure 05-public-to-private stranger",
    "exposure 05-public-to-private web --json",
    "exposure 05-public-to-private stranger --clear",
  ])
    .option("--clear", console.text({ fr: "oublier la mesure et enlever ses marques de la topologie", en: "forget the measurement, and take its badges from the topology" }))
    .addHelpText("after", `\n${console.text({
      fr: "Le scan est un vrai nmap, lancé dans la machine, vers les seules adresses du lab : les ports TCP 1-1024 et\nceux que le cours, les services et les règles nomment, et quelques ports UDP. Un écart avec la prévision est\nmontré, et n’est pas un échec. Codes de sortie : 0 mesuré, 2 machine inconnue ou sans nmap, 3 pas de moteur,\n4 nmap a échoué, 130 interrompu.",
      en: "The scan is a real nmap, run in the machine, to addresses of the lab alone: TCP ports 1-1024 and those that the\ncourse, the services and the rules name, and a few UDP ports. A difference from the prediction is shown, and is\nno failure. Exit codes: 0 measured, 2 unknown machine or one without nmap, 3 no engine, 4 nmap failed, 130 interrupted.",
    })}`)
    .action((argument: string, from: string, options: { json?: boolean; clear?: boolean }) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        if (options.clear === true) {
          await client.call("exposure.clear", { lab });
          if (options.json) console.printJson({});
          return undefined;
        }
        const stop = reportProgress(console, client, (task) => task === `exposure:${lab}`);
        try {
          const exposure = await interruptible(client.call("exposure.scan", { lab, from }), () => client.call("system.cancel", { task: `exposure:${lab}` }), () => console.note(console.text({ fr: "\nInterrompu.", en: "\nInterrupted." })));
          stop();
          if (options.json) console.printJson(exposure);
          else print(console, exposure);
        } finally {
          stop();
        }
        return undefined;
      }),
    );
};

function print(console: Console, exposure: Exposure): void {
  for (const one of exposure.addresses) {
    const silent = one.rows.every((row) => row.state === "filtered" || row.state === "open|filtered");
    console.print(`${console.paint("cyan", one.address)}  ${one.holder}${silent ? `  ${console.paint("green", console.text({ fr: "rien ne répond", en: "nothing answers" }))}` : ""}`);
    console.print(formatTable(one.rows.map((row) => rowOf(console, row))));
    for (const row of one.rows) {
      const { finding } = rowWhy(row, console.language);
      if (finding !== undefined) console.print(console.paint("yellow", `    ${rowPorts(row, console.language)} : ${finding}`));
    }
  }
  const { ports, addresses } = countExposure(exposure);
  console.print("");
  console.print(console.text({
    fr: `Vu de ${exposure.from} : ${ports} ${ports > 1 ? "portes ouvertes" : "porte ouverte"}, à ${addresses} ${addresses > 1 ? "adresses" : "adresse"} (${(exposure.milliseconds / 1000).toFixed(1).replace(".", ",")} s).`,
    en: `Seen from ${exposure.from}: ${ports} open ${ports === 1 ? "door" : "doors"}, at ${addresses} ${addresses === 1 ? "address" : "addresses"} (${(exposure.milliseconds / 1000).toFixed(1)} s).`,
  }));
  if (exposure.left > 0) console.print(console.text({ fr: `${exposure.left} adresses n’ont pas été scannées.`, en: `${exposure.left} addresses were not scanned.` }));
  if (exposure.method === "connect") console.print(console.text({ fr: "Sans paquets bruts : UDP n’a pas été scanné.", en: "Without raw packets: UDP was not scanned." }));
  if (exposure.isStale) console.print(console.paint("yellow", console.text(staleText)));
  console.print(console.paint("dim", `    $ ${exposure.command}`));
}

function rowOf(console: Console, row: ExposureRow): string[] {
  const { why } = rowWhy(row, console.language);
  const service = row.service === undefined || row.state !== "open" ? "" : ` ${row.service}`;
  return ["   ", rowPorts(row, console.language), console.paint(stateColors[row.state], console.text(portStateTexts[row.state])) + service, console.paint("dim", scanReasonText(row.reason, console.language)), row.why?.decidedBy === undefined ? (why ?? "") : console.paint("cyan", `[${row.why.decidedBy}]`)];
}

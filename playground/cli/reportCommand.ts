import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Option } from "commander";
import { reportFormats, type ReportIdentity } from "../contract/reportContract.ts";
import { RempartError } from "../model/errors.ts";
import { addCommand, runConnected } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { resolveLab } from "./resolveLab.ts";

type Options = Partial<ReportIdentity> & { json?: boolean; format: (typeof reportFormats)[number]; out?: string };

/** `rempart report LAB`: the report of what was done in a lab, as a file. */
export const addReportCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "report <lab>", { fr: "exporter le compte rendu d’un lab", en: "export the report of a lab" }, [
    "report 06-vpc-build --student 'Ada Lovelace' --group 2A",
    "report 06-vpc-build --format pdf --out ada.pdf",
    "--language en report 06-vpc-build --format md",
  ])
    .addOption(new Option("--format <name>", console.text({ fr: "forme du fichier", en: "form of the file" })).choices(reportFormats).default("html"))
    .option("--out <file>", console.text({ fr: "fichier à écrire ; par défaut un nom d’après le lab et l’étudiant, ici", en: "file to write; by default one named after lab and student, here" }))
    .option("--student <name>", console.text({ fr: "nom de l’étudiant, retenu pour la fois suivante", en: "the student’s name, remembered for the next time" }))
    .option("--group <name>", console.text({ fr: "son groupe", en: "their group" }))
    .option("--course <name>", console.text({ fr: "le cours", en: "the course" }))
    .option("--date <text>", console.text({ fr: "la date telle qu’elle doit figurer ; par défaut celle du jour", en: "the date as it is to stand there; by default today’s" }))
    .addHelpText("after", `\n${console.text({
      fr: "Le HTML et le JSON portent la chaîne des événements : une retouche s’y voit. Qui referait toute la chaîne passerait ;\nseul « rempart verify --rerun », qui relance les vérifications, prouve le résultat.",
      en: "HTML and JSON carry the chain of events: an edit shows in it. Somebody who made the whole chain anew would pass;\nonly 'rempart verify --rerun', which runs the checks again, proves the result.",
    })}`)
    .action((argument: string, options: Options) =>
      runConnected(commandLine, options.json, async (client) => {
        const lab = await resolveLab(client, argument);
        const { identity: remembered } = await client.call("reports.state", { lab });
        const { student = remembered.student, group = remembered.group, course = remembered.course, date = "" } = options;
        const made = await client.call("reports.make", { lab, format: options.format, identity: { student, group, course, date }, language: console.language });
        const parts: Buffer[] = [];
        for (let from: number | undefined = 0; from !== undefined; ) {
          const part: { data: string; next?: number | undefined } = await client.call("reports.read", { report: made.report, from });
          parts.push(Buffer.from(part.data, "base64"));
          from = part.next;
        }
        const file = resolve(options.out ?? made.name);
        await writeFile(file, Buffer.concat(parts)).catch((cause: unknown) => {
          throw new RempartError("input.cannot-write-file", `${file} cannot be written.`, { kind: "input", kept: "What was recorded.", next: "Name another file with --out.", cause });
        });
        if (options.json) console.printJson({ file, format: options.format, bytes: made.bytes });
        else console.print(console.text({ fr: `Compte rendu écrit : ${file}`, en: `Report written: ${file}` }));
        return undefined;
      }),
    );
};

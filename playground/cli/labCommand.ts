import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { ScenarioProof } from "../contract/authorContract.ts";
import type { RempartClient } from "../contract/contract.ts";
import { RempartError } from "../model/errors.ts";
import { addCommand, runConnected, type CommandDefinition, type CommandLine } from "./commandLine.ts";
import type { Console } from "./console.ts";
import { exitCodes } from "./exitCodes.ts";
import { interruptible } from "./interrupts.ts";
import { formatFaults } from "./printError.ts";
import { reportProgress } from "./progressReporter.ts";
import { formatTable } from "./table.ts";

/** Nothing larger is read as a lab's file: what it may unpack to is far smaller. */
const fileLimit = 2_600_000;

/** `rempart lab …`: labs of one's own, and labs as one file. */
export const addLabCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  const lab = program.command("lab").description(console.text({ fr: "faire des labs à soi, les prouver, les donner et les recevoir en un fichier", en: "make labs of your own, prove them, hand them on and take them as one file" }));
  const add = (...[usage, description, examples]: [string, { fr: string; en: string }, string[]]) => addCommand(lab, commandLine, usage, description, examples.map((example) => `lab ${example}`));

  add("list", { fr: "lister vos labs et les modèles", en: "list your labs and the templates" }, ["list"]).action((options: { json?: boolean }) =>
    runConnected(commandLine, options.json, async (client) => {
      const found = await client.call("studio.list", {});
      if (options.json) console.printJson(found);
      else {
        console.print(formatTable([...found.labs.map((own) => [own.lab, own.faults === 0 ? console.text({ fr: "sans faute", en: "no faults" }) : console.text({ fr: `${own.faults} faute(s)`, en: `${own.faults} fault(s)` }), console.text(own.title), own.folder])]));
        console.note(`${console.text({ fr: "Modèles, outre tous les labs :", en: "Templates, beside all labs:" })} ${found.templates.map(({ id }) => id).join(", ")}`);
      }
      return undefined;
    }),
  );

  add("new <id>", { fr: "faire un lab à partir d’un modèle ou d’un autre lab", en: "make a lab from a template or from another lab" }, ["new my-lab", "new my-lab --from 06-vpc-build --title 'Mon lab'"])
    .option("--from <template>", console.text({ fr: "modèle ou lab de départ", en: "template or lab to begin with" }), "template:1-empty-vpc")
    .option("--title <title>", console.text({ fr: "titre du lab", en: "title of the lab" }))
    .action((id: string, options: { json?: boolean; from: string; title?: string }) =>
      runConnected(commandLine, options.json, async (client) => {
        const title = options.title ?? id;
        const draft = await client.call("studio.create", { lab: id, title: { fr: title, en: title }, template: options.from });
        if (options.json) console.printJson(draft);
        else console.print(draft.folder);
        return undefined;
      }),
    );

  add("prove <lab>", { fr: "prouver un lab à vous : départ, solution, variantes fautives", en: "prove a lab of your own: start, solution, broken variants" }, ["prove my-lab"]).action((id: string, options: { json?: boolean }) =>
    runConnected(commandLine, options.json, (client) => prove(commandLine, client, id, options.json === true)),
  );

  add("pack <lab> [file]", { fr: "écrire un lab dans un seul fichier", en: "write a lab into one file" }, ["pack my-lab", "pack my-lab ~/my-lab.rempart-lab.tgz"]).action((id: string, file: string | undefined, options: { json?: boolean }) =>
    runConnected(commandLine, options.json, async (client) => {
      const { name, data } = await client.call("studio.pack", { lab: id });
      const target = resolve(file ?? name);
      await writeFile(target, Buffer.from(data, "base64"), { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
        throw new RempartError("input.cannot-write-file", `${target} cannot be written: ${error.code === "EEXIST" ? "it is there already" : error.message}.`, { kind: "input", kept: "What is there.", next: "Name another file.", cause: error });
      });
      if (options.json) console.printJson({ file: target });
      else console.print(target);
      return undefined;
    }),
  );

  add("add <file>", { fr: "prendre un lab d’un fichier", en: "take a lab from a file" }, ["add my-lab.rempart-lab.tgz"]).action((file: string, options: { json?: boolean }) =>
    runConnected(commandLine, options.json, async (client) => {
      const taken = await client.call("studio.unpack", { data: await readPacked(resolve(file)) });
      if (options.json) console.printJson(taken);
      else console.print(`${taken.lab}: ${taken.folder}`);
      return undefined;
    }),
  );
};

async function readPacked(file: string): Promise<string> {
  if (!existsSync(file)) throw new RempartError("input.no-such-file", `There is nothing at ${file}.`, { kind: "input" });
  const found = await stat(file);
  if (!found.isFile()) throw new RempartError("input.not-a-lab-file", `${basename(file)} is not a file.`, { kind: "input", kept: "Nothing was written.", next: "A folder is taken by rempart up FOLDER." });
  if (found.size > fileLimit) throw new RempartError("input.lab-file-too-large", `${basename(file)} is larger than ${fileLimit} bytes.`, { kind: "input", kept: "Nothing was written.", next: "A lab is text; ask for one without other things in it." });
  return (await readFile(file)).toString("base64");
}

async function prove(commandLine: CommandLine, client: RempartClient, id: string, json: boolean): Promise<number> {
  const { console } = commandLine;
  const { faults, folder } = await client.call("studio.read", { lab: id });
  if (faults.length > 0) {
    if (json) console.printJson({ lab: id, faults });
    else console.print(formatFaults(console, faults, `${folder}/`));
    return exitCodes.badInput;
  }
  const stop = reportProgress(console, client, (task) => task === "setup" || task === `up:${id}`);
  const told = new Set<string>();
  const forget = client.on("studio.proof", (proof) => {
    if (json || proof.lab !== id) return;
    for (const one of proof.scenarios) {
      if (one.state === "waiting" || one.state === "running" || told.has(one.scenario)) continue;
      told.add(one.scenario);
      console.print(lineOf(console, one));
    }
  });
  try {
    const { scenarios } = await interruptible(client.call("studio.prove", { lab: id }), () => client.call("system.cancel", { task: `prove:${id}` }), () => console.note(console.text({ fr: "\nInterrompu après l’état en cours.", en: "\nInterrupted after the state under way." })));
    if (json) console.printJson({ lab: id, scenarios });
    return scenarios.every(({ state }) => state === "proved") ? exitCodes.done : exitCodes.checksFailed;
  } finally {
    forget();
    stop();
  }
}

function lineOf(console: Console, { scenario, state, unexpected, milliseconds = 0 }: ScenarioProof): string {
  const words = state === "proved" ? console.paint("green", console.text({ fr: "prouvé", en: "proved" })) : console.paint("red", console.text({ fr: "non tenu", en: "not kept" }));
  return [`${scenario}: ${words} (${(milliseconds / 1000).toFixed(1)} s)`, ...unexpected.map((line) => `  ${console.text(line)}`)].join("\n");
}

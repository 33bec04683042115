import { resolve } from "node:path";
import type { Command } from "commander";
import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { allImageNames, clusterImageNames, imageName, imageReference, machineImageNames } from "../images/catalogue.ts";
import { ensureImages } from "../images/ensureImage.ts";
import { ensureHostTool } from "../images/hostTools.ts";
import { loadArchive, saveArchive } from "../images/loadSupplier.ts";
import { presentImage } from "../images/presentImage.ts";
import { addCommand, run, type CommandDefinition, type CommandLine } from "./commandLine.ts";
import { formatBytes, formatTable } from "./table.ts";

interface Options {
  readonly json?: boolean;
  readonly build?: boolean;
  readonly save?: string;
  readonly load?: string;
}

/** `rempart images`: the images that labs need; build, save and load them for machines without a network. */
export const addImagesCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  const images = addCommand(program, commandLine, "images", { fr: "lister, construire, enregistrer ou charger les images des machines", en: "list, build, save or load the machines' images" }, [
    "images",
    "images --build",
    "images build cluster",
    "images --save rempart-images.tar",
    "images --load rempart-images.tar",
  ])
    .option("--build", console.text({ fr: "obtenir ou construire celles qui manquent, hors clusters", en: "get or build those that are missing, but for clusters" }))
    .option("--save <file>", console.text({ fr: "les enregistrer dans une archive", en: "save them to an archive" }))
    .option("--load <file>", console.text({ fr: "les charger d’une archive", en: "load them from an archive" }))
    .action((options: Options) =>
      run(commandLine, options.json, async () => {
        const engine = await connectEngine();
        if (options.load !== undefined) await loadArchive(engine, resolve(options.load), noteTo(commandLine));
        if (options.build === true) await ensureImages(engine, machineImageNames, noteTo(commandLine));
        if (options.save !== undefined) await saveArchive(engine, resolve(options.save));
        return list(commandLine, engine, options.json, machineImageNames);
      }),
    );
  addBuild(images, commandLine);
};

/** `rempart images build`: what a family of labs needs, or single images by name. */
function addBuild(images: Command, commandLine: CommandLine): void {
  addCommand(images, commandLine, "build <what...>", { fr: "obtenir ou construire ce qu’il faut aux clusters (cluster), aux autres labs (machines), ou des images par leur nom", en: "get or build what clusters need (cluster), what other labs need (machines), or images by name" }, [
    "images build cluster",
    "images build kubernetes-node curl:1",
  ]).action((what: string[], _options: Options, command: Command) => {
    // The command above has an option of the same name, which takes it wherever it stands.
    const json = command.optsWithGlobals<Options>().json;
    return run(commandLine, json, async () => {
      const names = what.flatMap((name): readonly string[] => (name === "cluster" ? clusterImageNames : name === "machines" ? machineImageNames : [name])).map(imageName);
      const engine = await connectEngine();
      const note = noteTo(commandLine);
      if (what.includes("cluster")) await ensureHostTool("kind", note);
      await ensureImages(engine, names, note);
      return list(commandLine, engine, json, names);
    });
  });
}

/** Prints which images are there. The exit code is 3 when one of those that are `wanted` is not. */
async function list({ console }: CommandLine, engine: ContainerEngine, json: boolean | undefined, wanted: readonly string[]): Promise<number> {
  const images = await Promise.all(
    allImageNames.map(async (name) => {
      const reference = (await presentImage(engine, name)) ?? imageReference(name);
      const bytes = await engine.imageSize(reference);
      return { name, reference, present: bytes !== undefined, ...(bytes === undefined ? {} : { bytes }) };
    }),
  );
  if (json === true) console.printJson({ images });
  else {
    const missing = (name: string): string => console.paint(wanted.includes(name) ? "red" : "dim", console.text({ fr: "absente", en: "missing" }));
    const present = console.paint("green", console.text({ fr: "présente", en: "present" }));
    console.print(formatTable(images.map((image) => [image.name, image.present ? present : missing(image.name), image.bytes === undefined ? "" : formatBytes(image.bytes), image.reference])));
  }
  return images.every((image) => image.present || !wanted.includes(image.name)) ? 0 : 3;
}

function noteTo({ console }: CommandLine): (line: string) => void {
  return (line) => console.note(console.paint("dim", `  ${line.trimEnd()}`));
}

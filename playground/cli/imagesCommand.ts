import { resolve } from "node:path";
import type { Command } from "commander";
import { connectEngine } from "../engine/connectEngine.ts";
import type { ContainerEngine } from "../engine/containerEngine.ts";
import { allImageNames, clusterImageNames, imageName, imageNames, imageReference, isPodImage, machineImageNames } from "../images/catalogue.ts";
import { ensureImages } from "../images/ensureImage.ts";
import { ensureHostTool } from "../images/hostTools.ts";
import { buildSeconds } from "../images/estimate.ts";
import { loadArchive, saveArchive } from "../images/loadSupplier.ts";
import { minutes } from "../images/minutes.ts";
import { packPodImages } from "../images/podImages.ts";
import { presentImage } from "../images/presentImage.ts";
import { labsByImage } from "../services/labImages.ts";
import { LabRegistry } from "../services/labRegistry.ts";
import { mirrorOf } from "../services/settingsMirror.ts";
import { SettingsStore } from "../services/settingsStore.ts";
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
        if (options.build === true) await get(commandLine, engine, machineImageNames);
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
      const seconds = await buildSeconds(engine, names);
      if (seconds > 0) note(commandLine.console.text({ fr: `à faire : environ ${minutes(seconds)} sur deux cœurs, si rien ne peut être chargé ni téléchargé ; une interruption ne perd rien`, en: `to do: about ${minutes(seconds)} on two cores where nothing can be loaded or pulled; an interruption loses nothing` }));
      if (what.includes("cluster")) await ensureHostTool("kind", note);
      await get(commandLine, engine, names);
      return list(commandLine, engine, json, names);
    });
  });
}

/** Loads, pulls or builds what is missing; from the mirror of the settings, where they have one. */
async function get(commandLine: CommandLine, engine: ContainerEngine, names: readonly string[]): Promise<void> {
  await ensureImages(engine, names, noteTo(commandLine), undefined, mirrorOf(new SettingsStore(commandLine.paths.state)));
  await packPodImages(engine, names.filter(isPodImage));
}

/** Prints which images are there. The exit code is 3 when one of those that are `wanted` is not. */
async function list({ console, paths }: CommandLine, engine: ContainerEngine, json: boolean | undefined, wanted: readonly string[]): Promise<number> {
  const needed = labsByImage(await new LabRegistry(paths.labAssets, imageNames).list(), imageNames);
  const images = await Promise.all(
    allImageNames.map(async (name) => {
      const reference = (await presentImage(engine, name)) ?? imageReference(name);
      const bytes = await engine.imageSize(reference);
      return { name, reference, present: bytes !== undefined, ...(bytes === undefined ? {} : { bytes }), labs: needed.get(name) ?? [] };
    }),
  );
  if (json === true) console.printJson({ images });
  else {
    const missing = (name: string): string => console.paint(wanted.includes(name) ? "red" : "dim", console.text({ fr: "absente", en: "missing" }));
    const present = console.paint("green", console.text({ fr: "présente", en: "present" }));
    console.print(formatTable(images.map((image) => [image.name, image.present ? present : missing(image.name), image.bytes === undefined ? "" : formatBytes(image.bytes), image.reference, console.paint("dim", image.labs.map((id) => id.split("-")[0]).join(" "))])));
  }
  return images.every((image) => image.present || !wanted.includes(image.name)) ? 0 : 3;
}

function noteTo({ console }: CommandLine): (line: string) => void {
  return (line) => console.note(console.paint("dim", `  ${line.trimEnd()}`));
}

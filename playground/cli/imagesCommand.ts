import { resolve } from "node:path";
import { connectEngine } from "../engine/connectEngine.ts";
import { imageLabel, imageNames, imageReference } from "../images/catalogue.ts";
import { ensureImage } from "../images/ensureImage.ts";
import { loadArchive, saveArchive } from "../images/loadSupplier.ts";
import { addCommand, run } from "./commandLine.ts";
import type { CommandDefinition } from "./commandLine.ts";
import { formatBytes, formatTable } from "./table.ts";

/** `rempart images`: the images that labs need; build, save and load them for machines without a network. */
export const addImagesCommand: CommandDefinition = (program, commandLine) => {
  const { console } = commandLine;
  addCommand(program, commandLine, "images", { fr: "lister, construire, enregistrer ou charger les images des machines", en: "list, build, save or load the machines' images" }, [
    "images",
    "images --build",
    "images --save rempart-images.tar",
    "images --load rempart-images.tar",
  ])
    .option("--build", console.text({ fr: "obtenir ou construire celles qui manquent", en: "get or build those that are missing" }))
    .option("--save <file>", console.text({ fr: "les enregistrer dans une archive", en: "save them to an archive" }))
    .option("--load <file>", console.text({ fr: "les charger d’une archive", en: "load them from an archive" }))
    .action((options: { json?: boolean; build?: boolean; save?: string; load?: string }) =>
      run(commandLine, options.json, async () => {
        const engine = await connectEngine();
        const note = (line: string): void => console.note(console.paint("dim", `  ${line.trimEnd()}`));
        if (options.load !== undefined) await loadArchive(engine, resolve(options.load), note);
        if (options.build === true) for (const name of imageNames) await ensureImage(engine, name, (_part, line) => note(line));
        if (options.save !== undefined) await saveArchive(engine, resolve(options.save));
        const there = await engine.listImages(imageLabel);
        const images = imageNames.map((name) => {
          const reference = imageReference(name);
          const bytes = there.find((image) => image.reference === reference)?.bytes;
          return { name, reference, present: bytes !== undefined, ...(bytes === undefined ? {} : { bytes }) };
        });
        if (options.json) console.printJson({ images });
        else {
          const missing = console.paint("red", console.text({ fr: "absente", en: "missing" }));
          const present = console.paint("green", console.text({ fr: "présente", en: "present" }));
          console.print(formatTable(images.map((image) => [image.name, image.present ? present : missing, image.bytes === undefined ? "" : formatBytes(image.bytes), image.reference])));
        }
        return images.every((image) => image.present) ? 0 : 3;
      }),
    );
};

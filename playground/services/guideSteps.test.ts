import { expect, test } from "vitest";
import { describeFault } from "../model/describeError.ts";
import { parseLabFile } from "../model/labFile.ts";
import { guideFaults } from "./guideSteps.ts";

const { lab } = parseLabFile(`id: x1
title: { fr: T, en: T }
summary: { fr: S, en: S }
group: access
minutes: 5
memory_mb: 10
steps:
  - { id: open, title: { fr: Ouvrir, en: Open } }
  - { id: close, title: { fr: Fermer, en: Close } }
`);

test("what does not fit between guide and lab is told in both languages, with what to write", () => {
  if (!lab) throw new Error("the lab cannot be read");
  const faults = guideFaults(lab, "## Ouvrir {#open}\n\nText.\n\n## Encore {#open}\n\nText.\n\n## Autre {#other}\n\nText.\n", "fr");
  expect(faults.map((fault) => [fault.path, describeFault(fault, "fr")])).toEqual([
    ["{#close}", { message: "Le guide ne dit rien de l’étape close.", hint: "Ajoutez un titre « ## Fermer {#close} », suivi d’un texte." }],
    ["{#other}", { message: "Le lab n’a pas d’étape other.", hint: "Il y a : open, close." }],
    ["{#open}", { message: "L’étape open figure deux fois dans le guide.", hint: "Gardez l’une des deux." }],
  ]);
  expect(faults.map((fault) => describeFault(fault, "en").hint)).toEqual(["Add a heading '## Fermer {#close}' with text below it.", "There is: open, close.", "Keep one of the two."]);
});

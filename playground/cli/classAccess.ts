import { labImageNames } from "../images/catalogue.ts";
import { ClassService } from "../services/classService.ts";
import { LabRegistry } from "../services/labRegistry.ts";
import { ownLabsFolder } from "../services/ownLabs.ts";
import type { RempartPaths } from "../services/paths.ts";
import type { Console } from "./console.ts";

/** Grading in this process: it needs neither an engine nor a host that runs, and no seed but the reports' own. */
export function openClassService(paths: RempartPaths): ClassService {
  return new ClassService(new LabRegistry(paths.labAssets, labImageNames, { own: ownLabsFolder(paths.labs) }));
}

/** Several values of one option, each after its name. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** What a chain of hashes can show, and what it cannot. */
export function chainCaveat(console: Console): string {
  return console.text({
    fr: "La chaîne montre les retouches ; qui la récrit tout entière n’est trahi que par `rempart verify --rerun`, qui refait les vérifications ici.",
    en: "The chain shows edits; who writes all of it anew is found out only by `rempart verify --rerun`, which makes the checks again here.",
  });
}

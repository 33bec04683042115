import type { DrillEvidence } from "./drillRecord.ts";
import type { Localized } from "./lab.ts";

const words: Readonly<Record<DrillEvidence["what"], Localized>> = {
  path: { fr: "chemin sondé", en: "path probed" },
  machine: { fr: "machine inspectée", en: "machine inspected" },
  log: { fr: "journal lu", en: "log read" },
  check: { fr: "vérification lancée", en: "check run" },
  scan: { fr: "scan depuis", en: "scan from" },
  dns: { fr: "noms demandés depuis", en: "names asked from" },
  terminal: { fr: "terminal ouvert", en: "terminal opened" },
  apply: { fr: "appliqué", en: "applied" },
  repair: { fr: "réécrit", en: "written again" },
};

/** What was looked at on the way to a fault: `path probed: laptop → web tcp 80`. */
export const evidenceText = ({ what, about }: Pick<DrillEvidence, "what" | "about">): Localized => ({ fr: `${words[what].fr} : ${about}`, en: `${words[what].en}: ${about}` });

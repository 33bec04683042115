import type { Verdict } from "../contract/classTable.ts";
import type { Localized } from "../model/lab.ts";
import type { Alteration, ReadReport, Unreadable } from "./readReport.ts";

/** How the report's lab stands to the lab of this machine. */
export type LabState = NonNullable<Verdict["lab"]>;

/** More alterations than this say no more. */
const alterationsTold = 5;

/** What can be said of a file, in words. */
export function verdictOf(reading: ReadReport | Unreadable, lab: LabState | undefined): Verdict {
  if (reading.kind !== "report") return { state: reading.kind, message: unreadableWords(reading), reasons: [] };
  const reasons: Localized[] = [];
  const unknown = reading.report.events.length - reading.events.length;
  if (lab === "other-version") reasons.push(words.otherVersion);
  if (lab === "unknown") reasons.push(words.unknownLab(reading.report.lab.id));
  const [first, ...others] = reading.alterations;
  if (!first) {
    if (unknown > 0) reasons.push(words.unknownEvents(unknown));
    return { state: "intact", ...(lab ? { lab } : {}), message: words.intact(reading.report.events.length), reasons };
  }
  const told = others.slice(0, alterationsTold).map(alterationWords);
  if (others.length > alterationsTold) told.push(words.more(others.length - alterationsTold));
  return { state: "altered", ...(lab ? { lab } : {}), message: alterationWords(first), reasons: [...told, ...reasons] };
}

function unreadableWords(reading: Unreadable): Localized {
  return reading.kind === "not-a-report" ? notReports[reading.looksLike] : unreadable[reading.kind];
}

function alterationWords(alteration: Alteration): Localized {
  return alteration.at === "header" ? headers[alteration.field] : events[alteration.fault](alteration.event);
}

const unreadable = {
  "too-big": { fr: "Trop grand : aucun rapport n’a cette taille, il n’a pas été lu.", en: "Too big: no report has this size, it was not read." },
  truncated: { fr: "Tronqué : le fichier s’arrête au milieu.", en: "Truncated: the file ends in the middle." },
  "newer-format": { fr: "Écrit par un Rempart plus récent : mettez celui-ci à jour.", en: "Written by a newer Rempart: update this one." },
} satisfies Record<Exclude<Unreadable["kind"], "not-a-report">, Localized>;

const notReports = {
  nothing: { fr: "Ce n’est pas un rapport de Rempart.", en: "This is not a report of Rempart." },
  pdf: { fr: "Un PDF se lit, mais ne se vérifie pas : demandez le HTML ou le JSON.", en: "A PDF is to be read, and cannot be verified: ask for the HTML or the JSON." },
  page: { fr: "Une page HTML, mais sans les données d’un rapport de Rempart.", en: "An HTML page, but without the data of a report of Rempart." },
  json: { fr: "Du JSON, mais pas un rapport de Rempart.", en: "JSON, but not a report of Rempart." },
  damaged: { fr: "Ce fut un rapport, mais ses données sont abîmées : elles ne se lisent plus.", en: "It was a report, but its data is damaged: it can no longer be read." },
  several: { fr: "La page porte plusieurs rapports : aucun ne peut être cru.", en: "The page carries several reports: none can be trusted." },
} satisfies Record<Extract<Unreadable, { kind: "not-a-report" }>["looksLike"], Localized>;

const headers = {
  attempt: { fr: "Altéré : le numéro de la tentative n’est pas celui des événements.", en: "Altered: the attempt's number is not that of the events." },
  lab: { fr: "Altéré : le lab nommé n’est pas celui des événements.", en: "Altered: the lab named is not that of the events." },
  identity: { fr: "Altéré : le nom, le groupe, le cours ou la date ne sont pas ceux de l’export.", en: "Altered: name, group, course or date are not those of the export." },
  page: { fr: "Altéré : la page montre autre chose que ce que Rempart a écrit ; ses données, elles, sont intactes.", en: "Altered: the page shows something else than Rempart wrote; its data are intact." },
  seal: { fr: "Altéré hors des événements : réseau, fichiers, tableaux ou images ont changé après l’export.", en: "Altered outside the events: network, files, tables or pictures were changed after the export." },
} satisfies Record<Extract<Alteration, { at: "header" }>["field"], Localized>;

const events = {
  unreadable: (event) => ({ fr: `Altéré à l’événement ${event} : il ne se lit plus.`, en: `Altered at event ${event}: it can no longer be read.` }),
  edited: (event) => ({ fr: `Altéré à l’événement ${event} : son contenu a été changé.`, en: `Altered at event ${event}: its content was changed.` }),
  "broken-link": (event) => ({ fr: `Altéré avant l’événement ${event} : un événement fut enlevé, ajouté, déplacé ou réécrit.`, en: `Altered before event ${event}: an event was removed, added, moved or rewritten.` }),
  number: (event) => ({ fr: `Altéré à l’événement ${event} : son numéro n’est pas le suivant.`, en: `Altered at event ${event}: its number is not the next one.` }),
  time: (event) => ({ fr: `Altéré à l’événement ${event} : son heure est bien avant celle du précédent.`, en: `Altered at event ${event}: its time is long before that of the one before.` }),
  start: (event) => ({ fr: `Altéré à l’événement ${event} : une tentative commence une fois, par son premier événement.`, en: `Altered at event ${event}: an attempt begins once, with its first event.` }),
} satisfies Record<Extract<Alteration, { at: "event" }>["fault"], (event: number) => Localized>;

const words = {
  intact: (count: number) => ({ fr: `Intact : ${count} événements, chacun à sa place.`, en: `Intact: ${count} events, each in its place.` }),
  otherVersion: { fr: "Le lab de cette machine est une autre version que celui du rapport : la note peut s’écarter.", en: "The lab of this machine is another version than the report's: the grade may be off." },
  unknownLab: (id: string) => ({ fr: `Cette machine n’a pas de lab ${id} : rien n’a été noté.`, en: `This machine has no lab ${id}: nothing was graded.` }),
  unknownEvents: (count: number) => ({ fr: `Événements que cette version ne connaît pas : ${count}.`, en: `Events that this version does not know: ${count}.` }),
  more: (count: number) => ({ fr: `Et ${count} autres altérations.`, en: `And ${count} more alterations.` }),
};

import type { DifferenceCode, ExposureRow, PortState } from "./exposure.ts";
import { differenceOf } from "./exposure.ts";
import type { Language, Localized } from "./lab.ts";
import { reasonText } from "./reasonText.ts";

/** Words of a scan, for the window and the command line. */
export const portStateTexts: Readonly<Record<PortState, Localized>> = {
  open: { fr: "ouvert", en: "open" },
  closed: { fr: "fermé", en: "closed" },
  filtered: { fr: "filtré", en: "filtered" },
  "open|filtered": { fr: "ouvert ou filtré", en: "open or filtered" },
  unfiltered: { fr: "non filtré", en: "unfiltered" },
};

/** What nmap's reasons mean. */
const reasonTexts: Readonly<Record<string, Localized>> = {
  "syn-ack": { fr: "la connexion est acceptée (syn-ack)", en: "the connection is accepted (syn-ack)" },
  reset: { fr: "refus net, personne n’écoute (reset)", en: "a plain no, nobody listens (reset)" },
  "conn-refused": { fr: "refus net, personne n’écoute (conn-refused)", en: "a plain no, nobody listens (conn-refused)" },
  "no-response": { fr: "silence (no-response)", en: "silence (no-response)" },
  "port-unreach": { fr: "refus net par ICMP (port-unreach)", en: "a plain no by ICMP (port-unreach)" },
  "udp-response": { fr: "une réponse est venue (udp-response)", en: "an answer came (udp-response)" },
};

const differenceTexts: Readonly<Record<DifferenceCode, Localized>> = {
  "unexpected-service": { fr: "Écart : quelque chose écoute ici, que network.yml ne nomme pas.", en: "Finding: something listens here that network.yml does not name." },
  "missing-service": { fr: "Écart : un service devrait écouter ici, et personne n’écoute.", en: "Finding: a service should listen here, and nobody does." },
  "unexpected-answer": { fr: "Écart : selon les règles, rien ne devrait passer ; une réponse est venue.", en: "Finding: by the rules nothing should get through; an answer came." },
  "unexpected-silence": { fr: "Écart : selon les règles, le paquet passe ; rien n’a répondu. Regardez la machine elle-même, et son câble.", en: "Finding: by the rules the packet gets through; nothing answered. Look at the machine itself, and at its cable." },
};

/** What nmap's reason means, or its own word. */
export function scanReasonText(reason: string, language: Language): string {
  return Object.hasOwn(reasonTexts, reason) ? (reasonTexts[reason]?.[language] ?? reason) : reason;
}

/** Ports of a row: all of a short list, else its beginning. Many ports are told by their number. */
export function rowPorts(row: Pick<ExposureRow, "ports" | "count" | "protocol">, language: Language): string {
  if (row.count === 1 && row.ports !== "") return `${row.ports}/${row.protocol}`;
  const many = language === "fr" ? `${row.count} ports ${row.protocol}` : `${row.count} ${row.protocol} ports`;
  return row.ports === "" || row.ports.length > 40 ? many : `${row.ports} ${row.protocol}`;
}

/** Why a row is as it is: the rule or route that decides, with the difference first where there is one. */
export function rowWhy(row: ExposureRow, language: Language): { finding?: string; why?: string } {
  const difference = differenceOf(row);
  return { ...(difference === undefined ? {} : { finding: differenceTexts[difference][language] }), ...(row.why ? { why: `${difference === undefined ? "" : language === "fr" ? "Prévu : " : "Predicted: "}${row.count > 1 ? manyText(row.why, language) : reasonText(row.why, language)}` } : {}) };
}

/** Reasons that name one port, said of many. */
const manyTexts: Readonly<Record<string, Localized>> = {
  "not-listening": { fr: "{node} n’écoute pas sur ces ports et le dit.", en: "{node} does not listen on these ports and says so." },
  "listener-unknown": { fr: "{node} dit lui-même si quelque chose écoute sur ces ports.", en: "{node} alone knows whether something listens on these ports." },
  "security-group-denies-in": { fr: "Aucune règle de {groups} ne laisse ces ports s’ouvrir à {source}.", en: "No rule of {groups} opens these ports to {source}." },
  "security-group-denies-out": { fr: "Aucune règle de {groups} ne laisse {node} joindre ces ports de {destination}.", en: "No rule of {groups} lets {node} reach these ports of {destination}." },
};

function manyText(why: NonNullable<ExposureRow["why"]>, language: Language): string {
  const text = Object.hasOwn(manyTexts, why.reason) ? manyTexts[why.reason] : undefined;
  return text === undefined ? reasonText(why, language) : text[language].replace(/\{(\w+)\}/g, (whole, name: string) => why.values[name] ?? whole);
}

/** Since when a measurement no longer speaks of the network that is in force. */
export const staleText: Localized = { fr: "avant le dernier changement", en: "before the last change" };

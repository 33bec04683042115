import type { DnsZone, DnsZoneServer } from "../model/dnsView.ts";
import type { Localized } from "../model/lab.ts";

interface FaultContext {
  /** Whether the parent's servers send on to others, and do not serve the zone themselves. */
  readonly isReferred: boolean;
  readonly wrongGlue: readonly { readonly name: string; readonly glue: string; readonly own: string }[];
  isWithin(name: string): boolean;
}

/** What is not as it should be between a zone and its parent, a sentence each. */
export function zoneFaults(zone: Omit<DnsZone, "faults">, { isReferred, wrongGlue, isWithin }: FaultContext): Localized[] {
  const faults: Localized[] = [];
  const say = (fr: string, en: string): unknown => faults.push({ fr, en });
  const parent = zone.parent === "." ? { fr: "La racine", en: "The root" } : { fr: `La zone ${zone.parent ?? ""}`, en: `The zone ${zone.parent ?? ""}` };
  if (!zone.isDelegated) {
    say(`${parent.fr} ne nomme aucun serveur pour ${zone.name} : qui descend l’arbre ne la trouve pas, alors que ${list(zone.servedBy, "fr")} ${zone.servedBy.length > 1 ? "la servent" : "la sert"}.`, `${parent.en} names no server for ${zone.name}: who walks down the tree does not find it, although ${list(zone.servedBy, "en")} ${zone.servedBy.length > 1 ? "serve" : "serves"} it.`);
  }
  for (const server of zone.servers) {
    const place = { fr: server.node ?? server.address ?? "", en: server.node ?? server.address ?? "" };
    if (server.state === "lame") say(`${server.name} mène à ${place.fr}, qui ne fait pas autorité pour ${zone.name}.`, `${server.name} leads to ${place.en}, which has no authority for ${zone.name}.`);
    if (server.state === "silent") say(`${server.name} mène à ${place.fr}, où aucun serveur DNS ne répond.`, `${server.name} leads to ${place.en}, where no DNS server answers.`);
    if (server.state === "no-address" && isMissingGlue(server, isWithin)) say(`${server.name} est nommé sans son adresse : il manque la colle (glue), un enregistrement A chez le parent.`, `${server.name} is named without its address: the glue is missing, an A record at the parent.`);
    else if (server.state === "no-address") say(`Personne ne connaît l’adresse de ${server.name}.`, `Nobody knows the address of ${server.name}.`);
  }
  if (isReferred && zone.isDelegated && zone.servers.some((server) => server.atChild)) {
    const [above, below] = [zone.servers.filter((server) => server.atParent && !server.atChild), zone.servers.filter((server) => server.atChild && !server.atParent)].map((servers) => servers.map((server) => server.name));
    if (above !== undefined && above.length > 0) say(`Seul le parent nomme ${list(above, "fr")} : la zone elle-même n’en sait rien.`, `Only the parent names ${list(above, "en")}: the zone itself knows nothing of it.`);
    if (below !== undefined && below.length > 0) say(`Seule la zone nomme ${list(below, "fr")} : le parent n’en sait rien.`, `Only the zone names ${list(below, "en")}: the parent knows nothing of it.`);
  }
  for (const { name, glue, own } of wrongGlue) say(`La colle de ${name} dit ${glue}, sa propre zone dit ${own}.`, `The glue of ${name} says ${glue}, its own zone says ${own}.`);
  if (zone.security === "bogus") say(zone.keyTags.length === 0 ? `Le parent a un DS, mais ${zone.name} n’est pas signée : qui vérifie refuse ses réponses.` : `Aucune clé de ${zone.name} ne correspond au DS du parent : qui vérifie refuse ses réponses.`, zone.keyTags.length === 0 ? `The parent has a DS, but ${zone.name} is not signed: who verifies refuses its answers.` : `No key of ${zone.name} fits the parent’s DS: who verifies refuses its answers.`);
  return faults;
}

const isMissingGlue = (server: DnsZoneServer, isWithin: (name: string) => boolean): boolean => server.atParent && !server.hasGlue && isWithin(server.name);

function list(names: readonly string[], language: "fr" | "en"): string {
  const word = language === "fr" ? " et " : " and ";
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")}${word}${names.at(-1) ?? ""}`;
}

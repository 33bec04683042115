import type { FabricChange, NamespaceChange } from "../fabric/diff.ts";
import { internetNamespace } from "../fabric/names.ts";
import { describeError } from "../model/describeError.ts";
import { toErrorData } from "../model/errors.ts";
import type { Localized } from "../model/lab.ts";
import { fabricNode } from "./containerSpecs.ts";

/** What the status says of a start that was cancelled. */
export const unfinished = (lab: string): Localized => ({
  fr: `Le démarrage a été annulé et n’est pas complet : « rempart up ${lab} » le complète, « rempart down ${lab} » retire ce qui est là.`,
  en: `The start was cancelled and is not complete: 'rempart up ${lab}' completes it, 'rempart down ${lab}' removes what is there.`,
});

/** Of a machine that died too often to be started again. */
export const leftStopped = (node: string, times: number, seconds: number): Localized => ({
  fr: `${nameOf(node).fr} : arrêt ${times} fois en ${seconds} s, laissé à l’arrêt.`,
  en: `${nameOf(node).en}: stopped ${times} times in ${seconds} s, left stopped.`,
});

/** Of a container that somebody removed. */
export const removedOutside = (node: string, lab: string): Localized => ({
  fr: `${nameOf(node).fr} : conteneur supprimé de l’extérieur ; « rempart up ${lab} » le refait.`,
  en: `${nameOf(node).en}: its container was removed from outside; 'rempart up ${lab}' makes it again.`,
});

/** Of a repair that failed, by the error's own words. */
export function notMended(node: string, error: unknown): Localized {
  const data = toErrorData(error);
  const [fr, en] = [describeError(data, "fr"), describeError(data, "en")];
  return {
    fr: [`${nameOf(node).fr} : ${fr.message}`, fr.detail === undefined ? "" : `(${fr.detail})`, fr.next ?? ""].filter((part) => part !== "").join(" "),
    en: [`${nameOf(node).en}: ${en.message}`, en.next ?? ""].filter((part) => part !== "").join(" "),
  };
}

/** What a repair did. */
export interface Mending {
  /** All of the wiring was made anew. */
  readonly anew: boolean;
  /** What was put right in a wiring that was there; of cables to machines that run alone. */
  readonly change: FabricChange | undefined;
}

/** Of a repair that is done; undefined where it did nothing that anybody would want to know of. `died` are machines that came back. */
export function mended(at: Date, died: ReadonlySet<string>, { anew, change }: Mending): Localized | undefined {
  const machines = [...died].filter((node) => node !== fabricNode);
  const parts = [...(anew ? [allAnew] : []), ...machines.map(cameBack), ...(change ? changeTexts(change, died) : [])];
  if (parts.length === 0) return undefined;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
  return { fr: `${time} : réparé : ${parts.map((part) => part.fr).join(", ")}.`, en: `${time}: mended: ${parts.map((part) => part.en).join(", ")}.` };
}

const nameOf = (node: string): Localized => (node === fabricNode ? { fr: "Câblage", en: "Wiring" } : { fr: node, en: node });

const allAnew: Localized = { fr: "tout le câblage", en: "all of the wiring" };
const cameBack = (node: string): Localized => ({ fr: `${node} (arrêtée, redémarrée, recâblée)`, en: `${node} (stopped, started, wired again)` });

/** More of one kind in one place than this are told by their number. */
const mostNamed = 3;

function changeTexts(change: FabricChange, died: ReadonlySet<string>): Localized[] {
  const ends = change.addedLinks.flatMap((link) => [link.a, link.b]);
  const remade = new Set(ends.flatMap((end) => (end.kind === "namespace" ? [`${end.namespace}/${end.interface}`] : [])));
  const made = new Set(change.addedNamespaces.map((entry) => entry.name));
  return [
    ...[...made].map((name): Localized => ({ fr: `tout ${placeOf(name).within.fr}`, en: `all ${placeOf(name).within.en}` })),
    // The cable of a machine that died is told of with the machine.
    ...change.addedLinks.filter((link) => ![link.a, link.b].some((end) => end.kind === "node" && died.has(end.node))).map((link) => linkText(link.id)),
    ...change.namespaces.filter((entry) => !made.has(entry.name)).flatMap((entry) => namespaceTexts(entry, remade)),
  ];
}

function linkText(id: string): Localized {
  const [kind, ...rest] = id.split("-");
  const name = rest.join("-");
  if (id.includes(":")) return { fr: `câble de ${id.replace(/:eth0$/, "")}`, en: `cable of ${id.replace(/:eth0$/, "")}` };
  if (kind === "igw") return { fr: `lien de ${name} vers Internet`, en: `link from ${name} to the Internet` };
  if (kind === "pcx") return { fr: `lien d’appairage ${name}`, en: `link of peering ${name}` };
  if (kind === "nat") return { fr: `lien de la passerelle NAT ${name}`, en: `link of NAT gateway ${name}` };
  return { fr: `câble ${id}`, en: `cable ${id}` };
}

function namespaceTexts(entry: NamespaceChange, remade: ReadonlySet<string>): Localized[] {
  const { of, within } = placeOf(entry.name);
  // A route leaves and comes with its device: the cable was told of already.
  const back = entry.setRoutes.filter((route) => route.device === undefined || !remade.has(`${entry.name}/${route.device}`)).map((route) => route.destination);
  const away = entry.removedRoutes.map((route) => route.destination);
  const texts: Localized[] = [];
  if (back.length > 0) texts.push({ fr: `${counted(back, "route", "routes")} ${of.fr}`, en: `${counted(back, "route", "routes")} ${of.en}` });
  if (away.length > 0) texts.push({ fr: `${counted(away, "route", "routes")} en trop ${within.fr}`, en: `${counted(away, "route", "routes")} too many ${within.en}` });
  if (entry.addedRules.length + entry.removedRules.length > 0) texts.push({ fr: `règles de routage ${of.fr}`, en: `routing rules ${of.en}` });
  if (entry.addedAddresses.length + entry.removedAddresses.length > 0) texts.push({ fr: `adresses ${of.fr}`, en: `addresses ${of.en}` });
  if (entry.ruleset !== undefined) texts.push({ fr: `filtre ${of.fr}`, en: `filter ${of.en}` });
  return texts;
}

const counted = (names: readonly string[], one: string, many: string): string =>
  names.length === 1 ? `${one} ${names[0] ?? ""}` : names.length <= mostNamed ? `${many} ${names.join(" ")}` : `${names.length} ${many}`;

/** A namespace as people know it, with the words that go before it. */
function placeOf(namespace: string): { readonly of: Localized; readonly within: Localized } {
  const [kind, ...rest] = namespace.split("-");
  const name = rest.join("-");
  const place = (ofFr: string, withinFr: string, en: string) => ({ of: { fr: ofFr, en: `of ${en}` }, within: { fr: `dans ${withinFr}`, en: `in ${en}` } });
  if (namespace === internetNamespace) return place("de l’Internet du lab", "l’Internet du lab", "the lab's Internet");
  if (kind === "nat") return place(`de la passerelle NAT ${name}`, `la passerelle NAT ${name}`, `NAT gateway ${name}`);
  if (kind === "sw") return place(`du commutateur ${name}`, `le commutateur ${name}`, `switch ${name}`);
  return place(`du routeur de ${name}`, `le routeur de ${name}`, `the router of ${name}`);
}

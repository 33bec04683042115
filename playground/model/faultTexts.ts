import { balancerFaultTexts } from "./faultTextsOfBalancers.ts";
import { clusterFaultTexts } from "./faultTextsOfClusters.ts";
import { fileFaultTexts, labFaultTexts } from "./faultTextsOfFiles.ts";
import { networkFaultTexts } from "./faultTextsOfNetworks.ts";
import { settingsFaultTexts } from "./faultTextsOfSettings.ts";
import type { Language, Localized } from "./lab.ts";

/** What is wrong, and optionally what to do; `{name}` is replaced by the value of that name. */
export interface FaultText extends Localized {
  readonly hint?: Localized;
}

const texts = { ...fileFaultTexts, ...labFaultTexts, ...networkFaultTexts, ...balancerFaultTexts, ...clusterFaultTexts, ...settingsFaultTexts } satisfies Record<string, FaultText>;
export type FaultCode = keyof typeof texts;

const kindWords: Readonly<Record<string, Localized>> = {
  vpcs: { fr: "VPC", en: "VPC" },
  subnets: { fr: "sous-réseau", en: "subnet" },
  internet_gateways: { fr: "passerelle Internet", en: "internet gateway" },
  nat_gateways: { fr: "passerelle NAT", en: "NAT gateway" },
  elastic_ips: { fr: "IP élastique", en: "elastic IP" },
  peering_connections: { fr: "connexion d’appairage", en: "peering connection" },
  route_tables: { fr: "table de routage", en: "route table" },
  security_groups: { fr: "groupe de sécurité", en: "security group" },
  network_acls: { fr: "ACL réseau", en: "network ACL" },
  key_pairs: { fr: "paire de clés", en: "key pair" },
  instances: { fr: "instance", en: "instance" },
  clusters: { fr: "cluster", en: "cluster" },
  target_groups: { fr: "groupe cible", en: "target group" },
  load_balancers: { fr: "équilibreur de charge", en: "load balancer" },
  listeners: { fr: "écouteur", en: "listener" },
  listener_rules: { fr: "règle d’écouteur", en: "listener rule" },
  hosted_zones: { fr: "zone hébergée", en: "hosted zone" },
};

/** What a value is, as a reader of YAML calls it; from the schema library's words and those of `describe` in schemaFaults.ts. */
const typeWords: Readonly<Record<string, Localized>> = {
  object: { fr: "des champs (« nom: valeur », en retrait)", en: "fields (\"name: value\", indented)" },
  record: { fr: "des champs (« nom: valeur », en retrait)", en: "fields (\"name: value\", indented)" },
  array: { fr: "une liste", en: "a list" },
  "a list": { fr: "une liste", en: "a list" },
  "a map": { fr: "des champs (« nom: valeur », en retrait)", en: "fields (\"name: value\", indented)" },
  string: { fr: "un texte", en: "text" },
  number: { fr: "un nombre", en: "a number" },
  int: { fr: "un nombre entier", en: "a whole number" },
  boolean: { fr: "true ou false", en: "true or false" },
  nothing: { fr: "rien", en: "nothing" },
};

/** What the YAML library complains of, by its code; it speaks English alone. */
const yamlWords: Readonly<Record<string, string>> = {
  BAD_INDENT: "l’indentation ne convient pas, ou un « ] » ou un « } » manque au-dessus",
  BAD_SCALAR_START: "une valeur ne commence pas par ce signe sans guillemets",
  BLOCK_AS_IMPLICIT_KEY: "deux « : » sur une ligne, ou une ligne trop en retrait",
  BLOCK_IN_FLOW: "un « ] » ou un « } » manque, ou une liste à tirets se trouve entre crochets",
  MISSING_CHAR: "un signe manque : « : », un guillemet, « ] » ou « } »",
  MULTILINE_IMPLICIT_KEY: "une clé et son « : » tiennent sur une ligne",
  MULTIPLE_DOCS: "un seul document par fichier, sans « --- » au milieu",
  TAB_AS_INDENT: "une tabulation sert d’indentation",
  UNEXPECTED_TOKEN: "un signe que rien n’attend ici",
};

/** The word for a kind of resource of `network.yml`, as shown on screen. */
export function kindWord(kind: string, language: Language): string {
  return kindWords[kind]?.[language] ?? kind;
}

function fill(template: string, values: Readonly<Record<string, string>>, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    if (name === "expected" || name === "received") return typeWords[value]?.[language] ?? value;
    if (name === "detail" && language === "fr") return yamlWords[values["syntax"] ?? ""] ?? value;
    return name === "kind" || name.endsWith("Kind") ? kindWord(value, language) : value;
  });
}

/** Message and hint of a fault in one language. An unknown code (from a newer engine) is shown as it is. */
export function faultText(fault: { readonly code: string; readonly values?: Readonly<Record<string, string>> | undefined }, language: Language): { message: string; hint: string | undefined } {
  const entry: FaultText | undefined = Object.hasOwn(texts, fault.code) ? texts[fault.code as FaultCode] : undefined;
  const values = fault.values ?? {};
  if (!entry) return { message: fault.code, hint: undefined };
  return { message: fill(entry[language], values, language), hint: hintOf(entry, values, language) };
}

function hintOf(entry: FaultText, values: Readonly<Record<string, string>>, language: Language): string | undefined {
  const { nearest, available } = values;
  if (available !== undefined && available !== "") {
    const meant = nearest === undefined ? "" : language === "fr" ? `Vouliez-vous dire « ${nearest} » ? ` : `Did you mean "${nearest}"? `;
    return `${meant}${language === "fr" ? "Il y a :" : "There is:"} ${available}.`;
  }
  if (entry.hint) return fill(entry.hint[language], values, language);
  if (available === "") return language === "fr" ? "Il n’y en a aucun." : "There is none.";
  return undefined;
}

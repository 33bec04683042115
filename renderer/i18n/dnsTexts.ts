import { dnsEn } from "./dns.en.ts";
import { dnsFr } from "./dns.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of the DNS view: `useTranslate(dnsTexts)`. */
export const dnsTexts = defineTexts<DnsKey>(dnsFr, dnsEn);
export type DnsKey = keyof typeof dnsFr;
export type DnsTranslate = Translate<DnsKey>;

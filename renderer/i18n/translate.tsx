import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Language, Localized } from "../../playground/model/lab.ts";
import { english } from "./en.ts";
import { french } from "./fr.ts";
import { bindPunctuation } from "../../playground/model/typography.ts";

/** Texts of one part of the window: the same keys in both languages, which the type enforces. */
export interface Texts<Key extends string> {
  readonly fr: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}
export type TextKey = keyof typeof french;
export const windowTexts: Texts<TextKey> = { fr: french, en: english };

/** Keeps the keys' literal types and refuses a key that one language lacks. */
export function defineTexts<Key extends string>(fr: Readonly<Record<Key, string>>, en: Readonly<Record<NoInfer<Key>, string>>): Texts<Key> {
  return { fr, en };
}

export type Values = Readonly<Record<string, string | number>>;

/**
 * Puts values into a text: `{count}` is replaced; `{count|one|many}` picks by number (French counts 0 as one).
 */
export function fillText(text: string, values: Values, language: Language): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one: string | undefined, many: string | undefined) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined || many === undefined) return String(value);
    const isOne = language === "fr" ? Math.abs(Number(value)) < 2 : Number(value) === 1;
    return isOne ? one : many;
  });
}

/** The language that the system asks for: French unless it clearly wants another one. */
export function languageFromLocale(locales: readonly string[]): Language {
  const known = locales.map((locale) => locale.slice(0, 2).toLowerCase());
  if (known.length === 0 || known.includes("fr")) return "fr";
  return "en";
}

const LanguageContext = createContext<Language>("fr");

/** Says in which language everything below speaks. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <LanguageContext.Provider value={language}>{children}</LanguageContext.Provider>;
}

export interface Translate<Key extends string> {
  /** The text of a key in the current language, with values put in. */
  readonly t: (key: Key, values?: Values) => string;
  /** The side of a two-language text that the reader wants. */
  readonly localized: (text: Localized) => string;
  /** A number as the language writes it. */
  readonly number: (value: number, fractionDigits?: number) => string;
  readonly language: Language;
}

/** Builds the functions that `useTranslate` gives; apart from React so that it can be tested. */
export function createTranslate<Key extends string>(texts: Texts<Key>, language: Language): Translate<Key> {
  const locale = language === "fr" ? "fr-FR" : "en-GB";
  return {
    t: (key, values = {}) => bindPunctuation(fillText(texts[language][key], values, language)),
    localized: (text) => bindPunctuation(text[language]),
    number: (value, fractionDigits = 0) => value.toLocaleString(locale, { maximumFractionDigits: fractionDigits }),
    language,
  };
}

/** Translations of the window's own texts, or of those a part defines with `defineTexts`. */
export function useTranslate(): Translate<TextKey>;
export function useTranslate<Key extends string>(texts: Texts<Key>): Translate<Key>;
export function useTranslate(texts: Texts<string> = windowTexts): Translate<string> {
  const language = useContext(LanguageContext);
  return useMemo(() => createTranslate(texts, language), [texts, language]);
}

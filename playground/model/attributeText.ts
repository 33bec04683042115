import type { Language } from "./lab.ts";

/** The words that stand between values in what the plan compares; values themselves, as `allow` or `tcp`, are those of network.yml. */
const french: readonly (readonly [path: RegExp, pattern: RegExp, words: string])[] = [
  [/^(in|e)gress$/, / from /, " depuis "],
  [/^(in|e)gress$/, / to /, " vers "],
  [/action$/, /^forward to /, "transmettre à "],
  [/action$/, /^redirect (\d+) to /, "rediriger $1 vers "],
  [/action$/, /^fixed response /, "réponse fixe "],
  [/^conditions$/, / or /g, " ou "],
];

/** The value of an attribute as a reader of this language meets it: `tcp 22 from 0.0.0.0/0` is `tcp 22 depuis 0.0.0.0/0` in French. No value stays none. */
export function attributeText(path: string, value: string, language: Language): string;
export function attributeText(path: string, value: string | undefined, language: Language): string | undefined;
export function attributeText(path: string, value: string | undefined, language: Language): string | undefined {
  if (language === "en" || value === undefined) return value;
  return french.reduce((text, [ofPath, pattern, words]) => (ofPath.test(path) ? text.replace(pattern, words) : text), value);
}

import { z } from "zod";
import { parseYaml } from "./yamlSource.ts";

/** One line of text: what stands in its place in a file must not move the lines below it. */
const valueSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().max(500).regex(/^(?!.*<<[a-z])[^\n\r]*$/, "one line, without a <<name>> of its own"));

const groupSchema = z.record(z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/), valueSchema);

/** The alternatives of one name: plain values, or groups of values that belong together and have the same keys. */
export const alternativesSchema = z
  .union([z.array(valueSchema).min(2).max(50), z.array(groupSchema).min(2).max(50)])
  .superRefine((alternatives, context) => {
    const keysOf = (one: string | Record<string, string>): string => (typeof one === "string" ? "" : Object.keys(one).sort().join(", "));
    const first = alternatives[0];
    alternatives.forEach((one, index) => {
      if (first !== undefined && keysOf(one) !== keysOf(first)) context.addIssue({ code: "custom", path: [index], message: `every alternative has the same keys: ${keysOf(first)}` });
    });
  });

/** `variants` of lab.yml: what differs from one student to the next. */
export const variantsSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,40}$/), alternativesSchema);
export type Variants = z.infer<typeof variantsSchema>;

/** Values by what stands between `<<` and `>>`: a name, or `name.key` where the alternatives are groups. */
export type VariantValues = Readonly<Record<string, string>>;

/** Seeds are whole numbers from 0 to this one: short enough to be read out in class. */
export const largestSeed = 999_999_999;
export const seedSchema = z.number().int().min(0).max(largestSeed);

const placeholder = /<<([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9_-]*)?)>>/g;

/** The section `variants` of a text of lab.yml; empty where there is none or where it is faulty, which `parseLabFile` tells. */
export function variantsOf(labText: string): Variants {
  const { data } = parseYaml(labText, "lab.yml");
  const section: unknown = typeof data === "object" && data !== null && "variants" in data ? data.variants : undefined;
  const parsed = variantsSchema.safeParse(section);
  return parsed.success ? parsed.data : {};
}

/** The values that a seed chooses, each name by itself; without a seed the first alternative of each. The same seed always gives the same values. */
export function chooseValues(variants: Variants, seed: number | undefined): VariantValues {
  return valuesOf(variants, (name, count) => (seed === undefined ? 0 : mixed(`${seed}/${name}`) % count));
}

/** Number of different variants of a lab: 1 where it has none. */
export function countCombinations(variants: Variants): number {
  return Object.values(variants).reduce((product, alternatives) => product * alternatives.length, 1);
}

/** The values of every combination of alternatives, in order, at most `limit` of them. */
export function everyCombination(variants: Variants, limit = 256): VariantValues[] {
  const total = Math.min(countCombinations(variants), limit);
  return Array.from({ length: total }, (_, number) => {
    let rest = number;
    return valuesOf(variants, (_name, count) => {
      const chosen = rest % count;
      rest = Math.floor(rest / count);
      return chosen;
    });
  });
}

/** The text with its values put in. What has no value stays as it is: a shell's `<<EOF` is none of ours. */
export function fillValues(text: string, values: VariantValues): string {
  return text.replace(placeholder, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
}

/** Names in a text that have no value, each with its line. */
export function unknownValues(text: string, values: VariantValues): { name: string; line: number }[] {
  return [...text.matchAll(placeholder)].flatMap((match) => {
    const name = match[1] ?? "";
    return Object.hasOwn(values, name) ? [] : [{ name, line: text.slice(0, match.index).split("\n").length }];
  });
}

/** The seed of a student's name: the same for the same name, whatever its accents, capitals and spaces. */
export function seedOfName(name: string): number {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return mixed(plain) % (largestSeed + 1);
}

function valuesOf(variants: Variants, choose: (name: string, count: number) => number): VariantValues {
  const entries = Object.entries(variants).flatMap(([name, alternatives]) => {
    const chosen = alternatives[choose(name, alternatives.length)];
    if (chosen === undefined) return [];
    return typeof chosen === "string" ? [[name, chosen] as const] : Object.entries(chosen).map(([key, value]) => [`${name}.${key}`, value] as const);
  });
  return Object.fromEntries(entries);
}

/** FNV-1a over the text's UTF-16 units, then the finalizer of MurmurHash3: neighbouring seeds choose unlike. */
function mixed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

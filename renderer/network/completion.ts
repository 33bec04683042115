import { namesUnder, siblingKeys, yamlPlaceAt } from "./yamlPath.ts";
import { referencesOf, schemaAt, valuesOf, type JsonSchema } from "./schemaWalk.ts";

export interface Suggestion {
  readonly label: string;
  readonly kind: "key" | "value" | "name";
  /** What is inserted; a key brings its colon, and a new line where a map or list follows. */
  readonly insert: string;
  readonly description?: string;
  readonly isRequired?: boolean;
}

export interface Suggestions {
  /** Column (0-based) from which the text is replaced. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

/** What fits at a place of `network.yml`: keys that are still free, words of an enum, names of resources. Pure. */
export function suggest(root: JsonSchema, text: string, row: number, column: number): Suggestions | undefined {
  const place = yamlPlaceAt(text, row, column);
  const line = text.split("\n")[row] ?? "";
  if (/^\s*#/.test(line)) return undefined;
  if (place.key !== undefined) return some(place.wordColumn, valueSuggestions(root, text, [...place.path, place.key]));
  const holder = schemaAt(root, place.path);
  if (!holder) return undefined;
  const listAttribute = place.path.at(-1) === "[]" && !holder.properties ? place.path : undefined;
  if (listAttribute) return some(place.wordColumn, valueSuggestions(root, text, listAttribute));
  const taken = siblingKeys(text, row);
  const indent = " ".repeat(column - place.word.length);
  const options = Object.entries(holder.properties ?? {})
    .filter(([key]) => key === place.word || !taken.has(key))
    .map(([key]): Suggestion => {
      const schema = schemaAt(root, [...place.path, key]) ?? {};
      const tail = schema.type === "object" ? `:\n${indent}  ` : schema.type === "array" && schema.items?.type !== "string" ? `:\n${indent}  - ` : schema.type === "array" ? ": []" : ": ";
      return {
        label: key,
        kind: "key",
        insert: `${key}${tail}`,
        isRequired: holder.required?.includes(key) ?? false,
        ...(schema.description === undefined ? {} : { description: schema.description }),
      };
    });
  return some(place.wordColumn, options);
}

function some(from: number, options: readonly Suggestion[]): Suggestions | undefined {
  return options.length === 0 ? undefined : { from, options };
}

function valueSuggestions(root: JsonSchema, text: string, path: readonly string[]): Suggestion[] {
  const schema = schemaAt(root, path);
  if (!schema) return [];
  const item = schema.type === "array" && schema.items ? (schemaAt(root, [...path, "[]"]) ?? {}) : schema;
  const attribute = path.filter((key) => key !== "[]").at(-1) ?? "";
  const references = path.length > 1 ? referencesOf(attribute) : { kinds: [], words: [] };
  return [
    ...valuesOf(item).map((label): Suggestion => ({ label, kind: "value", insert: label })),
    ...references.kinds.flatMap((kind) => namesUnder(text, kind).map((label): Suggestion => ({ label, kind: "name", insert: label, description: kind }))),
    ...references.words.map((label): Suggestion => ({ label, kind: "value", insert: label })),
  ];
}

/** What the schema says of the key at a place, for the hover; undefined where there is nothing to say. */
export function describeKey(root: JsonSchema, text: string, row: number, column: number): { key: string; schema: JsonSchema; isRequired: boolean } | undefined {
  const line = text.split("\n")[row] ?? "";
  const end = line.slice(column).search(/[^\w-]/);
  const wordEnd = end < 0 ? line.length : column + end;
  const word = /[\w-]+$/.exec(line.slice(0, wordEnd))?.[0];
  if (word === undefined || line[wordEnd] !== ":") return undefined;
  const { path } = yamlPlaceAt(text, row, wordEnd);
  const schema = schemaAt(root, [...path, word]);
  return schema ? { key: word, schema, isRequired: schemaAt(root, path)?.required?.includes(word) ?? false } : undefined;
}

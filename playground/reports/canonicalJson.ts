import { RempartError } from "../model/errors.ts";

/** Deeper than anything that Rempart writes: a file from a stranger that goes deeper is refused before the stack is full. */
const maximumDepth = 64;

/**
 * The one text of a JSON value: keys in the order of their UTF-16 code units, no spaces, and numbers and strings as
 * `JSON.stringify` writes them. What JSON cannot hold (undefined, functions) is left out of objects and null in lists.
 * Throws `report.too-deep`.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > maximumDepth) throw new RempartError("report.too-deep", `The JSON is nested more than ${maximumDepth} levels deep.`, { kind: "input", kept: "Nothing was changed.", next: "Ask for the report as Rempart exported it." });
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map((entry) => write(entry, depth + 1)).join(",")}]`;
  const record = value as Readonly<Record<string, unknown>>;
  // A class hands in millions of these: one string that grows, and no list in between.
  let text = "";
  for (const key of Object.keys(record).sort()) {
    const entry = record[key];
    if (entry !== undefined && typeof entry !== "function") text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${write(entry, depth + 1)}`;
  }
  return `{${text}}`;
}

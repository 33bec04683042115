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
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined && typeof entry !== "function");
  entries.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${write(entry, depth + 1)}`).join(",")}}`;
}

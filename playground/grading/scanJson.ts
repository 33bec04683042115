/** What can be said of a JSON text without building anything from it. */
export type JsonScan = "whole" | "unfinished" | "too-deep" | "too-many";

/** No more than this is built from a stranger's text: 32 MB of `{},` would be ten million objects, and most of a gigabyte. */
export interface JsonLimits {
  readonly depth: number;
  /** Objects and lists together. */
  readonly containers: number;
  /** Members of objects and entries of lists together. */
  readonly values: number;
}

/** Looks at brackets, commas and strings alone: a text that ends inside one was cut off, and one beyond a limit is not read. */
export function scanJson(text: string, { depth, containers, values }: JsonLimits): JsonScan {
  let level = 0;
  let inString = false;
  let opened = 0;
  let separated = 0;
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (inString) {
      if (code === 0x5c) position += 1;
      else if (code === 0x22) inString = false;
      continue;
    }
    if (code === 0x22) inString = true;
    else if (code === 0x2c) {
      separated += 1;
      if (separated + opened > values) return "too-many";
    } else if (code === 0x7b || code === 0x5b) {
      level += 1;
      opened += 1;
      if (level > depth) return "too-deep";
      if (opened > containers) return "too-many";
    } else if (code === 0x7d || code === 0x5d) level -= 1;
  }
  return level > 0 || inString ? "unfinished" : "whole";
}

/** What can be said of a JSON text without building anything from it. */
export type JsonScan = "whole" | "unfinished" | "too-deep";

/** Looks at brackets and strings alone: a text that ends inside one was cut off, and one nested deeper than `depth` is not read. */
export function scanJson(text: string, depth: number): JsonScan {
  let level = 0;
  let inString = false;
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (inString) {
      if (code === 0x5c) position += 1;
      else if (code === 0x22) inString = false;
      continue;
    }
    if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      level += 1;
      if (level > depth) return "too-deep";
    } else if (code === 0x7d || code === 0x5d) level -= 1;
  }
  return level > 0 || inString ? "unfinished" : "whole";
}

/** Where a place in a YAML text is, found by indentation alone: a file being typed is rarely whole enough to parse. */
export interface YamlPlace {
  /** Keys down to the map or list that holds the place; "[]" stands for an item of a list. */
  readonly path: readonly string[];
  /** The key of this line when the place is in its value. */
  readonly key: string | undefined;
  /** What is typed of the key or value so far, and the column (0-based) at which it begins. */
  readonly word: string;
  readonly wordColumn: number;
}

interface Line {
  readonly indent: number;
  /** Column of the key, behind the dashes. */
  readonly keyColumn: number;
  readonly hasDash: boolean;
  readonly key: string | undefined;
}

const linePattern = /^( *)((?:- +|-$)*)(?:(["']?)([\w./:-]+?)\3 *:(?= |$))?/;

function readLine(text: string): Line | undefined {
  if (/^\s*(#|$)/.test(text)) return undefined;
  const match = linePattern.exec(text);
  const indent = match?.[1]?.length ?? 0;
  const dashes = match?.[2] ?? "";
  return { indent, keyColumn: indent + dashes.length, hasDash: dashes !== "", key: match?.[4] };
}

/**
 * The path of the map or list around a key at `keyColumn` in line `row` (both 0-based). Block style only: inside `{…}` and
 * `[…]` the path is that of the line.
 */
function pathAbove(lines: readonly string[], row: number, start: Line): string[] {
  const path: string[] = [];
  let limit = start.keyColumn;
  let inList = false;
  const enterItem = (indent: number) => {
    path.unshift("[]");
    limit = indent;
    inList = true;
  };
  if (start.hasDash) enterItem(start.indent);
  for (let above = row - 1; above >= 0 && (limit > 0 || inList); above -= 1) {
    const line = readLine(lines[above] ?? "");
    if (!line) continue;
    if (inList) {
      if (line.hasDash && line.indent >= limit) continue;
      if (line.key === undefined || line.keyColumn > limit) continue;
    } else {
      if (line.hasDash && line.keyColumn === limit) {
        enterItem(line.indent);
        continue;
      }
      if (line.key === undefined || line.keyColumn >= limit) continue;
    }
    path.unshift(line.key);
    limit = line.keyColumn;
    inList = false;
    if (line.hasDash) enterItem(line.indent);
  }
  return path;
}

/** The place at a line and column (0-based) of a text. */
export function yamlPlaceAt(text: string, row: number, column: number): YamlPlace {
  const lines = text.split("\n");
  const whole = lines[row] ?? "";
  const before = whole.slice(0, column);
  const start = readLine(whole) ?? { indent: before.length, keyColumn: before.length, hasDash: false, key: undefined };
  const path = pathAbove(lines, row, start);
  const colon = /^( *(?:- +)*["']?[\w./:-]+?["']? *: )(.*)$/.exec(before);
  if (colon && start.key !== undefined) {
    const value = /[\w./:-]*$/.exec(colon[2] ?? "")?.[0] ?? "";
    return { path, key: start.key, word: value, wordColumn: column - value.length };
  }
  const word = /[\w./:-]*$/.exec(before)?.[0] ?? "";
  return { path, key: undefined, word, wordColumn: column - word.length };
}

/** Keys that stand beside the place, in the same map. */
export function siblingKeys(text: string, row: number): Set<string> {
  const lines = text.split("\n");
  const own = readLine(lines[row] ?? "");
  const column = own?.keyColumn ?? (lines[row] ?? "").length;
  const keys = new Set<string>();
  const collect = (step: 1 | -1) => {
    for (let at = step === 1 && own === undefined ? row + 1 : row + step; at >= 0 && at < lines.length; at += step) {
      const line = readLine(lines[at] ?? "");
      if (!line) continue;
      if (line.keyColumn < column || (step === 1 && line.hasDash && line.keyColumn <= column)) return;
      if (line.keyColumn === column && line.key !== undefined) keys.add(line.key);
      if (line.keyColumn === column && line.hasDash) return;
    }
  };
  if (!own?.hasDash) collect(-1);
  collect(1);
  return keys;
}

/** Names of the resources of one kind: the keys one level below a top-level key. */
export function namesUnder(text: string, kind: string): string[] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${kind}:`));
  if (start < 0) return [];
  const names: string[] = [];
  let column: number | undefined;
  for (const text of lines.slice(start + 1)) {
    const line = readLine(text);
    if (!line) continue;
    if (line.keyColumn === 0) break;
    column ??= line.keyColumn;
    if (line.keyColumn === column && line.key !== undefined && !line.hasDash) names.push(line.key);
  }
  return names;
}

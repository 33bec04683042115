import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type FaultFile, FaultList, type FaultPath, type RawFault, type SourcePositions } from "./faults.ts";

/** Longest text that is read: a lab file is data from a stranger. */
const longestText = 1_000_000;

export interface YamlSource {
  /** The document as plain data; undefined when the text is not YAML. An empty text is an empty map. */
  readonly data: unknown;
  readonly positions: SourcePositions;
  readonly faults: readonly RawFault[];
  /** Lines and columns of syntax faults, which have no path. */
  readonly syntaxPositions: ReadonlyMap<RawFault, { line: number; column: number }>;
}

/** Parses YAML 1.2 and keeps where every key and value stands. Never throws. */
export function parseYaml(text: string, file: FaultFile): YamlSource {
  const list = new FaultList(file);
  const syntaxPositions = new Map<RawFault, { line: number; column: number }>();
  const nowhere: SourcePositions = { locate: () => undefined };
  if (text.length > longestText) {
    list.add("file.too-large", [], { limit: String(longestText) });
    return { data: undefined, positions: nowhere, faults: list.found, syntaxPositions };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, strict: true });
  const brokenLines = new Set<number>();
  for (const error of document.errors) {
    const position = lines.linePos(error.pos[0]);
    // One slip makes several errors on its line: the first says what it is, the others are its consequences.
    if (brokenLines.has(position.line)) continue;
    if (error.code !== "DUPLICATE_KEY") brokenLines.add(position.line);
    const detail = error.message.split("\n")[0] ?? "";
    if (error.code === "DUPLICATE_KEY") list.add("file.duplicate-key", [], { key: keyAt(text, error.pos[0]) });
    else list.add("file.yaml-syntax", [], { detail, syntax: error.code });
    const raw = list.found.at(-1);
    if (raw) syntaxPositions.set(raw, { line: position.line, column: position.col });
  }
  const positions: SourcePositions = {
    locate(path, atKey) {
      const offset = offsetOf(document.contents, path, atKey);
      if (offset === undefined) return undefined;
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
  };
  // What a broken text happens to parse to would only give faults that mislead.
  if (list.found.some((fault) => fault.code === "file.yaml-syntax")) return { data: undefined, positions, faults: list.found, syntaxPositions };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    list.add("file.yaml-syntax", [], { detail: error instanceof Error ? error.message : String(error) });
  }
  return { data, positions, faults: list.found, syntaxPositions };
}

function keyAt(text: string, offset: number): string {
  return /^["']?([^\s:"']+)/.exec(text.slice(offset, offset + 80))?.[1] ?? "";
}

/** Offset of the value (or key) at the path; of the nearest key above it when the path goes on where the document does not. */
function offsetOf(root: Node | null, path: FaultPath, atKey: boolean): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const [depth, part] of path.entries()) {
    const isLast = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === "number") {
      const item = node.items[part];
      if (item === undefined) return offset;
      node = item;
      offset = rangeStart(item) ?? offset;
    } else return offset;
    // A scalar is pointed at itself; a map or a list at its key, which is where the reader looks for it.
    if (isLast && !atKey && isScalar(node)) return rangeStart(node) ?? offset;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}

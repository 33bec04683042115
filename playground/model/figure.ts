/** A figure of a guide: what to show of the lab's picture, by name, and what to say beneath it. */
export interface Figure {
  readonly show: readonly string[];
  readonly caption: string;
}

/** A block `topology` of a guide; `line` counts from 1. `figure` is undefined where the block cannot be read. */
export interface FigureBlock {
  readonly line: number;
  readonly figure: Figure | undefined;
}

/** By this name a figure shows the lab's Internet. */
export const internetFigureName = "Internet";

const opening = /^\s*(```+|~~~+)\s*(\S*)/;

/**
 * Reads the inside of a block `topology`:
 *
 *     show: [laptop, foo-igw, foo-public]
 *     caption: One sentence, on as many lines as it needs.
 *
 * Undefined when one of the two is missing or empty, or when there is anything else.
 */
export function parseFigure(text: string): Figure | undefined {
  const values = new Map<string, string>();
  let key = "";
  for (const line of text.split("\n")) {
    const found = /^(show|caption):(.*)$/.exec(line);
    if (found?.[1] !== undefined) {
      key = found[1];
      if (values.has(key)) return undefined;
    } else if (line.trim() !== "" && (key === "" || !/^\s/.test(line))) return undefined;
    values.set(key, `${values.get(key) ?? ""} ${(found?.[2] ?? line).trim()}`);
  }
  const show = (values.get("show") ?? "").replace(/^\s*\[|\]\s*$/g, "").split(",").map((name) => name.trim()).filter((name) => name !== "");
  const caption = (values.get("caption") ?? "").trim();
  return show.length === 0 || caption === "" ? undefined : { show, caption };
}

/** Every figure of a guide, in its order; also those in quotes and callouts. */
export function figuresOf(markdown: string): FigureBlock[] {
  const blocks: FigureBlock[] = [];
  let open: { readonly mark: string; readonly line: number; readonly isFigure: boolean; readonly text: string[] } | undefined;
  markdown.split(/\r?\n/).forEach((whole, index) => {
    const line = whole.replace(/^(\s*>\s?)+/, "");
    const [, mark = "", language] = opening.exec(line) ?? [];
    if (open === undefined) {
      if (mark !== "") open = { mark, line: index + 1, isFigure: language === "topology", text: [] };
    } else if (mark.startsWith(open.mark) && language === "") {
      if (open.isFigure) blocks.push({ line: open.line, figure: parseFigure(open.text.join("\n")) });
      open = undefined;
    } else open.text.push(line);
  });
  return blocks;
}

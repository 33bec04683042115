import { lexer, parser, walkTokens, type Token, type Tokens } from "marked";
import { parseFigure, type Figure } from "../../playground/model/figure.ts";
import { bindPunctuation } from "../../playground/model/typography.ts";

export type CalloutKind = "idea" | "try" | "look" | "careful";

/** A guide's text as blocks: plain Markdown as (unclean!) HTML, and the parts that the window draws itself. */
export type GuideBlock =
  | { readonly kind: "html"; readonly html: string }
  | { readonly kind: "code"; readonly language: string; readonly node: string | undefined; readonly code: string }
  | { readonly kind: "figure"; readonly figure: Figure }
  | { readonly kind: "callout"; readonly callout: CalloutKind; readonly blocks: readonly GuideBlock[] };

const callouts: Readonly<Record<string, CalloutKind>> = { IDEA: "idea", TRY: "try", LOOK: "look", CAREFUL: "careful" };
const calloutMark = /^\s*\[!(IDEA|TRY|LOOK|CAREFUL)\][ \t]*\n?/;

/** Languages of fenced blocks whose second word names the machine to type into. */
const shells = new Set(["sh", "bash", "shell", "console"]);

/**
 * Parses a guide. A quote that begins with `[!IDEA]`, `[!TRY]`, `[!LOOK]` or `[!CAREFUL]` is a callout; a fenced block
 * `sh NODE` is a command for that node; a fenced block `topology` is a figure of the lab's picture. The HTML is not yet cleaned: `cleanHtml` must see it before a page does.
 */
export function parseGuide(markdown: string): GuideBlock[] {
  const tokens = lexer(markdown);
  void walkTokens(tokens, (token) => {
    if (token.type === "text") (token as Tokens.Text).text = bindPunctuation((token as Tokens.Text).text);
  });
  return blocksOf(tokens);
}

function blocksOf(tokens: readonly Token[]): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  let plain: Token[] = [];
  const flush = () => {
    if (plain.some((token) => token.type !== "space")) blocks.push({ kind: "html", html: parser([...plain]) });
    plain = [];
  };
  for (const token of tokens) {
    const special = specialBlock(token);
    if (special) {
      flush();
      blocks.push(special);
    } else plain.push(token);
  }
  flush();
  return blocks;
}

function specialBlock(token: Token): GuideBlock | undefined {
  if (token.type === "code") {
    const { lang = "", text } = token as Tokens.Code;
    const [language = "", node] = lang.trim().split(/\s+/);
    const figure = language === "topology" ? parseFigure(text) : undefined;
    if (figure !== undefined) return { kind: "figure", figure };
    return { kind: "code", language, node: shells.has(language) ? node : undefined, code: text };
  }
  if (token.type === "blockquote") {
    const { text } = token as Tokens.Blockquote;
    const callout = callouts[calloutMark.exec(text)?.[1] ?? ""];
    if (callout) return { kind: "callout", callout, blocks: parseGuide(text.replace(calloutMark, "")) };
  }
  return undefined;
}

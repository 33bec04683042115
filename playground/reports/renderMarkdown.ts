import type { Block, Piece, ReportDocument } from "./blocks.ts";

/** A report to read as text. What the student wrote stays text: no HTML, no links and no headings come of it. */
export function renderMarkdown(document: ReportDocument): string {
  return [
    `# ${escape(document.title)}`,
    `*${escape(document.kicker)}*`,
    document.front.map(([name, value]) => `- **${escape(name)}${document.language === "fr" ? "\u00a0" : ""}:** ${escape(value)}`).join("\n"),
    ...document.blocks.map((block) => write(block, document.language)),
    "",
  ].join("\n\n").replace(/\n{3,}/g, "\n\n");
}

function write(block: Block, language: "fr" | "en"): string {
  switch (block.kind) {
    case "heading": return `${"#".repeat(block.level)} ${escape(block.text)}`;
    case "paragraph": return escape(block.text);
    case "group": return block.blocks.map((inner) => write(inner, language)).join("\n\n");
    case "list": return `${escape(block.label)}\n\n${block.items.map((item) => `- ${escape(item)}`).join("\n")}`;
    case "facts": return block.facts.map(([name, value]) => `- ${escape(name)}${language === "fr" ? "\u00a0" : ""}: ${piece(value)}`).join("\n");
    case "figures": return table(block.facts.map(([name]) => name), [block.facts.map(([, text]) => ({ text }))]);
    case "table": return table(block.head, block.rows);
    case "check": {
      const { title, state, facts, summary, command, output, failure, picture } = block.check;
      return [
        `- **${escape(title)}** — ${escape(state)}${facts.length > 0 ? ` (${escape(facts.join(", "))})` : ""}${summary === "" ? "" : `  \n  ${escape(summary)}`}`,
        ...(failure === undefined ? [] : [`  ${escape(failure.label)}${language === "fr" ? "\u00a0" : ""}: ${escape(failure.summary)}`]),
        ...(command === "" ? [] : [indent(fence(`$ ${command}\n${output}`.trimEnd(), "console"))]),
        ...(picture === undefined ? [] : [`  ${escape(picture.caption)}`]),
      ].join("\n\n");
    }
    case "code": return `**${escape(block.label)}**\n\n${fence(block.text, "")}`;
    case "drawing": return block.mermaid === "" ? "" : fence(block.mermaid.trimEnd(), "mermaid");
    case "answer": return `**${escape(block.question)}**\n\n${block.answer.split("\n").map((line) => `> ${escape(line)}`).join("\n")}`;
  }
}

function table(head: readonly string[], rows: readonly (readonly Piece[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head.map((text) => escape(text))), line(head.map(() => "---")), ...rows.map((row) => line(row.map(piece)))].join("\n");
}

const piece = ({ text, mono }: Piece): string => (mono === true && !text.includes("`") && !text.includes("|") && text !== "" ? `\`${text}\`` : escape(text));

const escape = (text: string): string =>
  text.replace(/\s*\n\s*/g, " ")
    .replace(/[\\`*_{}[\]<>|~]|^(?=[#+-])/g, (character) => (character === "<" ? "&lt;" : character === ">" ? "&gt;" : `\\${character}`))
    // A number is no list: of a digit no escape can be made, of what follows it one can.
    .replace(/^(\d+)([.)]) /, "$1\\$2 ");

/** A fence longer than any in the text. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

const indent = (text: string): string => text.split("\n").map((line) => `  ${line}`).join("\n");

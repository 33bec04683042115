import type { Block, CheckBlock, Piece, ReportDocument } from "./blocks.ts";
import { embedReport } from "./embeddedReport.ts";
import { pageSealPlace, sealPage } from "./pageSeal.ts";
import { reportStyle } from "./reportStyle.ts";

/** Nothing may be loaded, run or sent: the file is what it shows. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report as one HTML file that needs nothing else, and prints on A4. `data` is what it carries as JSON; left away where it is only looked at. */
export function renderHtml(document: ReportDocument, data?: unknown): string {
  const { language, kicker, title, subtitle, front } = document;
  const page = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Rempart">
${data === undefined ? "" : `${pageSealPlace}\n`}<title>${escape(`${kicker} – ${title}`)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header class="front">
<p class="kicker">${escape(kicker)}</p>
<h1>${escape(title)}</h1>
<p class="subtitle">${escape(subtitle)}</p>
<dl class="identity">${front.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`).join("")}</dl>
</header>
${document.blocks.map(write).join("\n")}
</main>
${data === undefined ? "" : embedReport(data)}
</body>
</html>
`;
  return data === undefined ? page : sealPage(page);
}

function write(block: Block): string {
  switch (block.kind) {
    case "heading": return `<h${block.level}${block.newPage === true ? ' class="page"' : ""}>${escape(block.text)}</h${block.level}>`;
    case "paragraph": return `<p${toned(block.tone)}>${escape(block.text)}</p>`;
    case "group": return `<div class="group">${block.blocks.map(write).join("\n")}</div>`;
    case "list": return `<p class="list-label ${block.tone}">${escape(block.label)}</p><ul class="${block.tone}">${block.items.map((item) => `<li>${escape(item)}</li>`).join("")}</ul>`;
    case "facts": return `<dl class="facts">${block.facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${piece(value)}</dd></div>`).join("")}</dl>`;
    case "figures": return `<dl class="figures">${block.facts.map(([name, value]) => `<div><dd>${escape(value)}</dd><dt>${escape(name)}</dt></div>`).join("")}</dl>`;
    case "table": return tableOf(block);
    case "check": return checkOf(block.check);
    case "code": return `<figure class="code"><figcaption>${escape(block.label)}</figcaption><pre>${escape(block.text)}</pre></figure>`;
    // Our own drawing, whose names are escaped; it is scaled to the page.
    case "drawing": return `<figure class="drawing">${block.svg.replace(/ width="([\d.]+)" height="[\d.]+" viewBox/, (_, width: string) => ` style="max-width:${width}px" viewBox`)}</figure>`;
    case "answer": return `<div class="answer"><p class="question">${escape(block.question)}</p><p class="${block.isEmpty ? "muted" : "given"}">${escape(block.answer)}</p></div>`;
  }
}

function checkOf(check: CheckBlock): string {
  const { title, state, tone, facts, summary, command, output, failure, picture } = check;
  return `<section class="check ${tone}">
<p class="check-head"><span class="sign" aria-hidden="true">${tone === "good" ? "✓" : tone === "bad" ? "✗" : "–"}</span><b>${escape(title)}</b> <span class="state">${escape(state)}</span></p>
${facts.length > 0 ? `<p class="muted small">${facts.map(escape).join(" · ")}</p>` : ""}
${summary === "" ? "" : `<p class="seen">${escape(summary)}</p>`}
${failure === undefined ? "" : `<p class="small failure"><b>${escape(failure.label)}</b> — ${escape(failure.summary)}</p>`}
${command === "" ? "" : `<pre><b>$ ${escape(command)}</b>${output === "" ? "" : `\n${escape(output)}`}</pre>`}
${picture === undefined ? "" : `<figure class="picture"><img src="data:image/png;base64,${escape(picture.png)}" alt="${escape(picture.caption)}" style="max-width:${Math.min(picture.width, 640)}px"><figcaption>${escape(picture.caption)}</figcaption></figure>`}
</section>`;
}

function tableOf({ head, rows, narrow }: Extract<Block, { kind: "table" }>): string {
  const isNarrow = new Set(narrow ?? []);
  const class_ = (index: number): string => (isNarrow.has(index) ? ' class="narrow"' : "");
  return `<table><thead><tr>${head.map((text, index) => `<th scope="col"${class_(index)}>${escape(text)}</th>`).join("")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell, index) => `<td${class_(index)}>${piece(cell)}</td>`).join("")}</tr>`)
    .join("")}</tbody></table>`;
}

function piece({ text, mono, tone }: Piece): string {
  const classes = [...(mono === true ? ["mono"] : []), ...(tone === undefined ? [] : [tone])].join(" ");
  return classes === "" ? escape(text) : `<span class="${classes}">${escape(text)}</span>`;
}

const toned = (tone: string | undefined): string => (tone === undefined ? "" : ` class="${tone}"`);
// What no XML or HTML may hold is shown as the sign for what cannot be shown.
const escape = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

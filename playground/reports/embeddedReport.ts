import { reportElement } from "./reportSchema.ts";

const opening = `<script type="application/json" id="${reportElement}">`;
const closing = "</script>";

/** The script element that carries a report in its HTML. Nothing in it can end the element, whatever the student wrote. */
export function embedReport(report: unknown): string {
  const json = JSON.stringify(report).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `${opening}${json}${closing}`;
}

/** The JSON text that an HTML report carries; undefined when it carries none, or several, of which none could be trusted. */
export function embeddedReport(html: string): string | undefined {
  const begin = html.indexOf(opening);
  if (begin < 0 || html.includes(opening, begin + 1)) return undefined;
  const end = html.indexOf(closing, begin);
  return end < 0 ? undefined : html.slice(begin + opening.length, end);
}

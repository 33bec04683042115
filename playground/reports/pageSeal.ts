import { createHash } from "node:crypto";

/** The element in the head of a page that names the digest of all the rest of it. */
const element = /<meta name="rempart-page" content="[0-9a-f]*">/;
const withDigest = (digest: string): string => `<meta name="rempart-page" content="${digest}">`;

/** Stands in the head of a page that is to be sealed. */
export const pageSealPlace = withDigest("");

/** Line ends may change on the way, by mail or by a file system; nothing else does by itself. */
const digestOf = (html: string): string => createHash("sha256").update(html.replace(element, pageSealPlace).replace(/\r\n?/g, "\n")).digest("hex");

/** Writes into a page the digest of what it shows: whoever reads it alone would not see that its data say otherwise. */
export function sealPage(html: string): string {
  return html.replace(element, withDigest(digestOf(html)));
}

/** Whether a page shows what it showed when it was sealed. */
export function isPageAsSealed(html: string): boolean {
  return element.exec(html)?.[0] === withDigest(digestOf(html));
}

import createPurifier from "dompurify";

/**
 * A lab's guide is data from a stranger: what could run, load, post or restyle is taken out. Links open outside the window,
 * if at all: Electron decides.
 */
export function cleanHtml(html: string): string {
  return createPurifier.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "iframe", "video", "audio", "img", "picture", "source"],
    FORBID_ATTR: ["style", "id", "class", "target"],
  });
}

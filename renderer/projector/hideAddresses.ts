import type { Scene, Shape, TextRun } from "../../playground/picture/scene.ts";

/** What stands where an address was: the room sees that there is one. */
export const coveredAddress = "•••";

const ipv4 = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;
/** With its two colons in a row, or whole: no time of day, no port. */
const ipv6 = /(?<![\w:.])(?:[0-9a-f:]*::[0-9a-f:]*|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4})(?:\/\d{1,3})?(?![\w:])/gi;

/** A text with every IP address and prefix in it covered. */
export function coverAddresses(text: string): string {
  return text.replace(ipv4, coveredAddress).replace(ipv6, coveredAddress);
}

/** The same picture with its addresses covered. */
export function hideAddresses(scene: Scene): Scene {
  const cover = (run: TextRun): TextRun => ({ ...run, text: coverAddresses(run.text) });
  return {
    ...scene,
    shapes: scene.shapes.map((shape): Shape => {
      if (shape.kind === "text") return { ...shape, runs: shape.runs.map(cover), ...(shape.shorter === undefined ? {} : { shorter: shape.shorter.map(cover) }) };
      return shape.kind === "badge" ? { ...shape, texts: shape.texts.map(coverAddresses) } : shape;
    }),
  };
}

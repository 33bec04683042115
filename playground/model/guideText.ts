import type { Localized } from "./localized.ts";

const stepHeading = /^##\s+(.*?)\s*\{#([a-z0-9][a-z0-9-]*)\}\s*$/;
const fence = /^\s*(```|~~~)/;

interface Section {
  /** Undefined for what stands before the first step. */
  readonly id: string | undefined;
  readonly heading: string | undefined;
  readonly lines: readonly string[];
}

/** A guide cut into its introduction and its steps, every line of it. */
function sectionsOf(markdown: string): Section[] {
  const sections: { id: string | undefined; heading: string | undefined; lines: string[] }[] = [{ id: undefined, heading: undefined, lines: [] }];
  let inFence = false;
  for (const line of markdown.replaceAll("\r\n", "\n").split("\n")) {
    if (fence.test(line)) inFence = !inFence;
    const match = inFence ? null : stepHeading.exec(line);
    if (match) sections.push({ id: match[2], heading: line, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

const join = (sections: readonly Section[]): string => sections.flatMap(({ heading, lines }) => [...(heading === undefined ? [] : [heading]), ...lines]).join("\n");

/** The text of a step, without its heading; of the introduction, front matter and title included, for undefined. Empty where the guide has none. */
export function guideText(markdown: string, step: string | undefined): string {
  return (sectionsOf(markdown).find(({ id }) => id === step)?.lines ?? []).join("\n").trim();
}

/** The guide with another text of a step, or of the introduction for undefined; a step that it does not have comes at its end. */
export function withGuideText(markdown: string, step: string | undefined, title: string, text: string): string {
  const sections = sectionsOf(markdown);
  const lines = [...(step === undefined ? [] : [""]), ...text.replace(/\s+$/, "").split("\n"), ""];
  const known = sections.findIndex(({ id }) => id === step);
  const heading = step === undefined ? undefined : headingOf(title, step);
  const changed = known < 0 ? [...sections, { id: step, heading, lines }] : sections.map((section, index) => (index === known ? { ...section, heading, lines } : section));
  return `${join(changed).replace(/\s+$/, "")}\n`;
}

/** The guide with a step under another id or title; the same guide where it has no such step. */
export function renameGuideStep(markdown: string, step: string, renamed: string, title: string): string {
  return join(sectionsOf(markdown).map((section) => (section.id === step ? { ...section, heading: headingOf(title, renamed) } : section)));
}

/** The guide without a step. */
export function withoutGuideStep(markdown: string, step: string): string {
  return join(sectionsOf(markdown).filter(({ id }) => id !== step));
}

/** The guide with its steps in this order; those that are not named stay behind. */
export function orderGuide(markdown: string, steps: readonly string[]): string {
  const [introduction, ...sections] = sectionsOf(markdown);
  const rank = ({ id }: Section): number => (id !== undefined && steps.includes(id) ? steps.indexOf(id) : steps.length);
  const ordered = [...sections].sort((a, b) => rank(a) - rank(b));
  return `${join([...(introduction ? [introduction] : []), ...ordered.map((section) => ({ ...section, lines: [...trimEnd(section.lines), ""] }))]).replace(/\s+$/, "")}\n`;
}

/** Both guides' file names. */
export const guideFiles: Localized = { fr: "guide.fr.md", en: "guide.en.md" };

function headingOf(title: string, step: string): string {
  return `## ${title.replace(/[\n{}]/g, " ").trim()} {#${step}}`;
}

function trimEnd(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.trim() === "") end--;
  return lines.slice(0, end);
}

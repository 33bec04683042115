import type { Lab, Language } from "../model/lab.ts";
import type { Fault } from "../model/errors.ts";

/** A guide cut at its headings `## title {#step-id}`. */
export interface GuideParts {
  /** What stands before the first step, without front matter and title. */
  readonly introduction: string;
  /** Markdown of each step by its id, without the heading. */
  readonly steps: ReadonlyMap<string, string>;
  /** Ids that stand more than once. */
  readonly duplicates: readonly string[];
}

const stepHeading = /^##\s+.*\{#([a-z0-9][a-z0-9-]*)\}\s*$/;
const fence = /^\s*(```|~~~)/;

/** Cuts a guide into introduction and steps; headings inside fenced blocks are text. */
export function splitGuide(markdown: string): GuideParts {
  const text = markdown.replaceAll("\r\n", "\n").replace(/^---\n[\s\S]*?\n---\n/, "");
  const introduction: string[] = [];
  const steps = new Map<string, string[]>();
  const duplicates: string[] = [];
  let current = introduction;
  let inFence = false;
  for (const line of text.split("\n")) {
    if (fence.test(line)) inFence = !inFence;
    const id = inFence ? undefined : stepHeading.exec(line)?.[1];
    if (id === undefined) {
      current.push(line);
      continue;
    }
    if (steps.has(id)) duplicates.push(id);
    current = [];
    steps.set(id, current);
  }
  return {
    introduction: introduction.join("\n").replace(/^\s*# .*\n/, "").trim(),
    steps: new Map([...steps].map(([id, lines]) => [id, lines.join("\n").trim()])),
    duplicates,
  };
}

/** Where guide and lab do not fit together: a step without text, a text without step, a step told twice. */
export function guideFaults(lab: Lab, markdown: string, language: Language): Fault[] {
  const parts = splitGuide(markdown);
  const file = `guide.${language}.md`;
  const fault = (code: string, id: string, message: string, hint: string): Fault => ({ code, file, path: `{#${id}}`, message, hint, values: { step: id, title: lab.steps.find((step) => step.id === id)?.title[language] ?? id, ...(code === "guide.unknown-step" ? { available: lab.steps.map((step) => step.id).join(", ") } : {}) } });
  const known = new Set(lab.steps.map((step) => step.id));
  return [
    ...lab.steps
      .filter((step) => (parts.steps.get(step.id) ?? "") === "")
      .map((step) => fault("guide.step-missing", step.id, `The guide says nothing of step ${step.id}.`, `Add a heading '## ${step.title[language]} {#${step.id}}' with text below it.`)),
    ...[...parts.steps.keys()].filter((id) => !known.has(id)).map((id) => fault("guide.unknown-step", id, `The lab has no step ${id}.`, `There is: ${[...known].join(", ")}.`)),
    ...parts.duplicates.map((id) => fault("guide.duplicate-step", id, `Step ${id} stands twice in the guide.`, "Keep one of the two.")),
  ];
}

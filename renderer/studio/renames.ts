import type { Document } from "yaml";
import { guideFiles, renameGuideStep } from "../../playground/model/guideText.ts";
import { editText, removeAt, setAt } from "../../playground/model/labDocument.ts";
import type { LabParts, WrittenCheck, WrittenStep } from "./labParts.ts";

/** The text of lab.yml with a check under another id, wherever it is named: steps, controls, what fails. */
export function renameCheck(labText: string, parts: LabParts, check: WrittenCheck, id: string): string {
  const renamed = (ids: readonly string[]): string[] => ids.map((one) => (one === check.id ? id : one));
  return editText(labText, (document) => {
    setAt(document, ["checks", check.index, "id"], id);
    for (const step of parts.steps) if (step.checks.includes(check.id)) document.setIn(["steps", step.index, "checks"], flow(document, renamed(step.checks)));
    for (const other of parts.checks) if (other.written["control"] === check.id) document.setIn(["checks", other.index, "control"], id);
    if (parts.startFails.includes(check.id)) document.setIn(["start_fails"], flow(document, renamed(parts.startFails)));
    for (const broken of parts.broken) if (broken.fails.includes(check.id)) document.setIn(["broken", broken.name, "fails"], flow(document, renamed(broken.fails)));
  });
}

/** The text of lab.yml without a check, and without any mention of it. A mistake that nothing else sees keeps an empty list: that is a fault to mend. */
export function withoutCheck(labText: string, parts: LabParts, check: WrittenCheck): string {
  const others = (ids: readonly string[]): string[] => ids.filter((one) => one !== check.id);
  return editText(labText, (document) => {
    for (const step of parts.steps) if (step.checks.includes(check.id)) setListAt(document, ["steps", step.index, "checks"], others(step.checks));
    for (const other of parts.checks) if (other.written["control"] === check.id) removeAt(document, ["checks", other.index, "control"]);
    if (parts.startFails.includes(check.id)) document.setIn(["start_fails"], flow(document, others(parts.startFails)));
    for (const broken of parts.broken) if (broken.fails.includes(check.id)) document.setIn(["broken", broken.name, "fails"], flow(document, others(broken.fails)));
    removeAt(document, ["checks", check.index]);
  });
}

/** A list of names at a path; none takes the path out. */
export function setListAt(document: Document, path: readonly (string | number)[], names: readonly string[]): void {
  if (names.length === 0) removeAt(document, path);
  else document.setIn(path, flow(document, names));
}

/** lab.yml and both guides with a step under another id or title. */
export function renameStep(files: Readonly<Record<string, string>>, step: WrittenStep, id: string, title: { fr: string; en: string }): Record<string, string> {
  const labText = editText(files["lab.yml"] ?? "", (document) => {
    setAt(document, ["steps", step.index, "id"], id);
    document.setIn(["steps", step.index, "title"], document.createNode(title));
  });
  const guides = (["fr", "en"] as const).map((language) => [guideFiles[language], renameGuideStep(files[guideFiles[language]] ?? "", step.id, id, title[language])] as const);
  return { "lab.yml": labText, ...Object.fromEntries(guides) };
}

/** A list of names in brackets, as the labs are written. */
export function flow(document: { createNode(value: unknown, options?: { flow?: boolean }): unknown }, names: readonly string[]): unknown {
  return document.createNode([...names], { flow: true });
}

import { guideFiles, renameGuideStep } from "../../playground/model/guideText.ts";
import { editText, setAt } from "../../playground/model/labDocument.ts";
import type { LabParts, WrittenCheck, WrittenStep } from "./labParts.ts";

/** The text of lab.yml with a check under another id, wherever it is named: steps, controls, what fails. */
export function renameCheck(labText: string, parts: LabParts, check: WrittenCheck, id: string): string {
  const renamed = (ids: readonly string[]): string[] => ids.map((one) => (one === check.id ? id : one));
  return editText(labText, (document) => {
    setAt(document, ["checks", check.index, "id"], id === "" ? "x" : id);
    for (const step of parts.steps) if (step.checks.includes(check.id)) document.setIn(["steps", step.index, "checks"], flow(document, renamed(step.checks)));
    for (const other of parts.checks) if (other.written["control"] === check.id) document.setIn(["checks", other.index, "control"], id);
    if (parts.startFails.includes(check.id)) document.setIn(["start_fails"], flow(document, renamed(parts.startFails)));
    for (const broken of parts.broken) if (broken.fails.includes(check.id)) document.setIn(["broken", broken.name, "fails"], flow(document, renamed(broken.fails)));
  });
}

/** lab.yml and both guides with a step under another id or title. */
export function renameStep(files: Readonly<Record<string, string>>, step: WrittenStep, id: string, title: { fr: string; en: string }): Record<string, string> {
  const labText = editText(files["lab.yml"] ?? "", (document) => {
    setAt(document, ["steps", step.index, "id"], id === "" ? "x" : id);
    document.setIn(["steps", step.index, "title"], document.createNode(title));
  });
  const guides = (["fr", "en"] as const).map((language) => [guideFiles[language], renameGuideStep(files[guideFiles[language]] ?? "", step.id, id === "" ? "x" : id, title[language])] as const);
  return { "lab.yml": labText, ...Object.fromEntries(guides) };
}

/** A list of names in brackets, as the labs are written. */
export function flow(document: { createNode(value: unknown, options?: { flow?: boolean }): unknown }, names: readonly string[]): unknown {
  return document.createNode([...names], { flow: true });
}

import { Plus, Trash2 } from "lucide-react";
import type { Localized } from "../../playground/model/lab.ts";
import { addTo, editText, removeAt, setAt } from "../../playground/model/labDocument.ts";
import { Button } from "../components/Button.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { ChoiceField, LocalizedField, SetField } from "./fields.tsx";
import { IdField } from "./IdField.tsx";
import { freeId, type LabParts, type WrittenStep } from "./labParts.ts";
import { useNetworkFiles, useNetworkName } from "./NetworkChoice.tsx";
import { renameStep, setListAt } from "./renames.ts";
import { useStudio, useText } from "./useStudio.tsx";

type Path = readonly (string | number)[];

/** All of a step but its text: name, checks, hints, questions, solution. */
export function StepForm({ step, parts }: { step: WrittenStep; parts: LabParts }) {
  const { t, language } = useTranslate(authorTexts);
  const { store } = useStudio();
  const labText = useText("lab.yml");
  const networks = useNetworkFiles();
  const nameOf = useNetworkName();
  const title = { fr: step.title.fr ?? "", en: step.title.en ?? "" };
  const change = (text: string, typing?: string): void => store.getState().change({ "lab.yml": text }, typing);
  const set = (path: Path, value: unknown, typing?: string): void => change(editText(labText, (document) => setAt(document, ["steps", step.index, ...path], value)), typing && `step ${step.index} ${typing}`);
  const add = (path: Path, value: unknown): void => change(editText(labText, (document) => addTo(document, ["steps", step.index, ...path], value)));
  const remove = (path: Path): void => change(editText(labText, (document) => removeAt(document, ["steps", step.index, ...path])));
  const rename = (id: string, named: Localized): void => store.getState().change(renameStep(store.getState().history?.files ?? {}, step, id, named), `step ${step.index} name`);
  return (
    <>
      <IdField label={t("step.id")} value={step.id} taken={parts.steps.filter((other) => other !== step).map(({ id }) => id)} onChange={(id) => rename(id, title)} />
      <LocalizedField label={t("title")} value={title} onChange={(named) => rename(step.id, named)} />
      <SetField
        label={t("step.checks")} empty={t("checks.none")} value={step.checks} options={parts.checks.map((check) => ({ value: check.id, text: check.title[language] ?? check.id }))}
        onChange={(ids) => change(editText(labText, (document) => setListAt(document, ["steps", step.index, "checks"], ids)))}
      />
      <h3>{t("step.hints")}</h3>
      {step.hints.map((hint, index) => (
        <div key={index} className="studio-row">
          <LocalizedField label={t("step.hint", { number: index + 1 })} rows={2} value={hint} onChange={(value) => set(["hints", index], value, `hint ${index}`)} />
          <Button kind="quiet" icon={<Trash2 size={15} />} aria-label={t("remove")} onClick={() => remove(["hints", index])} />
        </div>
      ))}
      <Button size="small" icon={<Plus size={14} />} onClick={() => add(["hints"], { fr: t("step.hintFr"), en: t("step.hintEn") })}>{t("step.addHint")}</Button>
      <h3>{t("step.questions")}</h3>
      {step.questions.map((question, index) => (
        <div key={index} className="studio-row">
          <LocalizedField label={question.id} rows={2} value={question.text} onChange={(value) => set(["questions", index, "text"], value, `question ${index}`)} />
          <Button kind="quiet" icon={<Trash2 size={15} />} aria-label={t("remove")} onClick={() => remove(["questions", index])} />
        </div>
      ))}
      <Button
        size="small" icon={<Plus size={14} />}
        onClick={() => add(["questions"], { id: freeId(`${step.id}-question`, parts.steps.flatMap(({ questions }) => questions.map(({ id }) => id))), text: { fr: t("step.questionFr"), en: t("step.questionEn") } })}
      >
        {t("step.addQuestion")}
      </Button>
      <h3>{t("step.solution")}</h3>
      <ChoiceField label={t("step.solutionNetwork")} hint={t("step.solutionHint")} none={t("none")} options={networks.filter((path) => path !== "network.yml" && !path.startsWith("broken/")).map((path) => ({ value: path, text: nameOf(path) }))} value={step.solution ?? ""} onChange={(path) => set(["solve", "network"], path)} />
    </>
  );
}

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { isSeq } from "yaml";
import { guideFiles, orderGuide, withGuideText, withoutGuideStep } from "../../playground/model/guideText.ts";
import { addTo, editText, removeAt } from "../../playground/model/labDocument.ts";
import { Button } from "../components/Button.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { freeId, readParts } from "./labParts.ts";
import { GuideEditor } from "./GuideEditor.tsx";
import { StepForm } from "./StepForm.tsx";
import { useDraft, useStudio } from "./useStudio.tsx";

/** The introduction and the steps of the guide: their texts with a preview, what judges them, hints, questions and solution. */
export function StepsTab() {
  const { t, language } = useTranslate(authorTexts);
  const { store } = useStudio();
  const files = useDraft((state) => state.history?.files ?? {});
  const labText = files["lab.yml"] ?? "";
  const parts = readParts(labText);
  /** -1: the introduction. */
  const [chosen, setChosen] = useState(-1);
  const current = parts.steps[Math.min(chosen, parts.steps.length - 1)];
  const change = store.getState().change;
  const inGuides = (edit: (text: string, language: "fr" | "en") => string): Record<string, string> => Object.fromEntries((["fr", "en"] as const).map((one) => [guideFiles[one], edit(files[guideFiles[one]] ?? "", one)]));
  const add = (): void => {
    const id = freeId("step", parts.steps.map((step) => step.id));
    const title = { fr: t("step.newFr"), en: t("step.newEn") };
    change({ "lab.yml": editText(labText, (document) => addTo(document, ["steps"], { id, title })), ...inGuides((text, one) => withGuideText(text, id, title[one], t(one === "fr" ? "step.textFr" : "step.textEn"))) });
    setChosen(parts.steps.length);
  };
  const move = (from: number, to: number): void => {
    const steps = parts.steps.map((step) => step.id);
    steps.splice(to, 0, ...steps.splice(from, 1));
    const moved = editText(labText, (document) => {
      const list = document.get("steps", true);
      if (isSeq(list)) list.items.splice(to, 0, ...list.items.splice(from, 1));
    });
    change({ "lab.yml": moved, ...inGuides((text) => orderGuide(text, steps)) });
    setChosen(to);
  };
  const remove = (index: number, id: string): void => {
    change({ "lab.yml": editText(labText, (document) => removeAt(document, ["steps", index])), ...inGuides((text) => withoutGuideStep(text, id)) });
    setChosen(index - 1);
  };
  return (
    <div className="studio-columns">
      <section className="studio-list" aria-label={t("tab.steps")}>
        <ul>
          <li>
            <button type="button" aria-current={current === undefined || chosen < 0} onClick={() => setChosen(-1)}>{t("step.introduction")}</button>
          </li>
          {parts.steps.map((step) => (
            <li key={step.index}>
              <button type="button" aria-current={chosen >= 0 && step === current} onClick={() => setChosen(step.index)}>
                <span>{step.index + 1}. {step.title[language] ?? step.id}</span>
                <span className="mono muted">{step.id}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="studio-add">
          <Button size="small" icon={<Plus size={14} />} onClick={add}>{t("step.add")}</Button>
        </div>
      </section>
      {current === undefined || chosen < 0 ? (
        <GuideEditor step={undefined} title={{ fr: "", en: "" }} head={<h2>{t("step.introduction")}</h2>} />
      ) : (
        <GuideEditor
          key={current.index} step={current.id} title={{ fr: current.title.fr ?? "", en: current.title.en ?? "" }}
          head={
            <div className="studio-main-head">
              <h2>{current.title[language] ?? current.id}</h2>
              <Button kind="quiet" icon={<ArrowUp size={15} />} aria-label={t("step.up")} disabled={current.index === 0} onClick={() => move(current.index, current.index - 1)} />
              <Button kind="quiet" icon={<ArrowDown size={15} />} aria-label={t("step.down")} disabled={current.index === parts.steps.length - 1} onClick={() => move(current.index, current.index + 1)} />
              <Button kind="quiet" icon={<Trash2 size={15} />} aria-label={t("remove")} onClick={() => remove(current.index, current.id)} />
            </div>
          }
        >
          <StepForm step={current} parts={parts} />
        </GuideEditor>
      )}
    </div>
  );
}

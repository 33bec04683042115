import { Check } from "lucide-react";
import { useId, useState } from "react";
import type { LabDetail } from "../../playground/contract/contract.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab } from "../state/stores.tsx";

/** A question with an answer box; the answer is saved when the box is left. */
export function QuestionBox({ lab, question }: { lab: string; question: LabDetail["steps"][number]["questions"][number] }) {
  const { t, localized } = useTranslate();
  const answer = useLab(lab, (state) => state.answer);
  const [text, setText] = useState(question.answer);
  const id = useId();
  const isSaved = text === question.answer && text.trim() !== "";
  return (
    <div className="question" data-question={question.id}>
      <label htmlFor={id}>{localized(question.text)}</label>
      <textarea id={id} rows={2} maxLength={10_000} value={text} placeholder={t("guide.answer")} onChange={(event) => setText(event.target.value)} onBlur={() => text !== question.answer && void answer(question.id, text)} />
      {isSaved ? (
        <span className="saved" role="status">
          <Check size={13} aria-hidden /> {t("guide.answerSaved")}
        </span>
      ) : null}
    </div>
  );
}

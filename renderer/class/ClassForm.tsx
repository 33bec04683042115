import { useState, type FormEvent } from "react";
import { Button } from "../components/Button.tsx";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

/** Which folder to grade, and with which hidden checks. */
export function ClassForm({ folder: known, hidden, isGrading, onHidden, onGrade }: { folder: string; hidden: string; isGrading: boolean; onHidden: (hidden: string) => void; onGrade: (folder: string, hidden: string[]) => void }) {
  const { t } = useTranslate(classTexts);
  const [folder, setFolder] = useState(known);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGrade(folder.trim(), hidden.split("\n").map((line) => line.trim()).filter((line) => line !== ""));
  };
  return (
    <form className="class-form" onSubmit={submit}>
      <label className="field">
        <span>{t("folder")}</span>
        <input className="mono" value={folder} spellCheck={false} onChange={(event) => setFolder(event.target.value)} />
        <span className="field-note">{t("folderHint")}</span>
      </label>
      <label className="field">
        <span>{t("hidden")}</span>
        <textarea className="mono" rows={1} value={hidden} spellCheck={false} onChange={(event) => onHidden(event.target.value)} />
        <span className="field-note">{t("hiddenHint")}</span>
      </label>
      <Button kind="primary" type="submit" disabled={isGrading || folder.trim() === ""}>
        {isGrading ? t("grading") : t("grade")}
      </Button>
    </form>
  );
}

import { useState, type ReactNode } from "react";
import { guideFiles, guideText, withGuideText } from "../../playground/model/guideText.ts";
import type { Language, Localized } from "../../playground/model/lab.ts";
import { chooseValues, fillValues, variantsOf } from "../../playground/model/variants.ts";
import { Markdown } from "../guide/Markdown.tsx";
import "../guide/guide.css";
import { authorTexts } from "../i18n/authorTexts.ts";
import { LanguageProvider, useTranslate } from "../i18n/translate.tsx";
import { TextField } from "./fields.tsx";
import { useDraft, useStudio } from "./useStudio.tsx";

interface GuideEditorProps {
  /** Undefined: the introduction. */
  readonly step: string | undefined;
  readonly title: Localized;
  readonly head: ReactNode;
  readonly children?: ReactNode;
}

/** The text of a step in both languages, and beside it what a student reads. */
export function GuideEditor({ step, title, head, children }: GuideEditorProps) {
  const { t, language } = useTranslate(authorTexts);
  const { lab, store } = useStudio();
  const files = useDraft((state) => state.history?.files ?? {});
  const [shown, setShown] = useState<Language>(language);
  const textIn = (one: Language): string => guideText(files[guideFiles[one]] ?? "", step);
  const write = (one: Language, text: string): void => store.getState().change({ [guideFiles[one]]: withGuideText(files[guideFiles[one]] ?? "", step, title[one], text) }, `guide ${one} ${step ?? ""}`);
  const values = chooseValues(variantsOf(files["lab.yml"] ?? ""), undefined);
  const preview = (one: Language): string => fillValues(textIn(one), values).replace(/^---\n[\s\S]*?\n---\n/, "").replace(step === undefined ? /^\s*# .*\n?/ : /^$/, "");
  const tabs: readonly Language[] = ["fr", "en"];
  return (
    <>
      <section className="studio-main scroll" aria-label={title[language] || t("step.introduction")}>
        {head}
        <div className="studio-form">
          <div className="field-pair">
            {tabs.map((one) => (
              <DraftText key={one} label={`${t("step.text")} · ${t(one === "fr" ? "french" : "english")}`} value={textIn(one)} onChange={(text) => write(one, text)} onFocus={() => setShown(one)} />
            ))}
          </div>
          <p className="field-hint">{t("step.textHint")}</p>
          {children}
        </div>
      </section>
      <section className="studio-side scroll" aria-label={t("preview")}>
        <div className="studio-main-head">
          <h2>{t("preview")}</h2>
          <div className="studio-languages" role="group" aria-label={t("preview")}>
            {tabs.map((one) => <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>{t(one === "fr" ? "french" : "english")}</button>)}
          </div>
        </div>
        <LanguageProvider language={shown}>
          <div className="studio-preview">
            {step === undefined ? null : <h3>{title[shown]}</h3>}
            <Markdown lab={lab} text={{ fr: preview("fr"), en: preview("en") }} />
          </div>
        </LanguageProvider>
      </section>
    </>
  );
}

/** What is typed stays as typed, also where the file trims it: a space at the end is the beginning of a word. */
function DraftText({ label, value, onChange, onFocus }: { label: string; value: string; onChange: (text: string) => void; onFocus: () => void }) {
  const [typed, setTyped] = useState(value);
  const shown = typed.trim() === value.trim() ? typed : value;
  return (
    <div onFocus={onFocus}>
      <TextField
        label={label} mono rows={14} value={shown}
        onChange={(text) => {
          setTyped(text);
          onChange(text);
        }}
      />
    </div>
  );
}

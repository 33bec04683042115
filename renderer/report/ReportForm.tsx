import { useId } from "react";
import type { ReportIdentity } from "../../playground/contract/reportContract.ts";
import type { Language } from "../../playground/model/lab.ts";
import { reportTexts } from "../i18n/reportTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

const fields = ["student", "group", "course", "date"] as const;

/** Who hands the report in, and in which language it is. */
export function ReportForm({ identity, language, onIdentity, onLanguage }: { identity: ReportIdentity; language: Language; onIdentity: (identity: ReportIdentity) => void; onLanguage: (language: Language) => void }) {
  const { t, language: spoken } = useTranslate(reportTexts);
  const id = useId();
  const today = new Date().toLocaleDateString(language === "fr" ? "fr-FR" : "en-GB", { dateStyle: "long" });
  return (
    <section className="report-part" aria-label={t("report.about")}>
      <h2>{t("report.about")}</h2>
      {fields.map((field) => (
        <div className="field" key={field}>
          <label htmlFor={`${id}-${field}`}>{t(`report.${field}`)}</label>
          <input id={`${id}-${field}`} maxLength={field === "date" ? 100 : 200} autoComplete="off" spellCheck={false} placeholder={field === "date" ? today : undefined} value={identity[field]} onChange={(event) => onIdentity({ ...identity, [field]: event.target.value })} />
        </div>
      ))}
      <div className="field">
        <label htmlFor={`${id}-language`}>{t("report.language")}</label>
        <select id={`${id}-language`} value={language} onChange={(event) => onLanguage(event.target.value === "en" ? "en" : "fr")}>
          <option value="fr" lang={spoken === "fr" ? undefined : "fr"}>Français</option>
          <option value="en" lang={spoken === "en" ? undefined : "en"}>English</option>
        </select>
      </div>
      <p className="report-hint">{t("report.aboutHint")}</p>
    </section>
  );
}

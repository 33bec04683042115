import { countCombinations, variantsOf } from "../../playground/model/variants.ts";
import { editText, setAt } from "../../playground/model/labDocument.ts";
import { groupSchema } from "../../playground/model/lab.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { ChoiceField, LocalizedField, NumberField, YamlField } from "./fields.tsx";
import { readParts } from "./labParts.ts";
import { useDraft, useStudio, useText } from "./useStudio.tsx";

/** What the library says of the lab, and what differs from one student to the next. */
export function AboutTab() {
  const { t } = useTranslate(authorTexts);
  const { t: window } = useTranslate();
  const { store } = useStudio();
  const labText = useText("lab.yml");
  const folder = useDraft((state) => state.folder);
  const { head, variants } = readParts(labText);
  const set = (key: string, value: unknown): void => store.getState().change({ "lab.yml": editText(labText, (document) => setAt(document, [key], value)) }, `head ${key}`);
  const localized = (value: unknown): { fr: string; en: string } => ({ fr: "", en: "", ...(typeof value === "object" && value !== null ? value : {}) });
  const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
  const combinations = countCombinations(variantsOf(labText));
  return (
    <div className="studio-columns one">
      <section className="studio-main scroll" aria-label={t("tab.about")}>
        <h2>{t("about.title")}</h2>
        <div className="studio-form">
          <LocalizedField label={t("title")} value={localized(head["title"])} onChange={(value) => set("title", value)} />
          <LocalizedField label={t("about.summary")} rows={3} value={localized(head["summary"])} onChange={(value) => set("summary", value)} />
          <div className="field-grid">
            <ChoiceField label={t("about.group")} value={typeof head["group"] === "string" ? head["group"] : ""} options={groupSchema.options.map((group) => ({ value: group, text: window(`group.${group}`) }))} onChange={(value) => set("group", value)} />
            <NumberField label={t("about.minutes")} value={number(head["minutes"])} onChange={(value) => set("minutes", value)} />
            <NumberField label={t("about.memory")} value={number(head["memory_mb"])} onChange={(value) => set("memory_mb", value)} />
          </div>
          <h3>{t("about.variants")}</h3>
          <p className="muted">{t("about.variantsLead")}</p>
          <YamlField label={t("about.variantsYaml")} rows={10} value={Object.keys(variants).length === 0 ? undefined : variants} onChange={(value) => set("variants", value)} hint={combinations > 1 ? t("about.combinations", { count: combinations }) : t("about.variantsHint")} />
          <p className="muted">{t("about.folder")} <span className="mono">{folder}</span></p>
        </div>
      </section>
    </div>
  );
}

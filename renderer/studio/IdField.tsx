import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { asId } from "./labParts.ts";
import { SettledField } from "./SettledField.tsx";

/** The id of a check or a step: never empty, and never another one's. */
export function IdField({ label, value, taken, onChange }: { label: string; value: string; taken: readonly string[]; onChange: (id: string) => void }) {
  const { t } = useTranslate(authorTexts);
  const trimmed = (text: string): string => text.replace(/-+$/, "");
  return (
    <SettledField
      label={label} value={value} clean={asId} onChange={(text) => onChange(trimmed(text))}
      refuse={(text) => (trimmed(text) === "" ? t("id.empty") : taken.includes(trimmed(text)) ? t("id.taken") : undefined)}
    />
  );
}

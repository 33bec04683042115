import { ShieldAlert, ShieldCheck } from "lucide-react";
import type { VerdictState } from "../../playground/contract/classTable.ts";
import { classTexts } from "../i18n/classTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

/** Whether a report is as it was exported: a word and a sign, never a colour alone. */
export function VerdictPill({ state }: { state: VerdictState }) {
  const { t } = useTranslate(classTexts);
  const isIntact = state === "intact";
  return (
    <span className={isIntact ? "pill ok" : "pill bad"}>
      {isIntact ? <ShieldCheck size={13} aria-hidden /> : <ShieldAlert size={13} aria-hidden />}
      {t(`state.${state}`)}
    </span>
  );
}

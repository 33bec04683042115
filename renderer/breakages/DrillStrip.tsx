import { CircleCheck, Dumbbell, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../components/Button.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab } from "../state/stores.tsx";
import { JudgeButton } from "./DrillPart.tsx";
import { clockText, useElapsed } from "./drillTime.ts";
import { useBreakages } from "./useBreakages.ts";
import "./breakages.css";

/** A quiet line under the header while a drill is under way: how long, and whether it is repaired. Nothing where there is none. */
export function DrillStrip({ lab }: { lab: string }) {
  const { t } = useTranslate(breakagesTexts);
  const { state, act, isBusy } = useBreakages(lab);
  const tab = useLab(lab, (one) => one.leftTab);
  const showTab = useLab(lab, (one) => one.showTab);
  const drill = state?.drill;
  const elapsed = useElapsed(drill?.startedAt ?? "", drill?.state === "broken", drill?.milliseconds ?? 0);
  const [closed, setClosed] = useState("");
  if (!drill || drill.state === "revealed" || closed === drill.startedAt) return null;
  const isDone = drill.state === "repaired";
  return (
    <div className={`drill-strip${isDone ? " done" : ""}`} role="region" aria-label={t("region")} data-testid="drill-strip" data-drill={drill.state}>
      {isDone ? <CircleCheck size={15} aria-hidden /> : <Dumbbell size={15} aria-hidden />}
      <strong>{t("drill")}</strong>
      {isDone ? <span role="status">{t("drill.repaired", { time: clockText(drill.milliseconds) })}</span> : <span>{t("drill.running", { count: drill.faults })}</span>}
      {isDone ? null : <span className="drill-clock">{clockText(elapsed)}</span>}
      <span className="grow" />
      {isDone ? null : <JudgeButton lab={lab} act={act} isBusy={isBusy} />}
      {tab === "breakages" ? null : <Button size="small" kind="quiet" onClick={() => showTab("breakages")}>{t("drill.open")}</Button>}
      {isDone ? <Button size="small" kind="quiet" icon={<X size={14} />} aria-label={t("drill.close")} onClick={() => setClosed(drill.startedAt)} /> : null}
    </div>
  );
}

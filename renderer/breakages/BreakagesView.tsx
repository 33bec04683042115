import { useTranslate } from "../i18n/translate.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useLab } from "../state/stores.tsx";
import { BrokenPart } from "./BrokenPart.tsx";
import { DrillPart } from "./DrillPart.tsx";
import { OffersPart } from "./OffersPart.tsx";
import { RepairPart } from "./RepairPart.tsx";
import { useBreakages } from "./useBreakages.ts";
import "./breakages.css";

/** What is broken on purpose, what can be, and drills. While a drill is under way: only what its student needs. */
export function BreakagesView({ lab }: { lab: string }) {
  const { t } = useTranslate(breakagesTexts);
  const phase = useLab(lab, (state) => state.status?.phase ?? "stopped");
  const breakages = useBreakages(lab);
  if (phase === "stopped" || phase === "starting") return <p className="empty">{t("stopped")}</p>;
  if (!breakages.state) return null;
  const isDrilling = breakages.state.drill?.state === "broken";
  const parts = { lab, breakages, state: breakages.state };
  return (
    <div className="breakages scroll">
      <DrillPart {...parts} />
      {isDrilling ? <RepairPart {...parts} /> : null}
      {isDrilling ? null : <BrokenPart {...parts} />}
      {isDrilling ? null : <OffersPart {...parts} />}
    </div>
  );
}

import { useState } from "react";
import { ArrowRight, CircleCheck, Clock, FileCheck, MemoryStick, Square } from "lucide-react";
import type { LabSummary } from "../../playground/contract/contract.ts";
import { Button } from "../components/Button.tsx";
import { reportTexts } from "../i18n/reportTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { StopLabDialog } from "../lab/StopLabDialog.tsx";
import { formatRoute } from "../state/route.ts";
import { useApp, useLabs } from "../state/stores.tsx";
import { isUp, labNumber, standingOf } from "./nextLab.ts";

/** Where the student stands, in words and a bar. */
function StandingLine({ lab }: { lab: LabSummary }) {
  const { t } = useTranslate();
  const standing = standingOf(lab);
  if (standing === "none") return <span className="standing muted">{t("library.standing.none")}</span>;
  const text = standing === "done" ? t("library.standing.done") : t("library.standing.some", { passed: lab.passedChecks, total: lab.totalChecks });
  return (
    <span className={`standing ${standing}`}>
      {standing === "done" ? <CircleCheck size={15} aria-hidden /> : null}
      <span>{text}</span>
      {standing === "some" ? (
        <span className="bar" aria-hidden>
          <i style={{ width: `${(100 * lab.passedChecks) / lab.totalChecks}%` }} />
        </span>
      ) : null}
    </span>
  );
}

/** One lab of the library. The whole card opens it; where it has actions, a running lab can be stopped. */
export function LabCard({ lab, emphasis = false, hasActions = false }: { lab: LabSummary; emphasis?: boolean; hasActions?: boolean }) {
  const { t, localized, number, language } = useTranslate();
  const { t: report } = useTranslate(reportTexts);
  const go = useApp((state) => state.go);
  const labs = useLabs((state) => state.labs);
  const [isStopping, setStopping] = useState(false);
  const title = localized(lab.title);
  const up = isUp(lab);
  const foundations = lab.buildsOn.map((id) => labs?.find((other) => other.id === id)).map((other, index) => (other ? localized(other.title) : (lab.buildsOn[index] ?? "")));
  // The button's name begins with what is written on it: speech input goes by what one sees.
  const openWord = up ? t("library.open") : standingOf(lab) === "some" ? t("library.continue") : t("library.start");
  return (
    <article className={`lab-card${emphasis ? " emphasis" : ""}`} data-lab={lab.id} data-phase={lab.phase} aria-label={title}>
      <div className="lab-card-head">
        <span className="lab-number mono" aria-hidden>
          {labNumber(lab.id) ?? "·"}
        </span>
        <h3>
          <a className="lab-card-link" href={formatRoute({ screen: "lab", lab: lab.id })}>
            {title}
          </a>
        </h3>
        {up ? (
          <span className="pill">
            <i className={`dot ${lab.phase}`} />
            {t(`phase.${lab.phase}`)}
          </span>
        ) : null}
      </div>
      <p className="lab-summary">{localized(lab.summary)}</p>
      {foundations.length > 0 ? <p className="lab-builds">{t("library.buildsOn", { labs: foundations.join(", ") })}</p> : null}
      <div className="lab-card-foot">
        <StandingLine lab={lab} />
        {lab.exportedAt === undefined ? null : (
          <span className="lab-exported" title={new Date(lab.exportedAt).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { dateStyle: "long", timeStyle: "short" })}>
            <FileCheck size={15} aria-hidden />
            {report("report.card")}
          </span>
        )}
        <span className="lab-facts">
          <span title={t("library.duration")}>
            <Clock size={14} aria-hidden />
            <span className="visually-hidden">{t("library.duration")}</span>
            {t("common.minutes", { count: lab.minutes })}
          </span>
          <span title={t("library.memory")}>
            <MemoryStick size={14} aria-hidden />
            <span className="visually-hidden">{t("library.memory")}</span>
            {t("common.megabytes", { value: number(lab.memoryMegabytes) })}
          </span>
        </span>
        {hasActions ? (
          <span className="lab-card-actions">
            {up ? (
              <Button icon={<Square size={12} fill="currentColor" />} aria-label={t("library.stopLab", { title })} title={t("library.stopLab", { title })} disabled={lab.phase === "stopping"} onClick={() => setStopping(true)}>
                {t("library.stop")}
              </Button>
            ) : null}
            <Button kind={emphasis ? "primary" : "plain"} icon={<ArrowRight size={15} />} aria-label={`${openWord} – ${title}`} title={t("library.openLab", { title })} onClick={() => go({ screen: "lab", lab: lab.id })}>
              {openWord}
            </Button>
          </span>
        ) : null}
      </div>
      {isStopping ? <StopLabDialog lab={lab.id} title={title} onClose={() => setStopping(false)} /> : null}
    </article>
  );
}

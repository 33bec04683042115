import { LoaderCircle, TriangleAlert } from "lucide-react";
import { WorkProgress } from "../components/WorkProgress.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useLab, useStores } from "../state/stores.tsx";

/** A line under the header, only when there is something to say: work under way, or what is not as it should be. */
export function LabStrip({ lab }: { lab: string }) {
  const { t, localized } = useTranslate();
  const store = useStores().lab(lab);
  const detail = useLab(lab, (state) => state.detail);
  const status = useLab(lab, (state) => state.status);
  const work = useLab(lab, (state) => state.work);
  // An `up` on a machine that is not ready prepares it first.
  const progress = useApp((state) => [`up:${lab}`, "setup"].map((task) => state.progress[task]).find((one) => one?.state === "running"));
  if (!detail || !status) return null;
  const title = localized(detail.title);
  const isWorking = work === "up" || work === "down" || status.phase === "starting" || status.phase === "stopping";
  if (progress && (work === "up" || status.phase === "starting")) {
    return (
      <div className="lab-strip">
        <WorkProgress isCompact progress={progress} title={t("lab.starting", { title })} onCancel={() => void store.getState().cancel()} />
      </div>
    );
  }
  if (isWorking || work === "solve") {
    return (
      <div className="lab-strip inline" role="status">
        <LoaderCircle size={15} className="spin" aria-hidden />
        {work === "solve" ? t("lab.applying") : status.phase === "stopping" || work === "down" ? t("lab.stopping", { title }) : t("lab.starting", { title })}
      </div>
    );
  }
  if (status.findings.length > 0) {
    return (
      <details className="lab-strip warning">
        <summary>
          <TriangleAlert size={15} aria-hidden /> {t("lab.findingsTitle")} · {t("lab.findings", { count: status.findings.length })}
        </summary>
        <ul>
          {status.findings.map((finding) => (
            <li key={finding.en}>{localized(finding)}</li>
          ))}
        </ul>
      </details>
    );
  }
  return null;
}

import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab } from "../state/stores.tsx";

/** Beside the toolbar while the lab is stopped: that the picture is what the file plans, and the way to start. */
export function StoppedPill({ lab }: { lab: string }) {
  const { t } = useTranslate(canvasTexts);
  const isStopped = useLab(lab, (state) => state.status?.phase === "stopped");
  const up = useLab(lab, (state) => state.up);
  if (!isStopped) return null;
  return (
    <div className="topology-stopped" role="status">
      <span>{t("topology.stopped")}</span>
      <Button kind="primary" size="small" onClick={() => void up()}>{t("topology.start")}</Button>
    </div>
  );
}

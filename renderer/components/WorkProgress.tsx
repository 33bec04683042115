import { X } from "lucide-react";
import type { Progress } from "../../playground/contract/contract.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { guessSecondsLeft } from "../state/secondsLeft.ts";
import { useApp } from "../state/stores.tsx";
import { Button } from "./Button.tsx";

/** Long work: a bar, what is being done, how much is left, and a way to cancel. */
export function WorkProgress({ progress, title, isCompact = false, onCancel }: { progress: Progress; title?: string; isCompact?: boolean; onCancel?: () => void }) {
  const { t, localized } = useTranslate();
  const secondsLeft = useApp((state) => guessSecondsLeft(state.workLog, progress.task));
  const ratio = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const label = localized(progress.label);
  return (
    <div className="work">
      <div className="work-line">
        <span className="grow" aria-live="polite">
          {title ? `${title} · ` : ""}
          {label}
          {isCompact && progress.detail ? <span className="work-inline-detail"> {progress.detail}</span> : null}
        </span>
        <span className="muted">
          {progress.state === "failed"
            ? t("progress.failed")
            : progress.state === "cancelled"
              ? t("progress.cancelled")
              : progress.state === "done"
                ? t("progress.done")
                : secondsLeft !== undefined && secondsLeft > 2
                  ? t("progress.left", { seconds: secondsLeft })
                  : progress.total > 1
                    ? `${progress.done} / ${progress.total}`
                    : ""}
        </span>
        {onCancel && progress.state === "running" ? (
          <Button size="small" icon={<X size={14} />} onClick={onCancel}>
            {t("common.cancel")}
          </Button>
        ) : null}
      </div>
      <div className={`bar${progress.state === "done" ? " done" : ""}`} role="progressbar" aria-label={title ?? label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(ratio * 100)}>
        <i style={{ width: `${Math.max(2, ratio * 100)}%` }} />
      </div>
      {progress.detail && !isCompact ? <div className="work-detail">{progress.detail}</div> : null}
    </div>
  );
}

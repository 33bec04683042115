import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { Progress } from "../../playground/contract/contract.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Button } from "./Button.tsx";

/** Long work: a bar, what is being done, how much is left, and a way to cancel. */
export function WorkProgress({ progress, title, onCancel }: { progress: Progress; title?: string; onCancel?: () => void }) {
  const { t, localized } = useTranslate();
  const secondsLeft = useSecondsLeft(progress);
  const ratio = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const label = localized(progress.label);
  return (
    <div className="work">
      <div className="work-line">
        <span className="grow" aria-live="polite">
          {title ? `${title} · ` : ""}
          {label}
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
      {progress.detail ? <div className="work-detail">{progress.detail}</div> : null}
    </div>
  );
}

/** What is left at the pace so far; nothing before a tenth is done, because a guess from nothing misleads. */
function useSecondsLeft({ task, state, done, total }: Progress): number | undefined {
  const [clock, setClock] = useState({ task, startedAt: 0, now: 0, from: done });
  useEffect(() => {
    const now = Date.now();
    setClock((before) => (before.task === task && before.startedAt > 0 ? { ...before, now } : { task, startedAt: now, now, from: done }));
  }, [task, done]);
  const gained = done - clock.from;
  if (state !== "running" || total <= 0 || gained / total < 0.1) return undefined;
  const secondsEach = (clock.now - clock.startedAt) / 1000 / gained;
  return Math.ceil(secondsEach * (total - done));
}

import { ArrowDown, CircleCheck } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { useTranslate } from "../i18n/translate.tsx";

/** Stands at the guide's foot when a step was finished: the student reads on, and goes to the next one when ready. */
export function NextStepBar({ finished, next, title, onGo }: { finished: number; next: number; title: string; onGo: () => void }) {
  const { t } = useTranslate();
  return (
    <div className="next-step" role="status">
      <CircleCheck size={16} aria-hidden />
      <span>{t("guide.step.finished", { step: finished })}</span>
      <Button kind="primary" size="small" icon={<ArrowDown size={14} />} aria-label={t("guide.step.nextTitle", { step: next, title })} title={title} onClick={onGo}>
        {t("guide.step.next", { step: next })}
      </Button>
    </div>
  );
}

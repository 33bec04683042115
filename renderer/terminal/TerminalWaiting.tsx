import { LoaderCircle, Play } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";

/** In the place of a machine's terminal while its lab does not run: that it opens by itself, and how to come there. */
export function TerminalWaiting({ lab, name, hasOutput }: { lab: string; name: string; hasOutput: boolean }) {
  const { t } = useTranslate(canvasTexts);
  const store = useStores().lab(lab);
  const canStart = useLab(lab, (state) => state.status?.phase === "stopped" && state.work === undefined);
  const isStarting = useLab(lab, (state) => state.status?.phase === "starting" || state.work === "up");
  return (
    <div className={`terminal-waiting${hasOutput ? " beneath" : ""}`} role="status">
      {isStarting ? <LoaderCircle size={15} className="spin" aria-hidden /> : null}
      <span>{t(isStarting ? "terminal.waitsForStart" : "terminal.waits", { name })}</span>
      {isStarting ? null : (
        <Button size="small" icon={<Play size={13} />} disabled={!canStart} onClick={() => void store.getState().up()}>
          {t("terminal.startLab")}
        </Button>
      )}
    </div>
  );
}

import { useEffect, useId, useState } from "react";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { wantedImpairment } from "./impairment.ts";

/** Asks how bad a node's link should be. */
export function ImpairForm({ lab, node, onClose }: { lab: string; node: string; onClose: () => void }) {
  const { t } = useTranslate(canvasTexts);
  const client = useClient();
  const notifyDone = useApp((state) => state.notifyDone);
  const notifyError = useApp((state) => state.notifyError);
  const loadSystem = useApp((state) => state.loadSystem);
  // Not known yet is not refused: the engine says so itself when it cannot.
  const canDelay = useApp((state) => state.info?.capabilities.netem !== false);
  const reason = useId();
  const [loss, setLoss] = useState("10");
  const [delay, setDelay] = useState("100");
  // The machine may have been looked at since the window was opened.
  useEffect(() => void loadSystem(), [loadSystem]);
  const apply = async () => {
    const { lossPercent, delayMilliseconds } = wantedImpairment(loss, delay, canDelay);
    onClose();
    try {
      const { how } = await client.call("links.impair", { lab, node, lossPercent, delayMilliseconds });
      notifyDone(t("impair.done", { name: node, loss: lossPercent, delay: delayMilliseconds, how }));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Dialog title={t("impair.title", { name: node })} onClose={onClose}>
      <form
        className="impair-form"
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
      >
        <label className="field"><span>{t("impair.loss")}</span><input type="number" min={0} max={100} value={loss} onChange={(event) => setLoss(event.target.value)} /></label>
        <label className="field">
          <span>{t("impair.delay")}</span>
          <input type="number" min={0} max={5000} step={10} disabled={!canDelay} aria-describedby={canDelay ? undefined : reason} value={canDelay ? delay : "0"} onChange={(event) => setDelay(event.target.value)} />
          {canDelay ? null : <span className="hint" id={reason}>{t("impair.noDelay")}</span>}
        </label>
        <div className="dialog-actions"><Button kind="primary" type="submit">{t("impair.apply")}</Button></div>
      </form>
    </Dialog>
  );
}

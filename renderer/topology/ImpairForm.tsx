import { useState } from "react";
import { Button } from "../components/Button.tsx";
import { Dialog } from "../components/Dialog.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";

/** Asks how bad a node's link should be. */
export function ImpairForm({ lab, node, onClose }: { lab: string; node: string; onClose: () => void }) {
  const { t } = useTranslate(canvasTexts);
  const client = useClient();
  const notifyDone = useApp((state) => state.notifyDone);
  const notifyError = useApp((state) => state.notifyError);
  const [loss, setLoss] = useState("10");
  const [delay, setDelay] = useState("100");
  const apply = async () => {
    const lossPercent = Math.min(100, Math.max(0, Number(loss) || 0));
    const delayMilliseconds = Math.min(5000, Math.max(0, Number(delay) || 0));
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
        <label className="field"><span>{t("impair.delay")}</span><input type="number" min={0} max={5000} step={10} value={delay} onChange={(event) => setDelay(event.target.value)} /></label>
        <div className="dialog-actions"><Button kind="primary" type="submit">{t("impair.apply")}</Button></div>
      </form>
    </Dialog>
  );
}

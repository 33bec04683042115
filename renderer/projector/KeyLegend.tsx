import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../components/Button.tsx";
import { projectorTexts } from "../i18n/projectorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { projectorKeys } from "./projectorKeys.ts";

/** The keys of the mode, over the picture; `?` and Escape close it. */
export function KeyLegend({ onClose }: { onClose: () => void }) {
  const { t } = useTranslate(projectorTexts);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <section ref={panel} className="projector-legend scroll" aria-label={t("projector.keys")} tabIndex={-1}>
      <header>
        <h2>{t("projector.keys")}</h2>
        <Button kind="quiet" aria-label={t("projector.closeKeys")} icon={<X size={26} />} onClick={onClose} />
      </header>
      <dl>
        {projectorKeys.map(({ keys, text }) => (
          <div key={text}>
            <dt>{keys.split("  ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

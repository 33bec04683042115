import { Eye, EyeOff, Undo2 } from "lucide-react";
import type { BreakageState } from "../../playground/contract/breakagesContract.ts";
import { Button } from "../components/Button.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient } from "../state/stores.tsx";
import type { Breakages } from "./useBreakages.ts";

export interface PartProps {
  readonly lab: string;
  readonly breakages: Breakages;
  readonly state: BreakageState;
}

/** What is broken now, by whom and since when; each can be taken back, and all be hidden. */
export function BrokenPart({ lab, breakages: { act, isBusy }, state }: PartProps) {
  const { t, localized, language } = useTranslate(breakagesTexts);
  const client = useClient();
  const { hidden, breakages } = state;
  const time = (at: string) => new Date(at).toLocaleTimeString(language === "fr" ? "fr-FR" : "en-GB");
  return (
    <section className="breakages-part" aria-labelledby="broken-title">
      <div className="breakages-head">
        <h2 id="broken-title">{t("broken")}</h2>
        {hidden ? (
          <Button size="small" icon={<Eye size={14} />} disabled={isBusy} onClick={() => void act(() => client.call("breakages.hide", { lab, hidden: false }))}>{t("reveal")}</Button>
        ) : breakages.length > 0 ? (
          <Button size="small" icon={<EyeOff size={14} />} disabled={isBusy} onClick={() => void act(() => client.call("breakages.hide", { lab, hidden: true }))}>{t("hide")}</Button>
        ) : null}
        {hidden || breakages.length > 0 ? (
          <Button size="small" icon={<Undo2 size={14} />} disabled={isBusy} onClick={() => void act(() => client.call("breakages.undoAll", { lab }))}>{t("undoAll")}</Button>
        ) : null}
      </div>
      {hidden ? <p className="muted">{t("broken.hidden")}</p> : breakages.length === 0 ? <p className="muted">{t("broken.none")}</p> : null}
      <ul className="broken-list">
        {breakages.map((breakage) => (
          <li key={breakage.id} data-breakage={breakage.id}>
            <span>
              {localized(breakage.text)}
              <small>{t("broken.by", { by: breakage.by, time: time(breakage.at) })}</small>
            </span>
            <Button size="small" kind="quiet" disabled={isBusy} aria-label={t("undo.named", { text: localized(breakage.text) })} onClick={() => void act(() => client.call("breakages.undo", { lab, breakage: breakage.id }))}>{t("undo")}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

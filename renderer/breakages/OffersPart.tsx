import { useEffect, useState } from "react";
import { breakageFaultSchema, type BreakageFault, type BreakageOffer } from "../../playground/model/breakage.ts";
import { Button } from "../components/Button.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import type { PartProps } from "./BrokenPart.tsx";

/** Everything that can be broken, by the kind of fault; what a connection feels of it stands beneath. */
export function OffersPart({ lab, breakages: { act, isBusy }, state }: PartProps) {
  const { t } = useTranslate(breakagesTexts);
  const client = useClient();
  const [hides, setHides] = useState(false);
  const [loss, setLoss] = useState(40);
  const [delay, setDelay] = useState(0);
  const canDelay = useApp((app) => app.info?.capabilities.netem !== false);
  const loadSystem = useApp((app) => app.loadSystem);
  useEffect(() => void loadSystem(), [loadSystem]);
  const broken = new Set(state.breakages.map(({ id }) => id));
  const faults = breakageFaultSchema.options.filter((fault) => state.offers.some((offer) => offer.fault === fault));
  const make = (offer: BreakageOffer) =>
    act(() => client.call("breakages.make", { lab, breakage: offer.id, ...(offer.fault === "impair" ? { lossPercent: loss, delayMilliseconds: canDelay ? delay : 0 } : {}), ...(hides || state.hidden ? { hide: true } : {}) }));
  return (
    <section className="breakages-part" aria-labelledby="offers-title">
      <div className="breakages-head">
        <h2 id="offers-title">{t("offers")}</h2>
        <label><input type="checkbox" checked={hides || state.hidden} disabled={state.hidden} onChange={(event) => setHides(event.target.checked)} /> {t("offers.hide")}</label>
      </div>
      <p className="muted">{state.offers.length === 0 ? t("offers.none") : t("lead")}</p>
      {faults.map((fault) => (
        <details key={fault} className="offers" data-fault={fault}>
          <summary>
            {t(`fault.${fault}` satisfies `fault.${BreakageFault}`)} <span className="count-quiet">{state.offers.filter((offer) => offer.fault === fault).length}</span>
          </summary>
          {fault === "impair" ? (
            <div className="impair-row">
              <label>{t("loss")} <input type="number" min={0} max={100} value={loss} onChange={(event) => setLoss(clamp(event.target.value, 100))} /></label>
              {canDelay ? <label>{t("delay")} <input type="number" min={0} max={5000} value={delay} onChange={(event) => setDelay(clamp(event.target.value, 5000))} /></label> : <small>{t("noDelay")}</small>}
            </div>
          ) : null}
          <ul>
            {state.offers.filter((offer) => offer.fault === fault).map((offer) => (
              <Offer key={offer.id} offer={offer} isDisabled={isBusy || broken.has(offer.id)} onBreak={() => void make(offer)} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Offer({ offer, isDisabled, onBreak }: { offer: BreakageOffer; isDisabled: boolean; onBreak: () => void }) {
  const { t, localized } = useTranslate(breakagesTexts);
  const { path, check } = offer;
  // How bad a cable gets is said above.
  const title = offer.fault === "impair" ? (offer.target[0] ?? "") : localized(offer.text);
  return (
    <li data-offer={offer.id}>
      <span>
        {title}
        {path ? <small>{t("felt", { from: path.from, to: path.to, port: path.port === undefined ? t("ping") : t("port", { port: path.port }) })}</small> : check === undefined ? null : <small>{t("felt.check", { check })}</small>}
      </span>
      <Button size="small" disabled={isDisabled} aria-label={t("break.named", { text: localized(offer.text) })} onClick={onBreak}>{t("break")}</Button>
    </li>
  );
}

const clamp = (text: string, most: number): number => Math.max(0, Math.min(most, Math.round(Number(text) || 0)));

import { Wrench } from "lucide-react";
import { useState } from "react";
import { resourceOfBreakage } from "../../playground/model/breakage.ts";
import { Button } from "../components/Button.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import type { PartProps } from "./BrokenPart.tsx";

/** How a student mends what differs from network.yml: one resource, the one they suspect, is written again. */
export function RepairPart({ lab, breakages: { act, isBusy }, state }: PartProps) {
  const { t } = useTranslate(breakagesTexts);
  const client = useClient();
  const notifyDone = useApp((app) => app.notifyDone);
  const resources = [...new Set(state.offers.flatMap((offer) => resourceOfBreakage(offer) ?? []))].sort();
  const [chosen, setChosen] = useState("");
  const resource = resources.includes(chosen) ? chosen : "";
  const repair = () =>
    act(async () => {
      const { changed } = await client.call("breakages.repair", { lab, resource });
      notifyDone(t(changed ? "repair.changed" : "repair.same", { resource }));
    });
  return (
    <section className="breakages-part" aria-labelledby="repair-title">
      <h2 id="repair-title">{t("repair")}</h2>
      <p className="muted">{t("repair.lead")}</p>
      <form
        className="repair-row"
        onSubmit={(event) => {
          event.preventDefault();
          void repair();
        }}
      >
        <select className="mono" aria-label={t("repair.resource")} value={resource} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t("repair.resource")}…</option>
          {resources.map((name) => <option key={name}>{name}</option>)}
        </select>
        <Button type="submit" size="small" icon={<Wrench size={14} />} disabled={isBusy || resource === ""}>{t("repair.do")}</Button>
      </form>
    </section>
  );
}

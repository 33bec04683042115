import { useState } from "react";
import type { NodeDetail } from "../../playground/contract/contract.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

type Table = NonNullable<NodeDetail["routeTable"]>;

/** A subnet's route table as it runs, with what the plan adds and what the system lacks marked by a word and a sign. */
export function RouteTable({ table }: { table: Table }) {
  const { t } = useTranslate(canvasTexts);
  const [opened] = useState(() => Date.now());
  const minutes = Math.floor((opened - Date.parse(table.observedAt)) / 60_000);
  const when = minutes < 1 || Number.isNaN(minutes) ? t("inspector.now") : t("inspector.minutesAgo", { minutes });
  const signs = { active: "", planned: "+ ", missing: "! ", blackhole: "" } as const;
  return (
    <section>
      <h3>{t("inspector.routeTable", { name: table.name })}</h3>
      <p className="muted">{t("inspector.associated", { subnet: table.subnet, when })}</p>
      <table>
        <thead><tr><th>{t("inspector.destination")}</th><th>{t("inspector.target")}</th></tr></thead>
        <tbody>
          {table.routes.map((route) => (
            <tr key={`${route.destination} ${route.target} ${route.state}`} className={route.state}>
              <td className="mono">{signs[route.state]}{route.destination}</td>
              <td>{route.target}{route.state === "active" ? null : <span className="muted"> {t(`inspector.route.${route.state}`)}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">{t("inspector.routeHint")}</p>
    </section>
  );
}

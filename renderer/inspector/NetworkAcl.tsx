import type { NodeDetail } from "../../playground/contract/contract.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

/** A subnet's network ACL: its rules by number for each direction, and how they are read. */
export function NetworkAcl({ acl }: { acl: NonNullable<NodeDetail["networkAcl"]> }) {
  const { t } = useTranslate(canvasTexts);
  return (
    <section>
      <h3>{t("inspector.acl", { name: acl.name })}</h3>
      <p className="mono muted">{acl.id}</p>
      {(["ingress", "egress"] as const).map((direction) => (
        <table key={direction}>
          <caption>{t(`inspector.${direction}`)}</caption>
          <thead><tr><th>{t("inspector.rule")}</th><th>{t("inspector.action")}</th><th>{t("inspector.protocol")}</th><th>{t(direction === "ingress" ? "inspector.source" : "inspector.destination")}</th></tr></thead>
          <tbody>
            {acl[direction].length === 0 ? <tr><td colSpan={4} className="muted">{t("inspector.noRules")}</td></tr> : null}
            {acl[direction].map((rule) => (
              <tr key={rule.number}>
                <td className="mono">{rule.number}</td>
                <td className="mono">{rule.action}</td>
                <td>{rule.protocol === "all" ? t("inspector.allProtocols") : rule.protocol} {rule.ports === "*" ? null : <span className="mono">{rule.ports}</span>}</td>
                <td className="mono together">{rule.cidr}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      <p className="muted">{t("inspector.aclHint")}</p>
    </section>
  );
}

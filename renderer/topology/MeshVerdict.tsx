import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { pathTexts } from "../i18n/pathTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

/** What the sidecars saw of an exchange, and which rule of the mesh refused it. */
export function MeshVerdict({ groups }: { groups: readonly TrafficGroup[] }) {
  const { t } = useTranslate(pathTexts);
  return (
    <section className="path-mesh">
      <h3>{t("mesh.title")}</h3>
      {groups.length === 0 ? <p className="muted">{t("mesh.nothing")}</p> : (
        <ul>
          {groups.map((group) => (
            <li key={group.id} className={group.refusals > 0 ? "lost" : undefined}>
              <b>{group.from} → {group.to}</b>{" "}
              {group.refusals === 0 ? null : group.policies.length === 0 ? t("mesh.refusedUnknown", { count: group.refusals }) : t("mesh.refused", { count: group.refusals, policy: group.policies.map((policy) => `${policy.kind} ${policy.namespace}/${policy.name}`).join(", ") })}{" "}
              {group.requests - group.refusals - group.errors > 0 ? t("mesh.passed", { count: group.requests - group.refusals - group.errors }) : null}{" "}
              {group.errors > 0 ? t("mesh.errors", { count: group.errors }) : null}
              {group.detail === undefined ? null : <code>{group.detail}</code>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

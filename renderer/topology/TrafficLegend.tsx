import { parseClusterId, policyId } from "../../playground/model/clusterIds.ts";
import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Sign } from "./ExposureLegend.tsx";
import { clusterSigns } from "../../playground/picture/glyphs.ts";
import { trafficLook } from "../../playground/picture/trafficScene.ts";
import { describeTraffic } from "./trafficWords.ts";
import type { ClusterParts } from "./useClusterPicture.ts";

/** What the signs of traffic mean, and each line in words with the policy that refused it; nothing where no sidecar tells. */
export function TrafficLegend({ clusters, onInspect }: { clusters: ClusterParts; onInspect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const { groups, views } = clusters;
  if (groups.length === 0 && !views.some((view) => view.observesTraffic)) return null;
  const has = (test: (group: TrafficGroup) => boolean): boolean => groups.some(test);
  return (
    <details className="tunnel-legend traffic-legend">
      <summary>
        <b>{t("traffic.title", { count: groups.length })}</b>
        {groups.length === 0 ? <span className="muted">{t("traffic.none")}</span> : null}
        {has((group) => group.encryption === "mtls") ? <span className="traffic-ok"><Sign path={clusterSigns.mtls} /> {t("traffic.mtls")}</span> : null}
        {has((group) => group.encryption === "plain" || group.encryption === "mixed") ? <span className="traffic-warn"><Sign path={clusterSigns.plain} /> {t("traffic.plain")}</span> : null}
        {has((group) => group.refusals > 0) ? <span className="traffic-bad"><Sign path={clusterSigns.refused} /> {t("traffic.refused")}</span> : null}
      </summary>
      <ul className="scroll" aria-label={t("traffic.list")}>
        {groups.map((group) => <TrafficLine key={group.id} group={group} onInspect={onInspect} />)}
      </ul>
    </details>
  );
}

/** One line of traffic in words; a policy that refused leads to its YAML. */
export function TrafficLine({ group, onInspect }: { group: TrafficGroup; onInspect: (id: string) => void }) {
  const translate = useTranslate(clusterTexts);
  const cluster = parseClusterId(group.id)?.cluster ?? "";
  const look = trafficLook(group);
  return (
    <li>
      <span className={`traffic-${look.color}`}><Sign path={look.sign} /></span> <button type="button" className="link" onClick={() => onInspect(group.id)}>{describeTraffic(group, translate)}</button>
      {group.policies.map((policy) => <button key={`${policy.namespace}/${policy.name}`} type="button" className="link traffic-policy" onClick={() => onInspect(policyId(cluster, policy.kind, policy.namespace, policy.name))}>{policy.kind} {policy.namespace}/{policy.name}</button>)}
    </li>
  );
}

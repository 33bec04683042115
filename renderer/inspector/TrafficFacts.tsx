import { parseClusterId, policyId } from "../../playground/model/clusterIds.ts";
import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Sign } from "../topology/ExposureLegend.tsx";
import { clusterSigns } from "../../playground/picture/glyphs.ts";
import { trafficLook } from "../../playground/picture/trafficScene.ts";
import { trafficWords } from "../topology/trafficWords.ts";
import { Fact, Facts } from "./Facts.tsx";
import { Link } from "./ClusterTables.tsx";

/** Traffic from one workload to another: how much, how fast, whether encrypted, and who refused it. */
export function TrafficFacts({ group, cluster, onSelect }: { group: TrafficGroup; cluster: string; onSelect: (id: string) => void }) {
  const translate = useTranslate(clusterTexts);
  const { t, number } = translate;
  const words = trafficWords(translate);
  const look = trafficLook({ ...group, refusals: 0 });
  const ends = (name: string, pods: readonly string[]) => (pods.length === 0 ? <span className="mono">{name === "" ? t("traffic.outside") : name}</span> : <>{name}{pods.map((pod) => <span key={pod} className="fact-note"><Link onClick={() => onSelect(pod)}>{parseClusterId(pod)?.names.at(-1)}</Link></span>)}</>);
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.traffic")}</Fact>
        <Fact name={t("from")}>{ends(group.from, group.sources)}</Fact>
        <Fact name={t("to")}>{ends(group.to, group.targets)}</Fact>
        <Fact name={t("requests")}>{words.volume(group)}{group.rate === 0 ? `, ${t("traffic.idle")}` : ""}</Fact>
        {group.median === undefined || group.high === undefined ? null : <Fact name={t("latency")}>{t("traffic.latencies", { median: number(group.median, 1), high: number(group.high, 1) })}</Fact>}
        {group.errors === 0 ? null : <Fact name={t("errors")}>{words.errors(group)}</Fact>}
        <Fact name={t("encryption")}><span className={`traffic-${look.color}`}><Sign path={look.sign} /></span> {t(`seen.${group.encryption}`)}</Fact>
      </Facts>
      {group.refusals === 0 ? null : (
        <section>
          <h3>{t("refusals")}</h3>
          <p><span className="traffic-bad"><Sign path={clusterSigns.refused} /></span> {words.refused(group)}</p>
          {group.detail?.endsWith("[none]") === true ? <p className="muted">{t("traffic.nothingAllows")}</p> : null}
          {group.policies.map((policy) => <p key={`${policy.namespace}/${policy.name}`}><Link onClick={() => onSelect(policyId(cluster, policy.kind, policy.namespace, policy.name))}>{policy.kind} {policy.namespace}/{policy.name}</Link></p>)}
          <Facts><Fact name={t("detail")} mono>{group.detail}</Fact></Facts>
        </section>
      )}
    </>
  );
}

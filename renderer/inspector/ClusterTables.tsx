import type { ReactNode } from "react";
import { podId } from "../../playground/model/clusterIds.ts";
import type { ClusterPod } from "../../playground/model/clusterView.ts";
import type { TrafficGroup } from "../../playground/model/trafficGroups.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { TrafficLine } from "../topology/TrafficLegend.tsx";

/** A name that leads to something else. */
export function Link({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return <button type="button" className="link" onClick={onClick}>{children}</button>;
}

/** Pods with their state and address. */
export function PodTable({ pods, cluster, onSelect }: { pods: readonly ClusterPod[]; cluster: string; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  if (pods.length === 0) return null;
  return (
    <section>
      <h3>{t("pods")}</h3>
      <table>
        <tbody>
          {pods.map((pod) => (
            <tr key={pod.uid}>
              <td><Link onClick={() => onSelect(podId(cluster, pod.namespace, pod.name))}>{pod.name}</Link><span className="fact-note mono">{pod.address}</span></td>
              <td><PodState pod={pod} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The state of a pod in a word, with the reason where it is not well. */
export function PodState({ pod }: { pod: ClusterPod }) {
  const { t } = useTranslate(clusterTexts);
  return <><span className={`state-dot pod-${pod.state}`} aria-hidden="true" />{t(`state.${pod.state}`)}{pod.reason === undefined ? null : <span className="fact-note">{pod.reason}</span>}</>;
}

/** Traffic in words; nothing where there is none. */
export function TrafficList({ groups, onSelect }: { groups: readonly TrafficGroup[]; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  if (groups.length === 0) return null;
  return (
    <section>
      <h3>{t("traffic")}</h3>
      <ul className="traffic-lines">{groups.map((group) => <TrafficLine key={group.id} group={group} onInspect={onSelect} />)}</ul>
    </section>
  );
}

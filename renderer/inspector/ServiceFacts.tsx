import { podId } from "../../playground/model/clusterIds.ts";
import type { ClusterService, ClusterView } from "../../playground/model/clusterView.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Fact, Facts } from "./Facts.tsx";
import { Link } from "./ClusterTables.tsx";

/** A service: its addresses and ports, and the pods that it sends to. */
export function ServiceFacts({ service, view, onSelect }: { service: ClusterService; view: ClusterView; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const selector = Object.entries(service.selector).map((pair) => pair.join("=")).join(", ");
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.service")}, {service.type}</Fact>
        <Fact name={t("namespace")}>{service.namespace}</Fact>
        {service.clusterAddress === undefined ? null : <Fact name={t("address")} mono>{service.clusterAddress}</Fact>}
        {service.externalAddresses.map((address) => <Fact key={address} name={t("addresses")} mono>{address}</Fact>)}
        {selector === "" ? null : <Fact name={t("selector")} mono>{selector}</Fact>}
      </Facts>
      <section>
        <h3>{t("ports")}</h3>
        <table><tbody>{service.ports.map((port) => <tr key={`${port.protocol}${port.port}`}><td className="mono">{port.port}/{port.protocol.toLowerCase()}</td><td className="mono">→ {port.targetPort}</td><td className="mono">{port.nodePort === undefined ? "" : `NodePort ${port.nodePort}`}</td></tr>)}</tbody></table>
      </section>
      <section>
        <h3>{t("endpoints")}</h3>
        {service.endpoints.length === 0 ? <p className="muted">{t("noEndpoints")}</p> : (
          <table>
            <tbody>
              {service.endpoints.map(({ address, pod, isReady }) => (
                <tr key={address}>
                  <td>{pod === undefined ? null : <Link onClick={() => onSelect(podId(view.name, service.namespace, pod))}>{pod}</Link>}<span className="fact-note mono">{address}</span></td>
                  <td><span className={`state-dot pod-${isReady ? "ready" : "unready"}`} aria-hidden="true" />{t(isReady ? "state.ready" : "state.unready")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}

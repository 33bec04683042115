import { deploymentId, parseClusterId, podId, policyId, serviceId } from "../../playground/model/clusterIds.ts";
import type { ClusterView } from "../../playground/model/clusterView.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ClusterParts } from "../topology/useClusterPicture.ts";
import { Fact, Facts } from "./Facts.tsx";
import { Link, PodTable, TrafficList } from "./ClusterTables.tsx";
import { DeploymentFacts, PodFacts } from "./PodFacts.tsx";
import { ServiceFacts } from "./ServiceFacts.tsx";
import { TrafficFacts } from "./TrafficFacts.tsx";

export interface ClusterFactsProps {
  readonly id: string;
  readonly view: ClusterView | undefined;
  readonly clusters: ClusterParts;
  onSelect(id: string): void;
}

/** What a cluster tells of one of its things; the kind of the id says which. */
export function ClusterFacts({ id, view, clusters, onSelect }: ClusterFactsProps) {
  const { t } = useTranslate(clusterTexts);
  const parsed = parseClusterId(id);
  const [first = "", second = "", third = ""] = parsed?.names ?? [];
  const isNamed = (one: { namespace: string; name: string }): boolean => one.namespace === first && one.name === second;
  const gone = <p className="muted">{t("gone")}</p>;
  if (view === undefined || parsed === undefined) return parsed?.kind === "cluster" ? <Facts><Fact name={t("kind")}>{t("kind.cluster")}</Fact><Fact name={t("state")}>{t("cluster.stopped")}</Fact></Facts> : gone;
  switch (parsed.kind) {
    case "pod": {
      const pod = view.pods.find(isNamed);
      return pod === undefined ? gone : <PodFacts pod={pod} view={view} clusters={clusters} onSelect={onSelect} />;
    }
    case "deployment": {
      const deployment = view.deployments.find(isNamed);
      return deployment === undefined ? gone : <DeploymentFacts deployment={deployment} view={view} onSelect={onSelect} />;
    }
    case "service": {
      const service = view.services.find(isNamed);
      return service === undefined ? gone : <ServiceFacts service={service} view={view} onSelect={onSelect} />;
    }
    case "ingress": {
      const ingress = view.ingresses.find(isNamed);
      if (ingress === undefined) return gone;
      return (
        <>
          <Facts>
            <Fact name={t("kind")}>{t("kind.ingress")}{ingress.className === undefined ? "" : `, ${ingress.className}`}</Fact>
            <Fact name={t("namespace")}>{ingress.namespace}</Fact>
            {ingress.addresses.length === 0 ? null : <Fact name={t("addresses")} mono>{ingress.addresses.join(", ")}</Fact>}
          </Facts>
          <section>
            <h3>{t("rules")}</h3>
            <table><tbody>{ingress.rules.map((rule) => <tr key={`${rule.host}${rule.path}`}><td className="mono">{rule.host}{rule.path}</td><td><Link onClick={() => onSelect(serviceId(view.name, ingress.namespace, rule.service))}>{rule.service}</Link> <span className="mono muted">:{rule.port}</span></td></tr>)}</tbody></table>
          </section>
        </>
      );
    }
    case "traffic": {
      const group = clusters.groups.find((candidate) => candidate.id === id);
      return group === undefined ? <p className="muted">{t("traffic.none")}</p> : <TrafficFacts group={group} cluster={view.name} onSelect={onSelect} />;
    }
    case "policy": {
      const policy = view.policies.find((candidate) => candidate.kind === first && candidate.namespace === second && candidate.name === third);
      return (
        <Facts>
          <Fact name={t("kind")}>{first}</Fact>
          <Fact name={t("namespace")}>{second}</Fact>
          {policy === undefined ? null : <Fact name={t("effect")} mono>{policy.effect}</Fact>}
          {policy === undefined || Object.keys(policy.selector).length === 0 ? null : <Fact name={t("selector")} mono>{Object.entries(policy.selector).map((pair) => pair.join("=")).join(", ")}</Fact>}
        </Facts>
      );
    }
    case "namespace":
      return <NamespaceFacts name={second} view={view} clusters={clusters} onSelect={onSelect} />;
    default:
      return <WholeCluster view={view} clusters={clusters} onSelect={onSelect} />;
  }
}

type ViewProps = Omit<ClusterFactsProps, "id" | "view"> & { readonly view: ClusterView };

/** A namespace: its deployments with their rollouts, its pods on all nodes, and the mesh's policies in it. */
function NamespaceFacts({ name, view, onSelect }: ViewProps & { name: string }) {
  const { t } = useTranslate(clusterTexts);
  const namespace = view.namespaces.find((candidate) => candidate.name === name);
  const policies = view.policies.filter((policy) => policy.namespace === name);
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.namespace")}{namespace?.isTerminating === true ? `, ${t("namespace.terminating")}` : ""}</Fact>
        {namespace?.injects === true ? <Fact name="Istio">{t("namespace.sidecars")}</Fact> : null}
      </Facts>
      <Deployments view={view} namespace={name} onSelect={onSelect} />
      <PodTable pods={view.pods.filter((pod) => pod.namespace === name)} cluster={view.name} onSelect={onSelect} />
      {policies.length === 0 ? null : (
        <section>
          <h3>{t("policies")}</h3>
          <table><tbody>{policies.map((policy) => <tr key={`${policy.kind}${policy.name}`}><td><Link onClick={() => onSelect(policyId(view.name, policy.kind, policy.namespace, policy.name))}>{policy.name}</Link><span className="fact-note">{policy.kind}</span></td><td className="mono">{policy.effect}</td></tr>)}</tbody></table>
        </section>
      )}
    </>
  );
}

function Deployments({ view, namespace, onSelect }: { view: ClusterView; namespace?: string; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const deployments = view.deployments.filter((deployment) => namespace === undefined || deployment.namespace === namespace);
  if (deployments.length === 0) return null;
  return (
    <section>
      <h3>{t("deployments")}</h3>
      <table><tbody>{deployments.map((one) => <tr key={`${one.namespace}/${one.name}`}><td><Link onClick={() => onSelect(deploymentId(view.name, one.namespace, one.name))}>{one.name}</Link></td><td className="mono">{one.ready}/{one.wanted}</td><td className="muted">{t(`rollout.${one.rollout}`)}</td></tr>)}</tbody></table>
    </section>
  );
}

/** The cluster: its nodes, its services and what is observed in it. */
function WholeCluster({ view, clusters, onSelect }: ViewProps) {
  const { t } = useTranslate(clusterTexts);
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.cluster")}</Fact>
        {view.link === "connected" ? null : <Fact name={t("state")}>{t(`cluster.${view.link}`)}</Fact>}
      </Facts>
      <section>
        <h3>{t("nodes")}</h3>
        <table>
          <tbody>
            {view.nodes.map((node) => (
              <tr key={node.name}>
                <td>{node.name}{node.isControlPlane ? <span className="fact-note">{t("controlPlane")}</span> : null}{node.isCordoned ? <span className="fact-note">{t("cordoned")}</span> : null}</td>
                <td className="mono">{node.podCidr}</td>
                <td className="muted">{node.isReady ? node.version : t("notReady")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Deployments view={view} onSelect={onSelect} />
      <PodTable pods={view.pods.filter((pod) => clusters.topology.nodes.some((node) => node.id === podId(view.name, pod.namespace, pod.name)))} cluster={view.name} onSelect={onSelect} />
      <TrafficList groups={clusters.groups} onSelect={onSelect} />
    </>
  );
}

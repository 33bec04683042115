import { deploymentId, podId, serviceId } from "../../playground/model/clusterIds.ts";
import type { ClusterContainer, ClusterDeployment, ClusterPod, ClusterView } from "../../playground/model/clusterView.ts";
import { clusterTexts } from "../i18n/clusterTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { ClusterParts } from "../topology/useClusterPicture.ts";
import { Fact, Facts } from "./Facts.tsx";
import { Link, PodState, PodTable, TrafficList } from "./ClusterTables.tsx";

/** A pod: where it runs and for whom, its containers with probes and restarts, its services, and its traffic. */
export function PodFacts({ pod, view, clusters, onSelect }: { pod: ClusterPod; view: ClusterView; clusters: ClusterParts; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const { owner } = pod;
  const services = view.services.filter((service) => service.namespace === pod.namespace && service.endpoints.some((endpoint) => endpoint.pod === pod.name));
  const id = podId(view.name, pod.namespace, pod.name);
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.pod")}</Fact>
        <Fact name={t("state")}><PodState pod={pod} /></Fact>
        <Fact name={t("namespace")}>{pod.namespace}</Fact>
        <Fact name={t("node")}>{pod.node ?? t("unscheduled")}</Fact>
        {pod.address === undefined ? null : <Fact name={t("address")} mono>{pod.address}</Fact>}
        {owner === undefined ? null : <Fact name={t("workload")}>{owner.kind === "Deployment" ? <Link onClick={() => onSelect(deploymentId(view.name, pod.namespace, owner.name))}>{owner.name}</Link> : `${owner.kind} ${owner.name}`}</Fact>}
        {pod.serviceAccount === undefined ? null : <Fact name={t("account")}>{pod.serviceAccount}</Fact>}
        {services.length === 0 ? null : <Fact name={t("services")}>{services.map((service) => <Link key={service.name} onClick={() => onSelect(serviceId(view.name, service.namespace, service.name))}>{service.name} </Link>)}</Fact>}
      </Facts>
      <section>
        <h3>{t("containers")}</h3>
        {pod.containers.map((container) => <Container key={container.name} container={container} />)}
      </section>
      <TrafficList groups={clusters.groups.filter((group) => group.sources.includes(id) || group.targets.includes(id))} onSelect={onSelect} />
    </>
  );
}

function Container({ container }: { container: ClusterContainer }) {
  const { t } = useTranslate(clusterTexts);
  return (
    <table className="pod-container">
      <caption>{container.name} <span className="muted">{t(`role.${container.role}`)}</span></caption>
      <tbody>
        <tr><td className="muted">{t("image")}</td><td className="mono">{container.image}</td></tr>
        <tr><td className="muted">{t("state")}</td><td>{t(`container.${container.state}`)}{container.reason === undefined ? "" : ` (${container.reason})`}{container.role === "init" || container.state !== "running" ? "" : `, ${t(container.isReady ? "state.ready" : "state.unready")}`}</td></tr>
        {container.restarts === 0 ? null : <tr><td className="muted">{t("restarts")}</td><td>{container.restarts}{container.lastReason === undefined ? null : <span className="fact-note">{t("container.last", { reason: container.lastReason })}</span>}</td></tr>}
        {container.role === "init" ? null : <tr><td className="muted">{t("probes")}</td><td>{container.probes.length === 0 ? t("probe.none") : container.probes.map((probe) => t(`probe.${probe}`)).join(", ")}</td></tr>}
      </tbody>
    </table>
  );
}

/** A deployment: how far its rollout is, and its pods, of the old template and of the new. */
export function DeploymentFacts({ deployment, view, onSelect }: { deployment: ClusterDeployment; view: ClusterView; onSelect: (id: string) => void }) {
  const { t } = useTranslate(clusterTexts);
  const { ready, wanted, updated, total } = deployment;
  return (
    <>
      <Facts>
        <Fact name={t("kind")}>{t("kind.deployment")}</Fact>
        <Fact name={t("namespace")}>{deployment.namespace}</Fact>
        <Fact name={t("rollouts")} note={deployment.message}>{t(`rollout.${deployment.rollout}`)}</Fact>
        <Fact name={t("replicas")}>{t("replicasValue", { ready, wanted, updated, total })}</Fact>
        <Fact name={t("images")} mono>{deployment.images.join(", ")}</Fact>
        <Fact name={t("strategy")}>{deployment.strategy}</Fact>
        {deployment.revision === undefined ? null : <Fact name={t("revision")}>{deployment.revision}</Fact>}
      </Facts>
      <PodTable pods={view.pods.filter((pod) => pod.namespace === deployment.namespace && pod.owner?.kind === "Deployment" && pod.owner.name === deployment.name)} cluster={view.name} onSelect={onSelect} />
    </>
  );
}

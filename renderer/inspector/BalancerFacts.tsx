import type { ActionView, BalancerView, BalancersView, TargetGroupView, TargetView } from "../../playground/model/balancerView.ts";
import { balancerTexts, type BalancerTranslate } from "../i18n/balancerTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Fact, Facts } from "./Facts.tsx";
import "./balancer.css";

/** Of the load balancer that a machine is a node of: its listeners with their rules, and its target groups with each target's health as observed. */
export function BalancerFacts({ balancers, node }: { balancers: BalancersView; node: string }) {
  const { t } = useTranslate(balancerTexts);
  const balancer = balancers.loadBalancers.find((candidate) => candidate.nodes.includes(node));
  if (balancer === undefined) return <p className="muted">{t("notObserved")}</p>;
  return (
    <>
      <Facts><Fact name={t("dnsName")} mono>{balancer.dnsName}</Fact></Facts>
      {balancer.listeners.length === 0 ? <p className="muted">{t("noListener")}</p> : null}
      {balancer.listeners.map((listener) => <Listener key={listener.id} listener={listener} />)}
      {balancers.targetGroups.filter((group) => group.loadBalancer === balancer.name).map((group) => <TargetGroup key={group.id} group={group} />)}
    </>
  );
}

function Listener({ listener }: { listener: BalancerView["listeners"][number] }) {
  const { t } = useTranslate(balancerTexts);
  return (
    <section>
      <h3>{t("listener", { name: listener.name })}</h3>
      <p className="muted">{t("listens", { protocol: listener.protocol, port: listener.port })}</p>
      <table className="balancer-rules">
        <thead><tr><th>{t("priority")}</th><th>{t("rule")}</th></tr></thead>
        <tbody>
          {listener.rules.map((rule) => (
            <tr key={rule.name ?? ""}>
              <td>{rule.priority ?? "–"}</td>
              <td>
                {rule.name === undefined ? <span className="muted">{t("byDefault")}</span> : rule.name}
                {rule.conditions.map((condition) => <code key={condition.key}>{condition.key}: {condition.values.join(", ")}</code>)}
                <span className="balancer-action">{actionText(rule.action, t)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function actionText(action: ActionView, t: BalancerTranslate["t"]): string {
  switch (action.type) {
    case "forward":
      return t("action.forward", { groups: action.targetGroups.map(({ name, weight }) => (action.targetGroups.length > 1 ? `${name} (${weight})` : name)).join(", ") });
    case "redirect":
      return t("action.redirect", { status: action.status, location: action.location });
    case "fixed-response":
      return t("action.fixed-response", { status: action.status });
  }
}

function TargetGroup({ group }: { group: TargetGroupView }) {
  const { t } = useTranslate(balancerTexts);
  const { path, port, interval, timeout, healthyThreshold, unhealthyThreshold, matcher } = group.healthCheck;
  const registered = group.targets.filter((target) => target.state !== "draining");
  const failsOpen = registered.length > 0 && registered.every((target) => target.state === "unhealthy");
  return (
    <section>
      <h3>{t("targetGroup", { name: group.name })}</h3>
      {group.targets.length === 0 ? <p className="muted">{t("noTarget")}</p> : (
        <table>
          <thead><tr><th>{t("target")}</th><th>{t("health")}</th></tr></thead>
          <tbody>{group.targets.map((target) => <Target key={`${target.instance}:${target.port}`} target={target} />)}</tbody>
        </table>
      )}
      {failsOpen ? <p className="balancer-open">{t("failOpen")}</p> : null}
      <p className="muted">{t("healthCheck", { path, port: port === undefined ? t("trafficPort") : t("port", { port }), interval, timeout, healthy: healthyThreshold, unhealthy: unhealthyThreshold, matcher })}</p>
    </section>
  );
}

const signs: Readonly<Record<TargetView["state"], string>> = { healthy: "✓", unhealthy: "✕", initial: "…", draining: "→", unused: "–", unavailable: "?" };

function Target({ target }: { target: TargetView }) {
  const { t } = useTranslate(balancerTexts);
  return (
    <tr>
      <td>{target.instance}<code>:{target.port}</code></td>
      <td>
        <span className={`target-health ${target.state}`}><span aria-hidden="true">{signs[target.state]}</span> {t(`state.${target.state}`)}</span>
        {target.reason === undefined ? null : <span className="fact-note">{t(`reason.${target.reason}`, { codes: target.codes ?? "" })}</span>}
      </td>
    </tr>
  );
}

import type { ReactNode } from "react";
import type { NodeDetail } from "../../playground/contract/contract.ts";
import type { NodeState, Topology, TopologyNode } from "../../playground/model/topology.ts";
import { canvasTexts, type CanvasKey } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { roleName, stateName } from "../topology/describeElement.ts";
import { gatewayOf } from "../../playground/picture/layout.ts";
import { Fact, Facts } from "./Facts.tsx";
import { NetworkAcl } from "./NetworkAcl.tsx";
import { PrivateZones } from "./PrivateZones.tsx";
import { RouteTable } from "./RouteTable.tsx";
import { useNodeDetail } from "./useNodeDetail.ts";

interface MachineFactsProps {
  readonly lab: string;
  readonly node: TopologyNode;
  readonly topology: Topology;
  readonly state: NodeState | undefined;
  /** What stands between the machine itself and the tables of its network. */
  readonly children?: ReactNode;
}

/** A machine: identity, interfaces with their addresses, its subnet's route table, its security groups. */
export function MachineFacts({ lab, node, topology, state, children }: MachineFactsProps) {
  const { t, number } = useTranslate(canvasTexts);
  const { detail, failed } = useNodeDetail(lab, node.name);
  const subnet = topology.boxes.find((box) => box.id === node.parent);
  const gateway = subnet?.parent === undefined ? undefined : gatewayOf(topology, subnet.parent);
  const kind: CanvasKey = `inspector.kind.${node.kind === "internet-host" || node.kind === "machine" || node.kind === "load-balancer" || node.kind === "resolver" || node.kind === "cluster-node" ? node.kind : "instance"}`;
  const memory = detail?.memoryBytes;
  return (
    <>
      <Facts>
        <Fact name={t("inspector.kind")}>{t(kind)}{node.kind === "resolver" ? ` ${subnet?.name ?? ""}` : node.kind === "load-balancer" || node.kind === "cluster-node" ? "" : `, ${roleName(t, node.role)}`}</Fact>
        <Fact name={t("inspector.state")}><span className={`state-dot ${state ?? "absent"}`} aria-hidden="true" />{stateName(t, state)}</Fact>
        <Fact name={t("inspector.id")} mono>{node.resourceId}</Fact>
        {detail === undefined && node.address !== undefined ? <Fact name={t("inspector.address")} mono>{node.address}</Fact> : null}
        {detail === undefined && node.publicAddress !== undefined ? <PublicAddress address={node.publicAddress} gateway={gateway?.name} /> : null}
        {detail?.interfaces.map((one) => <Interface key={one.id} one={one} gateway={gateway?.name} />)}
        {node.services.length === 0 ? null : <Fact name={t("inspector.services")}>{node.services.join(", ")}</Fact>}
        {memory === undefined ? null : <Fact name={t("inspector.memory")}>{t("inspector.megabytes", { value: number(memory / 1_048_576, 1) })}</Fact>}
      </Facts>
      {node.kind === "resolver" ? <p className="inspector-about">{t("inspector.about.resolver")}</p> : null}
      {failed ? <p className="muted">{t(state === undefined || state === "absent" ? "inspector.startFirst" : "inspector.unavailable")}</p> : null}
      {children}
      {node.kind === "resolver" && node.parent !== undefined ? <PrivateZones topology={topology} vpc={node.parent} /> : null}
      {detail?.routeTable === undefined ? null : <RouteTable table={detail.routeTable} />}
      {detail?.networkAcl === undefined ? null : <NetworkAcl acl={detail.networkAcl} />}
      {detail?.securityGroups.map((group) => <SecurityGroup key={group.id} group={group} />)}
    </>
  );
}

function PublicAddress({ address, gateway }: { address: string; gateway: string | undefined }) {
  const { t } = useTranslate(canvasTexts);
  return <Fact name={t("inspector.publicAddress")} mono note={gateway === undefined ? undefined : t("inspector.atGateway", { gateway })}>{address}</Fact>;
}

function Interface({ one, gateway }: { one: NodeDetail["interfaces"][number]; gateway: string | undefined }) {
  const { t } = useTranslate(canvasTexts);
  const differs = one.observed.length > 0 && one.address !== undefined && !one.observed.some((seen) => seen.split("/")[0] === one.address);
  return (
    <>
      <Fact name={one.name} mono note={differs || one.address === undefined ? t("inspector.observedAddresses", { addresses: one.observed.join(", ") || "–" }) : one.id}>{one.address ?? "–"}</Fact>
      {one.publicAddress === undefined ? null : <PublicAddress address={one.publicAddress} gateway={gateway} />}
    </>
  );
}

type Group = NodeDetail["securityGroups"][number];

function SecurityGroup({ group }: { group: Group }) {
  const { t } = useTranslate(canvasTexts);
  return (
    <section>
      <h3>{t("inspector.securityGroup", { name: group.name })}</h3>
      <p className="mono muted">{group.id}</p>
      {(["ingress", "egress"] as const).map((direction) => (
        <table key={direction}>
          <caption>{t(`inspector.${direction}`)}</caption>
          <thead><tr><th>{t("inspector.protocol")}</th><th>{t("inspector.ports")}</th><th>{t(direction === "ingress" ? "inspector.source" : "inspector.destination")}</th></tr></thead>
          <tbody>
            {group[direction].length === 0 ? <tr><td colSpan={3} className="muted">{t("inspector.noRules")}</td></tr> : null}
            {group[direction].map((rule, index) => (
              <tr key={index} title={rule.description}><td>{rule.protocol === "all" ? t("inspector.allProtocols") : rule.protocol}</td><td className="mono">{rule.ports}</td><td className="mono">{rule.peers}</td></tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

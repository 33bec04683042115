import type { NodeState, Topology, TopologyBox } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { stateName } from "../topology/describeElement.ts";
import { Fact, Facts } from "./Facts.tsx";
import { NetworkAcl } from "./NetworkAcl.tsx";
import { PrivateZones } from "./PrivateZones.tsx";
import { RouteTable } from "./RouteTable.tsx";
import { useNodeDetail } from "./useNodeDetail.ts";

interface BoxFactsProps {
  readonly lab: string;
  readonly box: TopologyBox;
  readonly topology: Topology;
  readonly states: ReadonlyMap<string, NodeState>;
  onSelect(id: string): void;
}

/** VPC, subnet, zone, switch or the Internet: its range, what is in it, and for a subnet its route table. */
export function BoxFacts({ lab, box, topology, states, onSelect }: BoxFactsProps) {
  const { t } = useTranslate(canvasTexts);
  const members = topology.nodes.filter((node) => node.parent === box.id && node.kind !== "internet-gateway" && node.kind !== "peering-connection");
  const subnets = topology.boxes.filter((other) => other.kind === "subnet" && other.parent === box.id);
  const joined = box.kind === "switch" ? topology.edges.filter((edge) => edge.to === box.id || edge.from === box.id).flatMap((edge) => topology.nodes.filter((node) => node.id === edge.from || node.id === edge.to)) : [];
  // A route table belongs to the subnet; any instance of it reports the one in force.
  const witness = box.kind === "subnet" ? members.find((node) => node.kind === "instance") : undefined;
  const { detail } = useNodeDetail(lab, witness?.name);
  const kind = box.kind === "subnet" ? (box.isPublic === true ? "publicSubnet" : "privateSubnet") : box.kind;
  const routes = topology.edges.filter((edge) => edge.kind === "route" && edge.from === box.id);
  const nameOf = (id: string): string => topology.nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <>
      <Facts>
        <Fact name={t("inspector.kind")}>{t(`inspector.kind.${kind}`)}</Fact>
        {box.cidr === undefined ? null : <Fact name={t("inspector.cidr")} mono>{box.cidr}</Fact>}
        {box.zone === undefined ? null : <Fact name={t("inspector.zoneName")}>{box.zone}</Fact>}
        {box.resourceId === undefined ? null : <Fact name={t("inspector.id")} mono>{box.resourceId}</Fact>}
        {box.kind === "subnet" ? <Fact name={t("inspector.networkAcl")}>{box.networkAcl ?? t("inspector.defaultAcl")}</Fact> : null}
      </Facts>
      {box.kind === "vpc" || box.kind === "internet" || box.kind === "switch" ? <p className="inspector-about">{t(`inspector.about.${box.kind}`)}</p> : null}
      {detail?.routeTable !== undefined ? <RouteTable table={detail.routeTable} /> : box.kind === "subnet" && box.routeTable !== undefined ? (
        <section>
          <h3>{t("inspector.routeTable", { name: box.routeTable })}</h3>
          <table>
            <thead><tr><th>{t("inspector.destination")}</th><th>{t("inspector.target")}</th></tr></thead>
            <tbody>
              {(() => {
                const vpc = topology.boxes.find((other) => other.id === box.parent);
                return vpc?.cidr === undefined ? null : <tr><td className="mono">{vpc.cidr}</td><td>local</td></tr>;
              })()}
              {routes.map((edge) => <tr key={edge.id}><td className="mono">{edge.label}</td><td>{nameOf(edge.to)}</td></tr>)}
            </tbody>
          </table>
          <p className="muted">{t("inspector.routeHint")}</p>
        </section>
      ) : null}
      {detail?.networkAcl === undefined ? null : <NetworkAcl acl={detail.networkAcl} />}
      {subnets.length === 0 ? null : (
        <section>
          <h3>{t("inspector.subnets")}</h3>
          <table><tbody>{subnets.map((subnet) => <tr key={subnet.id}><td><button type="button" className="link" onClick={() => onSelect(subnet.id)}>{subnet.name}</button></td><td className="mono">{subnet.cidr}</td></tr>)}</tbody></table>
        </section>
      )}
      {box.kind === "vpc" ? <PrivateZones topology={topology} vpc={box.id} onSelect={onSelect} /> : null}
      {members.length + joined.length === 0 ? null : (
        <section>
          <h3>{t("inspector.machines")}</h3>
          <table>
            <tbody>
              {[...members, ...joined].map((node) => (
                <tr key={node.id}>
                  <td><button type="button" className="link" onClick={() => onSelect(node.id)}>{node.name}</button></td>
                  <td className="mono">{node.address}</td>
                  <td className="muted">{node.kind === "nat-gateway" ? "NAT" : stateName(t, states.get(node.name))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

import type { Topology, TopologyNode } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { peeringsOf, publicAddressesOf } from "../../playground/picture/gatewayLayout.ts";
import { Fact, Facts } from "./Facts.tsx";

/** Internet gateway, NAT gateway or peering connection: what it is, and the table it holds. */
export function GatewayFacts({ node, topology, onSelect }: { node: TopologyNode; topology: Topology; onSelect: (id: string) => void }) {
  const { t } = useTranslate(canvasTexts);
  const place = topology.boxes.find((box) => box.id === node.parent);
  const kind = node.kind === "internet-gateway" ? "internetGateway" : node.kind === "nat-gateway" ? "natGateway" : "peering";
  const peering = peeringsOf(topology).find((candidate) => candidate.id === node.id);
  const ends = [peering?.from, peering?.to].map((id) => topology.boxes.find((box) => box.id === id)).filter((box) => box !== undefined);
  const addresses = publicAddressesOf(topology).get(node.id) ?? [];
  const routes = topology.edges.filter((edge) => edge.kind === "route" && edge.to === node.id);
  return (
    <>
      <Facts>
        <Fact name={t("inspector.kind")}>{t(`topology.${kind}`)}</Fact>
        <Fact name={t("inspector.id")} mono>{node.resourceId}</Fact>
        {place === undefined || kind === "peering" ? null : <Fact name={place.kind === "vpc" ? "VPC" : t("inspector.subnet")}><button type="button" className="link" onClick={() => onSelect(place.id)}>{place.name}</button></Fact>}
        {node.address === undefined ? null : <Fact name={t("inspector.address")} mono>{node.address}</Fact>}
        {node.publicAddress === undefined ? null : <Fact name={t("inspector.publicAddress")} mono>{node.publicAddress}</Fact>}
        {ends.map((box) => <Fact key={box.id} name={t("inspector.joins")}><button type="button" className="link" onClick={() => onSelect(box.id)}>{box.name}</button> <span className="mono muted">{box.cidr}</span></Fact>)}
      </Facts>
      <p className="inspector-about">{t(`inspector.about.${kind}`)}</p>
      {kind === "internetGateway" ? (
        <section>
          <h3>{t("inspector.addresses")}</h3>
          {addresses.length === 0 ? <p className="muted">{t("inspector.noAddresses")}</p> : (
            <table>
              <thead><tr><th>{t("inspector.publicAddress")}</th><th>{t("inspector.holder")}</th></tr></thead>
              <tbody>{addresses.map((entry) => <tr key={entry.address}><td className="mono">{entry.address}</td><td>{entry.holder}</td></tr>)}</tbody>
            </table>
          )}
        </section>
      ) : null}
      {routes.length === 0 ? null : (
        <section>
          <h3>{t("inspector.routesHere")}</h3>
          <table>
            <thead><tr><th>{t("inspector.subnet")}</th><th>{t("inspector.destination")}</th></tr></thead>
            <tbody>{routes.map((edge) => <tr key={edge.id}><td>{topology.boxes.find((box) => box.id === edge.from)?.name ?? edge.from}</td><td className="mono">{edge.label}</td></tr>)}</tbody>
          </table>
        </section>
      )}
    </>
  );
}

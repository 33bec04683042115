import type { NodeState, Topology, TopologyBox } from "../../playground/model/topology.ts";
import type { CanvasKey, CanvasTranslate } from "../i18n/canvasTexts.ts";
import { canvasFr } from "../i18n/canvas.fr.ts";
import { peeringsOf } from "../../playground/picture/gatewayLayout.ts";

/** The role's name in the reader's language. */
export function roleName(t: CanvasTranslate, role: string): string {
  const key = `role.${role}`;
  return t(key in canvasFr ? (key as CanvasKey) : "role.other");
}

/** The state's name in the reader's language. */
export function stateName(t: CanvasTranslate, state: NodeState | undefined): string {
  return t(`state.${state ?? "absent"}`);
}

/** One sentence that says what an element is: the tooltip, and what a screen reader hears. */
export function describeElement(topology: Topology, id: string, states: ReadonlyMap<string, NodeState>, t: CanvasTranslate, isFolded = false): string {
  const node = topology.nodes.find((candidate) => candidate.id === id);
  const boxOf = (boxId: string | undefined): TopologyBox | undefined => topology.boxes.find((candidate) => candidate.id === boxId);
  if (node === undefined) {
    const box = boxOf(id);
    if (box === undefined) return "";
    const values = { name: box.name, cidr: box.cidr ?? "" };
    const sentence = box.kind === "internet" ? t("hover.internet", values) : box.kind === "vpc" ? t("hover.vpc", values) : box.kind === "zone" ? t("hover.zone", values) : box.kind === "switch" ? t("hover.switch", values) : t(box.isPublic === true ? "hover.publicSubnet" : "hover.privateSubnet", values);
    return isFolded ? `${sentence} ${t("hover.folded")}` : sentence;
  }
  const place = boxOf(node.parent)?.name ?? "";
  switch (node.kind) {
    case "internet-gateway":
      return t("hover.internetGateway", { name: node.name, place: place === "" ? "" : `VPC ${place}` });
    case "nat-gateway":
      return t("hover.natGateway", { name: node.name, place, address: node.publicAddress ?? "" });
    case "peering-connection": {
      const peering = peeringsOf(topology).find((candidate) => candidate.id === id);
      return t("hover.peering", { name: node.name, from: boxOf(peering?.from)?.name ?? "", to: boxOf(peering?.to)?.name ?? "" });
    }
    case "resolver":
      return t("hover.resolver", { name: node.name, place, address: node.address ?? "", state: stateName(t, states.get(node.name)) });
    case "internet-host":
      return t("hover.host", { name: node.name, role: roleName(t, node.role), address: node.address ?? "", state: stateName(t, states.get(node.name)) });
    case "load-balancer":
      return t("hover.loadBalancer", { name: node.name, place, address: node.address ?? "", state: stateName(t, states.get(node.name)) });
    case "cluster-node":
      return t("hover.clusterNode", { name: node.name, cluster: node.cluster ?? "", address: node.address ?? "", state: stateName(t, states.get(node.name)) });
    case "pod":
    case "service":
    case "ingress":
      // Told by what the cluster says of them; see describeCluster.ts.
      return "";
    case "machine":
      return t("hover.machine", { name: node.name, role: roleName(t, node.role), state: stateName(t, states.get(node.name)) });
    case "instance":
      return t("hover.instance", { name: node.name, role: roleName(t, node.role), place, address: node.address ?? "", state: stateName(t, states.get(node.name)) });
  }
}

import type { BalancersView } from "../../playground/model/balancerView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import type { BalancerTranslate } from "../i18n/balancerTexts.ts";
import { healthOf } from "../../playground/picture/targetGeometry.ts";

/** A sentence for each load balancer that sends to an instance: how healthy it is held to be. */
export function describeTargets(topology: Topology, balancers: BalancersView, id: string, { t }: Pick<BalancerTranslate, "t">): string {
  const instance = topology.nodes.find((node) => node.id === id)?.name ?? "";
  return topology.edges
    .filter((edge) => edge.kind === "target" && edge.to === id)
    .flatMap((edge) => {
      const balancer = topology.nodes.find((node) => node.id === edge.from)?.name ?? "";
      const state = healthOf(balancers, balancer, instance);
      return state === undefined ? [] : [t("hover", { balancer, state: t(`state.${state}`) })];
    })
    .join(" ");
}

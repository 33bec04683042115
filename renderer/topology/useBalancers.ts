import { useCallback } from "react";
import type { BalancersView } from "../../playground/model/balancerView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { balancerTexts } from "../i18n/balancerTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useClient } from "../state/stores.tsx";
import { useLookedUp } from "../state/useLookedUp.ts";
import { describeTargets } from "./describeTargets.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import { drawTargets, type DrawnTarget } from "../../playground/picture/targetGeometry.ts";

const none: BalancersView = { loadBalancers: [], targetGroups: [] };

interface Balanced {
  readonly balancers: BalancersView;
  /** Lines to the targets; the same function as long as nothing changes. */
  drawBalanced(layout: Layout): DrawnTarget[];
  /** What an element is told of as a target. */
  describeBalanced(id: string): string;
}

/** The load balancers of a lab that runs with the health of their targets, looked up again and again; nobody is asked where there is none. */
export function useBalancers(lab: string, topology: Topology): Balanced {
  const client = useClient();
  const texts = useTranslate(balancerTexts);
  const look = useCallback(() => client.call("loadBalancers.get", { lab }), [client, lab]);
  const balancers = useLookedUp(lab, topology.nodes.some((node) => node.kind === "load-balancer"), none, look);
  const drawBalanced = useCallback((layout: Layout) => drawTargets(topology, layout, balancers), [topology, balancers]);
  return { balancers, drawBalanced, describeBalanced: (id) => describeTargets(topology, balancers, id, texts) };
}

import { useState } from "react";
import type { BalancersView } from "../../playground/model/balancerView.ts";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { PathVerdict } from "../topology/PathPanel.tsx";
import type { ExposureTool } from "../topology/useExposure.ts";
import type { PathResult } from "../topology/usePath.ts";
import { BalancerFacts } from "./BalancerFacts.tsx";
import { BoxFacts } from "./BoxFacts.tsx";
import { ExposureFacts } from "./ExposureFacts.tsx";
import { GatewayFacts } from "./GatewayFacts.tsx";
import { InspectorShell } from "./InspectorShell.tsx";
import { MachineFacts } from "./MachineFacts.tsx";
import { SystemLog } from "./SystemLog.tsx";

interface InspectorProps {
  readonly lab: string;
  /** Id of a topology element. */
  readonly id: string;
  readonly initialTab: "facts" | "log";
  readonly topology: Topology;
  readonly states: ReadonlyMap<string, NodeState>;
  readonly probes: readonly PathResult[];
  readonly scans: ExposureTool;
  readonly balancers: BalancersView;
  onSelect(id: string): void;
  onClose(): void;
}

const tabs = ["facts", "log"] as const;

/** What an element is, with its tables, its log and the last probes about it. */
export function Inspector({ lab, id, initialTab, topology, states, probes, scans, balancers, onSelect, onClose }: InspectorProps) {
  const { t } = useTranslate(canvasTexts);
  const [tab, setTab] = useState(initialTab);
  const node = topology.nodes.find((candidate) => candidate.id === id);
  const box = topology.boxes.find((candidate) => candidate.id === id);
  const isMachine = node !== undefined && (node.kind === "instance" || node.kind === "load-balancer" || node.kind === "internet-host" || node.kind === "machine" || node.kind === "resolver" || node.kind === "cluster-node");
  const name = node?.name ?? box?.name ?? "";
  const related = probes.filter((probe) => isMachine && (probe.question.from === name || probe.question.to === name || probe.question.to === node.address || probe.question.to === node.publicAddress));
  return (
    <InspectorShell<"facts" | "log"> title={name} tabs={isMachine ? tabs.map((one) => ({ id: one, title: t(`inspector.${one}`) })) : []} shown={tab} onShow={setTab} onClose={onClose}>
      {isMachine && tab === "log" ? <SystemLog lab={lab} node={name} /> : null}
      {isMachine && tab === "facts" ? <MachineFacts lab={lab} node={node} topology={topology} state={states.get(name)}>{node.kind === "load-balancer" ? <BalancerFacts balancers={balancers} node={name} /> : null}<ExposureFacts node={node} tool={scans} canScan={node.kind !== "resolver" && node.kind !== "load-balancer" && states.get(name) === "running"} /></MachineFacts> : null}
      {node !== undefined && !isMachine ? <GatewayFacts node={node} topology={topology} onSelect={onSelect} /> : null}
      {node !== undefined && node.kind.endsWith("gateway") ? <ExposureFacts node={node} tool={scans} canScan={false} /> : null}
      {box === undefined ? null : <BoxFacts lab={lab} box={box} topology={topology} states={states} onSelect={onSelect} />}
      {isMachine && tab === "facts" ? (
        <section>
          <h3>{t("inspector.probes")}</h3>
          {related.length === 0 ? <p className="muted">{t("inspector.noProbes")}</p> : related.slice(0, 5).map((probe, index) => <PathVerdict key={index} result={probe} />)}
        </section>
      ) : null}
    </InspectorShell>
  );
}

import { X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import type { BalancersView } from "../../playground/model/balancerView.ts";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { PathVerdict } from "../topology/PathPanel.tsx";
import type { ExposureTool } from "../topology/useExposure.ts";
import type { PathResult } from "../topology/usePath.ts";
import { BalancerFacts } from "./BalancerFacts.tsx";
import { BoxFacts } from "./BoxFacts.tsx";
import { ExposureFacts } from "./ExposureFacts.tsx";
import { GatewayFacts } from "./GatewayFacts.tsx";
import { MachineFacts } from "./MachineFacts.tsx";
import { SystemLog } from "./SystemLog.tsx";
import "./inspector.css";

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

/** What an element is, with its tables, its log and the last probes about it; over the topology's right edge. */
export function Inspector({ lab, id, initialTab, topology, states, probes, scans, balancers, onSelect, onClose }: InspectorProps) {
  const { t } = useTranslate(canvasTexts);
  const [tab, setTab] = useState(initialTab);
  const node = topology.nodes.find((candidate) => candidate.id === id);
  const box = topology.boxes.find((candidate) => candidate.id === id);
  const isMachine = node !== undefined && (node.kind === "instance" || node.kind === "load-balancer" || node.kind === "internet-host" || node.kind === "machine" || node.kind === "resolver" || node.kind === "cluster-node");
  const name = node?.name ?? box?.name ?? "";
  const related = probes.filter((probe) => isMachine && (probe.question.from === name || probe.question.to === name || probe.question.to === node.address || probe.question.to === node.publicAddress));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };
  return (
    <aside className="inspector scroll" aria-label={`${t("inspector.label")} : ${name}`} onKeyDown={onKeyDown}>
      <header>
        <h2>{name}</h2>
        <Button kind="quiet" size="small" icon={<X size={16} />} aria-label={t("inspector.close")} onClick={onClose} />
      </header>
      {isMachine ? (
        <div className="inspector-tabs" role="tablist" aria-label={name}>
          {(["facts", "log"] as const).map((one) => (
            <button
              key={one} type="button" role="tab" id={`inspector-tab-${one}`} aria-controls="inspector-panel" aria-selected={tab === one} tabIndex={tab === one ? 0 : -1} onClick={() => setTab(one)}
              onKeyDown={(event) => {
                if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
                const next = one === "facts" ? "log" : "facts";
                setTab(next);
                document.getElementById(`inspector-tab-${next}`)?.focus();
              }}
            >
              {t(`inspector.${one}`)}
            </button>
          ))}
        </div>
      ) : null}
      <div id="inspector-panel" role={isMachine ? "tabpanel" : undefined} aria-labelledby={isMachine ? `inspector-tab-${tab}` : undefined}>
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
      </div>
    </aside>
  );
}

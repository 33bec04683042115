import { BookOpen, FileCode2, GitCompareArrows, Signpost, Zap } from "lucide-react";
import { lazy, Suspense, useRef, type KeyboardEvent } from "react";
import { GuideView } from "../guide/GuideView.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { PlanView } from "../network/PlanView.tsx";
import type { LeftTab } from "../state/labState.ts";
import { useLab } from "../state/stores.tsx";
import { MaximiseButton } from "./MaximiseButton.tsx";

// The editor is a third of the window's code and not on the first screen.
const NetworkView = lazy(() => import("../network/NetworkView.tsx").then((module) => ({ default: module.NetworkView })));

const DnsView = lazy(() => import("../dns/DnsView.tsx").then((module) => ({ default: module.DnsView })));

const BreakagesView = lazy(() => import("../breakages/BreakagesView.tsx").then((module) => ({ default: module.BreakagesView })));

const usualTabs: readonly LeftTab[] = ["guide", "network", "plan"];
const icons = { guide: BookOpen, network: FileCode2, plan: GitCompareArrows, dns: Signpost, breakages: Zap } as const;

/** Guide, network.yml, plan, DNS where the lab has any, and what is broken on purpose, as tabs; arrows move between tabs. */
export function LeftPane({ lab }: { lab: string }) {
  const { t } = useTranslate();
  const hasDns = useLab(lab, (state) => state.status?.hasDns ?? false);
  const tabs: readonly LeftTab[] = [...usualTabs, ...(hasDns ? ["dns" as const] : []), "breakages"];
  const wanted = useLab(lab, (state) => state.leftTab);
  const tab = tabs.includes(wanted) ? wanted : "guide";
  const showTab = useLab(lab, (state) => state.showTab);
  const isDirty = useLab(lab, (state) => state.file !== undefined && state.draft !== state.file.text);
  const changes = useLab(lab, (state) => state.plan?.changes.length ?? 0);
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const move = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + move + tabs.length) % tabs.length];
    if (move === 0 || next === undefined) return;
    event.preventDefault();
    showTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <>
      <div className="tabs">
        <div ref={list} className="tab-list" role="tablist" aria-label={t("tab.list")} onKeyDown={onKey}>
          {tabs.map((name) => {
            const Icon = icons[name];
            return (
              <button key={name} type="button" role="tab" id={`tab-${name}`} data-tab={name} className="tab" aria-selected={tab === name} aria-controls="left-panel" tabIndex={tab === name ? 0 : -1} onClick={() => showTab(name)}>
                <Icon size={15} aria-hidden />
                <span>{t(`tab.${name}`)}</span>
                {name === "network" && isDirty ? <i className="unsaved" role="img" aria-label={t("tab.unsaved")} title={t("tab.unsaved")} /> : null}
                {name === "plan" && changes > 0 ? <span className="count">{changes}</span> : null}
              </button>
            );
          })}
        </div>
        <MaximiseButton lab={lab} pane="guide" />
      </div>
      <div className="left-panel" role="tabpanel" id="left-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "guide" ? <GuideView lab={lab} /> : null}
        {tab === "network" ? (
          <Suspense fallback={<p className="empty">{t("app.loading")}</p>}>
            <NetworkView lab={lab} />
          </Suspense>
        ) : null}
        {tab === "dns" ? (
          <Suspense fallback={<p className="empty">{t("app.loading")}</p>}>
            <DnsView lab={lab} />
          </Suspense>
        ) : null}
        {tab === "breakages" ? (
          <Suspense fallback={<p className="empty">{t("app.loading")}</p>}>
            <BreakagesView lab={lab} />
          </Suspense>
        ) : null}
        {tab === "plan" ? <PlanView lab={lab} /> : null}
      </div>
    </>
  );
}

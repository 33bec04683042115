import { useState } from "react";
import { FileText, Play, Square, Wrench } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { reportTexts } from "../i18n/reportTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { labNumber } from "../library/nextLab.ts";
import { useApp, useLab, useStores } from "../state/stores.tsx";
import { StopLabDialog } from "./StopLabDialog.tsx";
import { VariantPill } from "./VariantPill.tsx";

/** "En marche · 9 machines · 214 Mo" */
export function StatePill({ lab }: { lab: string }) {
  const { t, number } = useTranslate();
  const status = useLab(lab, (state) => state.status);
  if (!status) return null;
  const running = status.nodes.filter((node) => node.state === "running").length;
  const parts = [t(`phase.${status.phase}`)];
  if (status.phase !== "stopped") {
    if (running > 0) parts.push(t("lab.machines", { count: running }));
    if (status.memoryBytes > 0) parts.push(t("common.megabytes", { value: number(status.memoryBytes / 1024 / 1024) }));
  }
  return (
    <span className="pill" role="status" data-testid="lab-state" data-phase={status.phase}>
      <i className={`dot ${status.phase}`} />
      {parts.join(" · ")}
    </span>
  );
}

/** Where we are, how the lab is, and what can be done: start, stop, plan, apply. */
export function LabHeader({ lab }: { lab: string }) {
  const { t, localized } = useTranslate();
  const { t: report } = useTranslate(reportTexts);
  const go = useApp((app) => app.go);
  const store = useStores().lab(lab);
  const detail = useLab(lab, (state) => state.detail);
  const phase = useLab(lab, (state) => state.status?.phase ?? "stopped");
  const work = useLab(lab, (state) => state.work);
  const changes = useLab(lab, (state) => state.plan?.changes.length ?? 0);
  const isDirty = useLab(lab, (state) => state.file !== undefined && state.draft !== state.file.text);
  const faults = useLab(lab, (state) => state.faults.length);
  const title = detail ? localized(detail.title) : lab;
  const [isStopping, setStopping] = useState(false);
  const isBusy = work !== undefined || phase === "starting" || phase === "stopping" || phase === "applying";
  const isUp = phase === "running" || phase === "broken" || phase === "applying";
  const canApply = isUp && !isBusy && faults === 0 && (changes > 0 || isDirty);
  return (
    <Header
      crumbs={[
        { text: t("nav.library"), route: { screen: "library" } },
        ...(detail ? [{ text: t(`group.${detail.group}`), route: { screen: "library" } as const, wideOnly: true }] : []),
        { text: [labNumber(lab), title].filter(Boolean).join(" ") },
      ]}
    >
      <VariantPill lab={lab} />
      <StatePill lab={lab} />
      <Button className="report-button" icon={<FileText size={15} />} title={report("report.openTitle")} onClick={() => go({ screen: "report", lab })}>
        {report("report.open")}
      </Button>
      {isUp ? (
        <>
          <Button
            disabled={isBusy}
            onClick={() => {
              store.getState().showTab("plan");
              void store.getState().makePlan();
            }}
          >
            {t("lab.plan")}
          </Button>
          <Button kind={canApply ? "primary" : "plain"} disabled={!canApply} title={canApply ? "Ctrl Enter" : undefined} onClick={() => void store.getState().apply()}>
            {isDirty ? t("lab.applyDraft") : changes > 0 ? t("lab.apply", { count: changes }) : t("lab.applyNone")}
          </Button>
          {phase === "broken" ? (
            <Button icon={<Wrench size={15} />} disabled={isBusy} onClick={() => void store.getState().up()}>
              {t("lab.repair")}
            </Button>
          ) : null}
          <Button icon={<Square size={12} fill="currentColor" />} disabled={isBusy} onClick={() => setStopping(true)}>
            {t("lab.stop")}
          </Button>
        </>
      ) : (
        <Button kind="primary" icon={<Play size={15} />} disabled={isBusy} onClick={() => void store.getState().up()}>
          {t("lab.start")}
        </Button>
      )}
      {isStopping ? <StopLabDialog lab={lab} title={title} onClose={() => setStopping(false)} /> : null}
    </Header>
  );
}

import { CircleAlert, CircleCheck, CircleHelp, Library, LoaderCircle, RefreshCw, ScrollText, TriangleAlert, Wrench } from "lucide-react";
import { useEffect, useState } from "react";
import type { Diagnostic } from "../../playground/contract/contract.ts";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { WorkProgress } from "../components/WorkProgress.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { useWorkLog } from "./useWorkLog.ts";
import "./setup.css";

const icons = { ok: CircleCheck, warning: TriangleAlert, failed: CircleAlert, unknown: CircleHelp } as const;

function DiagnosticRow({ diagnostic, fixing, busy, onFix }: { diagnostic: Diagnostic; fixing: boolean; busy: boolean; onFix: () => void }) {
  const { t, localized } = useTranslate();
  const Icon = icons[diagnostic.state];
  const title = localized(diagnostic.title);
  return (
    <li className={`diagnostic ${diagnostic.state}`} data-diagnostic={diagnostic.id} data-state={diagnostic.state}>
      <Icon size={19} aria-hidden />
      <div>
        <h2>
          {title} <span className="diagnostic-state">{t(`setup.state.${diagnostic.state}`)}</span>
        </h2>
        <p>{localized(diagnostic.detail)}</p>
        {diagnostic.advice && diagnostic.state !== "ok" ? (
          <p className="advice">
            <strong>{t("setup.advice")}</strong> {localized(diagnostic.advice)}
          </p>
        ) : null}
      </div>
      {diagnostic.canFix && diagnostic.state !== "ok" ? (
        <Button kind={diagnostic.state === "failed" ? "primary" : "plain"} icon={fixing ? <LoaderCircle size={15} className="spin" /> : <Wrench size={15} />} disabled={busy} aria-label={t("setup.fixOne", { title })} title={t("setup.fixOne", { title })} onClick={onFix}>
          {fixing ? t("setup.fixing") : t("setup.fix")}
        </Button>
      ) : null}
    </li>
  );
}

/** What the machine has and lacks: state, reason, fix; long work with a bar, and its log one click away. */
export function SetupScreen() {
  const { t } = useTranslate();
  const client = useClient();
  const info = useApp((state) => state.info);
  const go = useApp((state) => state.go);
  const progress = useApp((state) => state.progress);
  const notifyError = useApp((state) => state.notifyError);
  const diagnostics = useApp((state) => state.diagnostics);
  const looking = useApp((state) => state.isLooking);
  const fixing = useApp((state) => state.fixing);
  const diagnose = useApp((state) => state.diagnose);
  const fix = useApp((state) => state.fix);
  const [showLog, setShowLog] = useState(false);
  const log = useWorkLog();
  useEffect(() => {
    void diagnose();
  }, [diagnose]);
  const works = Object.values(progress).filter((work) => work.state === "running" || (work.state === "failed" && work.task === "setup"));
  // What keeps labs from starting is on screen first, then what is good to know; each in the engine's own order.
  const inOrder = (["failed", "unknown", "warning", "ok"] as const).flatMap((state) => diagnostics?.filter((diagnostic) => diagnostic.state === state) ?? []);
  const missing = diagnostics?.some((diagnostic) => diagnostic.state === "failed") ?? !info?.ready;
  return (
    <div className="screen">
      <Header crumbs={[{ text: t("nav.setup") }]} />
      <main className="page" id="content">
        <div className="page-inner narrow">
          <div className="page-title">
            <div>
              <h1>{diagnostics === undefined ? t("setup.title") : missing ? t("setup.notReady") : t("setup.ready")}</h1>
              <p>{diagnostics === undefined ? t("setup.checking") : missing ? t("setup.notReadyText") : t("setup.readyText")}</p>
            </div>
            <Button icon={<RefreshCw size={15} className={looking ? "spin" : undefined} />} disabled={looking || fixing !== undefined} onClick={() => void diagnose()}>
              {t("setup.again")}
            </Button>
            {diagnostics !== undefined && !missing ? (
              <Button kind="primary" icon={<Library size={15} />} onClick={() => go({ screen: "library" })}>
                {t("setup.openLibrary")}
              </Button>
            ) : null}
          </div>
          {works.length > 0 ? (
            <section className="setup-work" aria-label={t("setup.work")}>
              {works.map((work) => (
                <WorkProgress key={work.task} progress={work} onCancel={() => void client.call("system.cancel", { task: work.task }).catch(notifyError)} />
              ))}
            </section>
          ) : null}
          <ul className="diagnostics">
            {inOrder.map((diagnostic) => (
              <DiagnosticRow key={diagnostic.id} diagnostic={diagnostic} fixing={fixing === diagnostic.id} busy={fixing !== undefined} onFix={() => void fix(diagnostic.id)} />
            ))}
          </ul>
          <div className="setup-foot">
            <span className="muted">
              {info ? t("setup.about", { version: info.version, platform: info.platform }) : ""}
              {info ? ` · ${info.engine ? t("setup.engine", { engine: info.engine }) : t("setup.noEngine")}` : ""}
            </span>
            <Button size="small" icon={<ScrollText size={14} />} aria-expanded={showLog} onClick={() => setShowLog(!showLog)}>
              {showLog ? t("setup.hideLog") : t("setup.showLog")}
            </Button>
          </div>
          {showLog ? (
            <pre className="setup-log scroll" tabIndex={0} aria-label={t("setup.log")}>
              {log.length === 0 ? t("setup.logEmpty") : log.join("\n")}
            </pre>
          ) : null}
        </div>
      </main>
    </div>
  );
}

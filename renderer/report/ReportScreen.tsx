import { ArrowLeft, FileCode, FileDown, FileText, FileType, LoaderCircle } from "lucide-react";
import { useState } from "react";
import type { Language } from "../../playground/model/lab.ts";
import { Button } from "../components/Button.tsx";
import { Header } from "../components/Header.tsx";
import { reportTexts } from "../i18n/reportTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { labNumber } from "../library/nextLab.ts";
import { useApp, useLabs } from "../state/stores.tsx";
import { ReportForm } from "./ReportForm.tsx";
import { useReport, type ReportFormat, type ReportState } from "./useReport.ts";
import "./report.css";

const others = [["pdf", FileType], ["md", FileText], ["json", FileCode]] as const;

/** The report of a lab: who hands it in, how it looks, and the file to hand in. */
export function ReportScreen({ lab }: { lab: string }) {
  const { t, localized, language: spoken } = useTranslate(reportTexts);
  const windowTexts = useTranslate();
  const go = useApp((app) => app.go);
  const summary = useLabs((labs) => labs.labs)?.find((one) => one.id === lab);
  const [chosen, setChosen] = useState<Language>();
  const language = chosen ?? spoken;
  const { state, identity, setIdentity, html, isPreviewing, making, download, setConsent } = useReport(lab, language);
  const title = [labNumber(lab), summary ? localized(summary.title) : lab].filter(Boolean).join(" ");
  return (
    <div className="screen">
      <Header crumbs={[{ text: windowTexts.t("nav.library"), route: { screen: "library" } }, { text: title, route: { screen: "lab", lab } }, { text: t("report.title") }]}>
        <Button icon={<ArrowLeft size={15} />} onClick={() => go({ screen: "lab", lab })}>
          {t("report.back")}
        </Button>
      </Header>
      {state === undefined || identity === undefined ? null : state.events === 0 ? (
        <main className="page" id="content">
          <div className="empty">
            <FileText size={32} aria-hidden />
            <h1>{t("report.empty")}</h1>
            <p>{t("report.emptyText")}</p>
            <Button kind="primary" onClick={() => go({ screen: "lab", lab })}>
              {t("report.back")}
            </Button>
          </div>
        </main>
      ) : (
        <main className="report" id="content">
          <div className="report-side">
            <h1>{t("report.title")}</h1>
            <ReportForm identity={identity} language={language} onIdentity={setIdentity} onLanguage={setChosen} />
            <Consent state={state} onChange={setConsent} />
            <Downloads state={state} making={making} onDownload={(format) => void download(format, (name) => t("report.saved", { name }))} />
          </div>
          <div className="report-paper" aria-busy={isPreviewing}>
            <p className="visually-hidden" role="status">{isPreviewing ? t("report.previewing") : ""}</p>
            {/* Without scripts, forms or an origin of its own: it is looked at and nothing else. */}
            {html === undefined ? <LoaderCircle className="spin" aria-hidden /> : <iframe title={t("report.preview")} sandbox="" srcDoc={html} data-testid="report-preview" />}
          </div>
        </main>
      )}
    </div>
  );
}

function Consent({ state, onChange }: { state: ReportState; onChange: (given: boolean) => Promise<void> }) {
  const { t } = useTranslate(reportTexts);
  return (
    <section className="report-part" aria-label={t("report.terminals")}>
      <h2>{t("report.terminals")}</h2>
      <label className="report-consent">
        <input type="checkbox" role="switch" checked={state.consent} onChange={(event) => void onChange(event.target.checked)} />
        <span>{t("report.consent")}</span>
      </label>
      <p className="report-hint">{t("report.consentHint")}{state.commands > 0 ? ` ${t("report.commands", { count: state.commands })}.` : ""}</p>
    </section>
  );
}

function Downloads({ state, making, onDownload }: { state: ReportState; making: ReportFormat | undefined; onDownload: (format: ReportFormat) => void }) {
  const { t, language } = useTranslate(reportTexts);
  const icon = (format: ReportFormat, Icon: typeof FileDown) => (making === format ? <LoaderCircle size={15} className="spin" /> : <Icon size={15} />);
  const when = state.exportedAt === undefined ? undefined : new Date(state.exportedAt).toLocaleString(language === "fr" ? "fr-FR" : "en-GB", { dateStyle: "long", timeStyle: "short" });
  return (
    <section className="report-part" aria-label={t("report.download")}>
      <h2>{t("report.download")}</h2>
      <Button kind="primary" icon={icon("html", FileDown)} disabled={making !== undefined} onClick={() => onDownload("html")}>
        {t("report.html")}
      </Button>
      <div className="report-formats">
        {others.map(([format, Icon]) => (
          <Button key={format} icon={icon(format, Icon)} disabled={making !== undefined || (format === "pdf" && !state.canPrint)} onClick={() => onDownload(format)}>
            {t(`report.${format}`)}
          </Button>
        ))}
      </div>
      <p className="report-hint">{t("report.htmlHint")}</p>
      {state.canPrint ? null : <p className="report-hint">{t("report.noPrinter")}</p>}
      <p className="report-hint">{t("report.recorded", { count: state.events })} · {when === undefined ? t("report.notExported") : t("report.exported", { when })}</p>
      <p className="report-hint">{t("report.proof")}</p>
    </section>
  );
}

import { LoaderCircle } from "lucide-react";
import { mostAddresses } from "../../playground/model/exposureTargets.ts";
import { countExposure, type Exposure } from "../../playground/model/exposure.ts";
import { Button } from "../components/Button.tsx";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { exposureCount } from "./describeExposure.ts";
import { exposureSigns } from "../../playground/picture/glyphs.ts";
import type { ExposureTool } from "./useExposure.ts";

/** From where and when the badges were measured, what they mean, and how to measure again; or how far a scan is. Nothing where there is neither. */
export function ExposureLegend({ tool }: { tool: ExposureTool }) {
  const { t } = useTranslate(exposureTexts);
  const { exposure, scanning } = tool;
  if (scanning !== undefined) {
    return (
      <div className="topology-legend exposure-legend" role="status">
        <span><LoaderCircle className="spin" size={14} aria-hidden="true" /> {t("exposure.scanning", { from: scanning.from, percent: scanning.percent })}</span>
        <Button size="small" onClick={tool.cancel}>{t("exposure.cancel")}</Button>
      </div>
    );
  }
  return exposure === undefined ? null : <Measured exposure={exposure} tool={tool} />;
}

function Measured({ exposure, tool }: { exposure: Exposure; tool: ExposureTool }) {
  const translate = useTranslate(exposureTexts);
  const { t } = translate;
  const { differing } = countExposure(exposure);
  return (
    <div className={`topology-legend exposure-legend${exposure.isStale ? " stale" : ""}`}>
      <div role="status">
        <b>{t("exposure.title", { from: exposure.from })}</b> <span className="muted">{measuredAt(exposure, translate)}</span>
        {exposure.isStale ? <span className="exposure-stale"><Sign path={exposureSigns.stale} /> {t("exposure.stale")}</span> : null}
        <span>{exposureCount(exposure, translate)}</span>
        {differing === 0 ? null : <span className="finding">{t("exposure.findings", { count: differing })}</span>}
      </div>
      <div>
        <span><span className="exposure-badge open">22 · 80</span> {t("exposure.legend.open")}</span>
        <span><span className="exposure-badge silent"><Sign path={exposureSigns.silent} /></span> {t("exposure.legend.silent")}</span>
        {differing === 0 ? null : <span><span className="exposure-badge differs"><Sign path={exposureSigns.differs} /></span> {t("exposure.legend.differs")}</span>}
        <span className="exposure-actions">
          <Button size="small" onClick={tool.again}>{t("exposure.again")} <kbd className="topology-key">R</kbd></Button>
          <Button size="small" kind="ghost" onClick={tool.clear}>{t("exposure.clear")}</Button>
        </span>
      </div>
      {exposure.left > 0 ? <div className="muted">{t("exposure.left", { count: exposure.left, most: mostAddresses })}</div> : null}
      {exposure.method === "connect" ? <div className="muted">{t("exposure.connect")}</div> : null}
    </div>
  );
}

/** When it was measured, to the second. */
function measuredAt(exposure: Exposure, { t, language }: ReturnType<typeof useTranslate<keyof (typeof exposureTexts)["fr"]>>): string {
  const time = new Date(exposure.at).toLocaleTimeString(language === "fr" ? "fr-FR" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  return t("exposure.when", { time });
}

/** One of the badges' signs, at the size of the text. */
export function Sign({ path }: { path: string }) {
  return <svg className="exposure-sign" width="13" height="13" viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>;
}

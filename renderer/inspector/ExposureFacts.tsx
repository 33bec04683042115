import { exposureOf, type ExposedAddress, type Exposure, type ExposureRow } from "../../playground/model/exposure.ts";
import { portStateTexts, rowPorts, rowWhy, scanReasonText, staleText } from "../../playground/model/exposureText.ts";
import type { TopologyNode } from "../../playground/model/topology.ts";
import { Button } from "../components/Button.tsx";
import { exposureTexts } from "../i18n/exposureTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { Sign } from "../topology/ExposureLegend.tsx";
import { exposureSigns } from "../../playground/picture/glyphs.ts";
import type { ExposureTool } from "../topology/useExposure.ts";

interface ExposureFactsProps {
  readonly node: TopologyNode;
  readonly tool: ExposureTool;
  /** The lab runs, and a scan can start in this node. */
  readonly canScan: boolean;
}

/** What the last scan found at a machine or gateway, port by port with the rule behind it; and how to scan from here. */
export function ExposureFacts({ node, tool, canScan }: ExposureFactsProps) {
  const { t, localized } = useTranslate(exposureTexts);
  const { exposure } = tool;
  const isGateway = node.kind === "internet-gateway";
  const addresses = exposure?.addresses.filter((one) => (isGateway ? one.gateway === node.id : one.element === node.id)) ?? [];
  // Nobody scans from what the provider keeps: there is something to say only where a scan asked it.
  if (!canScan && (node.kind.endsWith("gateway") || node.kind === "resolver" || node.kind === "load-balancer") && addresses.length === 0) return null;
  return (
    <section className="exposure-facts">
      <h3>{t("exposure.section")}</h3>
      {exposure === undefined ? <p className="muted">{t("exposure.none")}</p> : null}
      {exposure !== undefined && addresses.length === 0 ? <p className="muted">{t(exposure.from === node.name ? "exposure.itself" : "exposure.notAsked", { from: exposure.from })}</p> : null}
      {exposure !== undefined && addresses.length > 0 ? <p className="muted">{t("exposure.title", { from: exposure.from })}{exposure.isStale ? <span className="exposure-stale"><Sign path={exposureSigns.stale} /> {localized(staleText)}</span> : null}</p> : null}
      {exposure === undefined ? null : addresses.map((one) => <AddressTable key={one.address} one={one} exposure={exposure} isGateway={isGateway} />)}
      {canScan ? <Button size="small" disabled={tool.scanning !== undefined} onClick={() => tool.scan(node.name)}>{t("exposure.scan")} <kbd className="topology-key">S</kbd></Button> : null}
    </section>
  );
}

function AddressTable({ one, exposure, isGateway }: { one: ExposedAddress; exposure: Exposure; isGateway: boolean }) {
  const { t, language } = useTranslate(exposureTexts);
  const place = exposureOf(exposure, one.address);
  return (
    <table>
      <caption>
        <span className="mono">{one.address}</span>{isGateway ? ` → ${one.holder}` : ""} {place?.open.length === 0 ? <span className="exposure-badge silent"><Sign path={exposureSigns.silent} /> {t("exposure.legend.silent")}</span> : null}
      </caption>
      <thead><tr><th>{t("exposure.port")}</th><th>{t("exposure.state")}</th></tr></thead>
      <tbody>{one.rows.map((row) => <Row key={`${row.protocol} ${row.ports} ${row.state}`} row={row} language={language} />)}</tbody>
    </table>
  );
}

function Row({ row, language }: { row: ExposureRow; language: "fr" | "en" }) {
  const { localized } = useTranslate(exposureTexts);
  const { finding, why } = rowWhy(row, language);
  const isOpen = row.state === "open";
  return (
    <tr className={finding === undefined ? undefined : "differs"} title={row.ports.length > 40 ? `${row.ports} ${row.protocol}` : undefined}>
      <td className="mono">{rowPorts(row, language)}{isOpen && row.service !== undefined ? <span className="muted"> {row.service}</span> : null}</td>
      <td>
        {isOpen ? <b>{localized(portStateTexts[row.state])}</b> : localized(portStateTexts[row.state])} <span className="muted">{scanReasonText(row.reason, language)}</span>
        {finding === undefined ? null : <div className="finding">{finding}</div>}
        {why === undefined ? null : <div>{why}</div>}
        {row.why?.decidedBy === undefined ? null : <code>{row.why.decidedBy}</code>}
      </td>
    </tr>
  );
}

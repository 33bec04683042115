import type { Topology } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";

interface PrivateZonesProps {
  readonly topology: Topology;
  /** Id of the VPC whose zones are shown. */
  readonly vpc: string;
  onSelect?(id: string): void;
}

/** The private zones for which a VPC's resolver answers: their records, and the other VPCs that have them too. */
export function PrivateZones({ topology, vpc, onSelect }: PrivateZonesProps) {
  const { t, number } = useTranslate(canvasTexts);
  const zones = (topology.zones ?? []).filter((zone) => zone.vpcs?.includes(vpc));
  const others = (ids: readonly string[]) => topology.boxes.filter((box) => ids.includes(box.id) && box.id !== vpc);
  return zones.map((zone) => (
    <section key={zone.name}>
      <h3>{t("inspector.privateZone", { domain: zone.domain })}</h3>
      <p className="mono muted">{zone.resourceId}</p>
      {others(zone.vpcs ?? []).length === 0 ? null : (
        <p className="muted">
          {t("inspector.zoneAlso")} {others(zone.vpcs ?? []).map((box, index) => <span key={box.id}>{index === 0 ? "" : ", "}{onSelect === undefined ? box.name : <button type="button" className="link" onClick={() => onSelect(box.id)}>{box.name}</button>}</span>)}
        </p>
      )}
      <table>
        <thead><tr><th>{t("inspector.recordName")}</th><th>{t("inspector.recordType")}</th><th>{t("inspector.recordValue")}</th><th>TTL</th></tr></thead>
        <tbody>
          {zone.records.length === 0 ? <tr><td colSpan={4} className="muted">{t("inspector.noRecords")}</td></tr> : null}
          {zone.records.map((record) => (
            <tr key={`${record.name} ${record.type} ${record.value}`}>
              <td className="mono together">{record.name}</td>
              <td className="mono">{record.type}</td>
              <td><span className="mono">{record.value}</span>{record.alias === undefined ? null : <span className="muted"> {t("inspector.aliasOf", { name: record.alias })}</span>}</td>
              <td className="mono together">{t("inspector.seconds", { value: number(record.ttl, 0) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ));
}

import { Check, CircleAlert, LoaderCircle, Lock, LockOpen, RefreshCw, TriangleAlert } from "lucide-react";
import type { DnsZone, DnsZoneServer } from "../../playground/model/dnsView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { Button } from "../components/Button.tsx";
import { dnsTexts } from "../i18n/dnsTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { NodeName } from "./NodeName.tsx";
import { clockText } from "./questionWords.ts";
import { depthOf, treeOrder } from "./treeOrder.ts";
import { useDnsTree } from "./useDnsTree.ts";

/** Who delegates what to whom, as the servers answer at this moment. */
export function TreePart({ lab, topology }: { lab: string; topology: Topology | undefined }) {
  const { t, language } = useTranslate(dnsTexts);
  const { tree, hasFailed, isAsking, again } = useDnsTree(lab);
  if (tree === undefined) return <p className="empty" role="status">{hasFailed ? t("tree.failed") : <><LoaderCircle size={16} className="spin" aria-hidden /> {t("tree.asking")}</>}</p>;
  const faults = tree.zones.filter((zone) => zone.faults.length > 0).length;
  return (
    <>
      <div className="dns-tools">
        <span className="dns-state" role="status">
          {tree.zones.length === 0 ? null : faults === 0 ? <Check size={15} className="ok" aria-hidden /> : <TriangleAlert size={15} className="bad" aria-hidden />}
          {tree.zones.length === 0 ? null : faults === 0 ? t("tree.sound", { count: tree.zones.length }) : t("tree.faults", { count: faults })}
        </span>
        <span className="dns-seen">{tree.from === "" ? null : t("tree.seen", { node: tree.from, time: clockText(tree.at, language) })}</span>
        <Button size="small" kind="quiet" aria-label={t("tree.again")} icon={<RefreshCw size={15} className={isAsking ? "spin" : ""} />} onClick={again} />
      </div>
      {tree.zones.length === 0 ? <p className="empty">{t("tree.empty")}</p> : (
        <ul className="dns-tree scroll" aria-label={t("part.tree")}>
          {treeOrder(tree.zones).map((zone) => <ZoneRow key={zone.name} zone={zone} depth={depthOf(zone, tree.zones)} topology={topology} />)}
        </ul>
      )}
    </>
  );
}

function ZoneRow({ zone, depth, topology }: { zone: DnsZone; depth: number; topology: Topology | undefined }) {
  const { t, localized } = useTranslate(dnsTexts);
  const isBroken = zone.faults.length > 0;
  return (
    <li className={`dns-zone${isBroken ? " broken" : ""}${zone.isDelegated ? "" : " cut"}`} style={{ "--depth": depth } as React.CSSProperties} data-zone={zone.name}>
      <div className="dns-zone-head">
        {isBroken ? <CircleAlert size={15} className="bad" aria-hidden /> : <Check size={15} className="ok" aria-hidden />}
        <b className="dns-name">{zone.name === "." ? t("tree.root") : zone.name}</b>
        {zone.isDelegated ? null : <span className="pill bad">{t("tree.notDelegated")}</span>}
        <SecurityPill zone={zone} />
      </div>
      <ul className="dns-servers">
        {zone.servers.map((server) => <ServerRow key={server.name} server={server} zone={zone} topology={topology} />)}
      </ul>
      {zone.faults.map((fault) => <p key={fault.en} className="dns-fault">{localized(fault)}</p>)}
    </li>
  );
}

function ServerRow({ server, zone, topology }: { server: DnsZoneServer; zone: DnsZone; topology: Topology | undefined }) {
  const { t } = useTranslate(dnsTexts);
  const isAlone = zone.parent !== undefined && zone.isDelegated && zone.servers.some((other) => other.atParent) && server.atParent !== server.atChild;
  return (
    <li className={server.state === "answers" ? undefined : "failed"}>
      <code>{server.name}</code>
      <span aria-hidden>→</span>
      {server.address === undefined ? <span className="dns-failure">{t("tree.noAddress")}</span> : <NodeName party={{ address: server.address, ...(server.node === undefined ? {} : { node: server.node }) }} topology={topology} />}
      {server.hasGlue ? <span className="dns-tag" title={t("tree.glueWhy", { address: server.address ?? "" })}>{t("tree.glue")} {server.address}</span> : null}
      {server.state === "lame" || server.state === "silent" ? <span className="dns-failure">{t(`tree.${server.state}`)}</span> : null}
      {isAlone ? <span className="dns-failure">{t(server.atParent ? "tree.parentOnly" : "tree.childOnly")}</span> : null}
    </li>
  );
}

function SecurityPill({ zone }: { zone: DnsZone }) {
  const { t } = useTranslate(dnsTexts);
  if (zone.security === "unsigned") return null;
  const isGood = zone.security === "secure";
  const Icon = isGood ? Lock : LockOpen;
  return (
    <span className={`pill ${isGood ? "ok" : zone.security === "bogus" ? "bad" : "warn"}`} title={t("tree.keys", { ds: zone.dsTags.join(", ") || "—", keys: zone.keyTags.join(", ") || "—" })}>
      <Icon size={12} aria-hidden /> {t(`tree.${zone.security}`)}
    </span>
  );
}

import { LoaderCircle, RefreshCw, Search } from "lucide-react";
import { useState, type FormEvent } from "react";
import { askedNameSchema, type DnsName, type DnsNames } from "../../playground/model/dnsView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { Button } from "../components/Button.tsx";
import { dnsTexts } from "../i18n/dnsTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { nameRows } from "./namesTable.ts";
import { NodeName } from "./NodeName.tsx";
import { partyName } from "./questionWords.ts";
import { useDnsNames } from "./useDnsNames.ts";

/** What names lead to, as one machine is told, or two side by side. */
export function NamesPart({ lab, topology }: { lab: string; topology: Topology | undefined }) {
  const { t } = useTranslate(dnsTexts);
  const machines = (topology?.nodes ?? []).filter((node) => node.kind === "instance" || node.kind === "internet-host" || node.kind === "machine").map((node) => node.name);
  const [chosen, setChosen] = useState("");
  const [other, setOther] = useState("");
  const [typed, setTyped] = useState("");
  const [further, setFurther] = useState<readonly string[]>([]);
  const [turn, setTurn] = useState(0);
  const node = machines.includes(chosen) ? chosen : (machines[0] ?? "");
  const first = useDnsNames(lab, node, further, turn);
  const second = useDnsNames(lab, other === node ? "" : other, further, turn);
  const views = [first.names, second.names].flatMap((view) => view ?? []);
  const isValid = askedNameSchema.safeParse(typed.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isValid) return;
    setFurther([typed.trim().toLowerCase(), ...further.filter((name) => name !== typed.trim().toLowerCase())].slice(0, 10));
    setTyped("");
  };
  const rows = nameRows(views);
  return (
    <>
      <form className="dns-tools" onSubmit={submit}>
        <label>{t("names.from")} <select value={node} onChange={(event) => setChosen(event.target.value)}>{machines.map((name) => <option key={name}>{name}</option>)}</select></label>
        <label>{t("names.beside")} <select value={other} onChange={(event) => setOther(event.target.value)}><option value="">{t("names.nobody")}</option>{machines.filter((name) => name !== node).map((name) => <option key={name}>{name}</option>)}</select></label>
        <input type="search" value={typed} placeholder={t("names.further")} aria-label={t("names.furtherLabel")} spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
        <Button size="small" type="submit" disabled={!isValid} icon={<Search size={14} />}>{t("names.ask")}</Button>
        <Button size="small" kind="quiet" aria-label={t("names.again")} icon={<RefreshCw size={15} className={first.isAsking || second.isAsking ? "spin" : ""} />} onClick={() => setTurn(turn + 1)} />
      </form>
      {first.hasFailed || second.hasFailed ? <p className="dns-note bad" role="status">{t("names.failed")}</p> : null}
      {views.map((view) => <ResolverNote key={view.node} view={view} />)}
      {views.length === 0 && !first.hasFailed ? <p className="empty" role="status"><LoaderCircle size={16} className="spin" aria-hidden /> {t("names.asking")}</p> : null}
      {views.length > 0 && rows.length === 0 ? <p className="empty">{t("names.empty")}</p> : null}
      <ul className="dns-names scroll" aria-label={t("part.names")}>
        {rows.map((row) => (
          <li key={row.key} className={row.differs ? "differs" : undefined} data-name={row.name}>
            <div className="dns-line">
              <b className="dns-name">{row.name}</b> <span className="dns-type">{row.type}</span>
              {row.differs ? <span className="dns-marks"><span className="pill accent">{t("names.differs")}</span></span> : null}
            </div>
            {/* Where both are told the same, once is enough. */}
            {row.seen.slice(0, row.differs ? undefined : 1).map((seen, index) => <Seen key={views[index]?.node} seen={seen} view={views[index]} isNamed={row.differs} topology={topology} />)}
          </li>
        ))}
      </ul>
    </>
  );
}

function ResolverNote({ view }: { view: DnsNames }) {
  const { t } = useTranslate(dnsTexts);
  if (view.resolver === undefined) return <p className="dns-note">{t("names.noResolver", { node: view.node })}</p>;
  return view.isSilent ? <p className="dns-note">{t("names.silent", { node: view.node, resolver: partyName(view.resolver) })}</p> : null;
}

/** What one machine is told of one name. */
function Seen({ seen, view, isNamed, topology }: { seen: DnsName | undefined; view: DnsNames | undefined; isNamed: boolean; topology: Topology | undefined }) {
  const { t, number } = useTranslate(dnsTexts);
  const source = seen === undefined ? undefined : seen.source === "hosts" ? t("names.hosts") : t(seen.isAuthoritative ? "names.ownZone" : "names.resolver", { resolver: view?.resolver === undefined ? "" : partyName(view.resolver) });
  return (
    <div className="dns-seen-row">
      {isNamed ? <span className="dns-for">{view?.node}</span> : null}
      <div>
        {seen === undefined ? <span className="dns-detail">{t("names.unknown")}</span> : null}
        {seen !== undefined && seen.records.length === 0 ? <span className={seen.code === "NOERROR" ? "dns-detail" : "dns-failure"}>{seen.code === "NXDOMAIN" ? t("names.nxdomain") : seen.code === "NOERROR" ? t("names.noRecord", { type: seen.type }) : (seen.code ?? t("names.noAnswer"))}</span> : null}
        {seen?.records.map((record, index) => (
          <div key={index} className="dns-line">
            {record.type === seen.type ? null : <span className="dns-type">{record.type}</span>}
            <code>{record.value}</code>
            {record.node === undefined ? null : <NodeName party={{ address: record.value, node: record.node }} topology={topology} />}
            {record.ttl === undefined ? null : <span className="dns-took" title={t("names.ttlWhy")}>{t("names.ttl", { seconds: number(record.ttl) })}</span>}
          </div>
        ))}
        {source === undefined ? null : <div className="dns-detail">{source}</div>}
      </div>
    </div>
  );
}

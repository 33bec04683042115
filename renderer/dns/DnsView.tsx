import { useRef, type KeyboardEvent } from "react";
import { dnsTexts } from "../i18n/dnsTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { useTopology } from "../topology/useTopology.ts";
import { QuestionsPart } from "./QuestionsPart.tsx";
import { NamesPart } from "./NamesPart.tsx";
import { TreePart } from "./TreePart.tsx";
import "./dns.css";

const parts = ["questions", "tree", "names"] as const;
type Part = (typeof parts)[number];

/** What happens in the lab's DNS: questions live, the delegations as they are, and what names lead to. */
export function DnsView({ lab }: { lab: string }) {
  const { t } = useTranslate(dnsTexts);
  const store = useStores().lab(lab);
  const phase = useLab(lab, (state) => state.status?.phase);
  const remembered = useLab(lab, (state) => state.layout?.dnsPart);
  const part: Part = parts.find((known) => known === remembered) ?? "questions";
  const { topology } = useTopology(lab);
  const list = useRef<HTMLDivElement>(null);
  const choose = (next: Part) => store.getState().rememberLayout({ dnsPart: next });
  const onKey = (event: KeyboardEvent) => {
    const move = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = parts[(parts.indexOf(part) + move + parts.length) % parts.length];
    if (move === 0 || next === undefined) return;
    event.preventDefault();
    choose(next);
    list.current?.querySelector<HTMLElement>(`[data-part="${next}"]`)?.focus();
  };
  const isUp = phase === "running" || phase === "applying" || phase === "broken";
  return (
    <div className="dns">
      <div ref={list} className="dns-parts" role="tablist" aria-label={t("parts")} onKeyDown={onKey}>
        {parts.map((name) => (
          <button key={name} type="button" role="tab" id={`dns-tab-${name}`} data-part={name} aria-selected={part === name} aria-controls="dns-panel" tabIndex={part === name ? 0 : -1} onClick={() => choose(name)}>{t(`part.${name}`)}</button>
        ))}
      </div>
      <div className="dns-panel" id="dns-panel" role="tabpanel" aria-labelledby={`dns-tab-${part}`}>
        {isUp ? null : <p className="empty">{t("stopped")}</p>}
        {isUp && part === "questions" ? <QuestionsPart lab={lab} topology={topology} /> : null}
        {isUp && part === "names" ? <NamesPart lab={lab} topology={topology} /> : null}
        {isUp && part === "tree" ? <TreePart lab={lab} topology={topology} /> : null}
      </div>
    </div>
  );
}

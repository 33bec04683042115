import { ArrowRight } from "lucide-react";
import type { DnsQuestion } from "../../playground/model/dnsView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { dnsTexts } from "../i18n/dnsTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { NodeName } from "./NodeName.tsx";
import { clockText, failureText, mainAsks, outcomeSentence, outcomeText, partyName } from "./questionWords.ts";

interface QuestionRowProps {
  readonly question: DnsQuestion;
  readonly topology: Topology | undefined;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

/** One question: who asked whom for what, where the answer came from, and beneath it what the resolver asked in turn. */
export function QuestionRow({ question, topology, isSelected, onSelect }: QuestionRowProps) {
  const translate = useTranslate(dnsTexts);
  const { t, language } = translate;
  const asks = isSelected ? question.asked : mainAsks(question);
  const main = new Set(mainAsks(question));
  const numbers = new Map([...main].map((ask, index) => [ask, index + 1]));
  const isBad = question.code !== undefined && question.code !== "NOERROR";
  const begun = Date.parse(question.at);
  return (
    <li className={`dns-question ${question.outcome}${isSelected ? " selected" : ""}`} data-outcome={question.outcome}>
      <button
        type="button" aria-pressed={isSelected} onClick={onSelect} title={outcomeSentence(question, translate)}
        aria-label={t("describe", { time: clockText(question.at, language), from: partyName(question.from), to: partyName(question.to), name: question.name, type: question.type, outcome: outcomeText(question, translate) })}
      >
        <span className="dns-line">
          <b className="dns-name">{question.name}</b> <span className="dns-type">{question.type}</span>
          <span className="dns-marks">
            {isBad ? <span className="pill bad">{question.code}</span> : question.code === undefined ? null : <span className="pill">{question.code}</span>}
            <span className={`pill ${question.outcome === "cache" ? "ok" : question.outcome === "asked" ? "accent" : question.outcome === "failed" ? "bad" : ""}`}>{outcomeText(question, translate)}</span>
          </span>
        </span>
        <span className="dns-line dns-who">
          <time dateTime={question.at}>{clockText(question.at, language)}</time>
          <NodeName party={question.from} topology={topology} />
          <ArrowRight size={13} aria-hidden />
          <NodeName party={question.to} topology={topology} />
          {question.by === "rempart" ? <span className="dns-by">{t("rempart")}</span> : null}
          {question.milliseconds === undefined ? null : <span className="dns-took">{t("took", { milliseconds: translate.number(question.milliseconds, 1) })}</span>}
        </span>
      </button>
      {asks.length === 0 ? null : (
        <ol className="dns-asks" aria-label={t("chain", { node: partyName(question.to) })}>
          {asks.map((ask, index) => (
            <li key={index} className={`${main.has(ask) ? "" : "other"}${ask.failure === undefined ? "" : " failed"}`}>
              <span className="dns-number" aria-hidden>{numbers.get(ask) ?? "·"}</span>
              <NodeName party={ask.to} topology={topology} />
              {main.has(ask) && ask.name === question.name ? null : <span className="dns-detail">{main.has(ask) ? `${ask.name} ${ask.type}` : t("ask.other", { name: ask.name, type: ask.type })}</span>}
              {ask.failure === undefined ? null : <span className="dns-failure">{failureText(ask.failure, translate)}</span>}
              {isSelected ? <span className="dns-took">{t("ask.after", { milliseconds: Math.max(0, Date.parse(ask.at) - begun) })}</span> : null}
            </li>
          ))}
        </ol>
      )}
      {isSelected ? <p className="dns-why">{outcomeSentence(question, translate)}</p> : null}
    </li>
  );
}

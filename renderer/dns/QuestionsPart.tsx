import { Pause, Play, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { DnsQuestion } from "../../playground/model/dnsView.ts";
import type { Topology } from "../../playground/model/topology.ts";
import { Button } from "../components/Button.tsx";
import { dnsTexts } from "../i18n/dnsTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { QuestionRow } from "./QuestionRow.tsx";
import { matches, walkOf } from "./questionWords.ts";
import { useDnsQuestions } from "./useDnsQuestions.ts";

/** What was asked in the lab, live, with the questions that resolvers asked in turn. */
export function QuestionsPart({ lab, topology }: { lab: string; topology: Topology | undefined }) {
  const { t } = useTranslate(dnsTexts);
  const store = useStores().lab(lab);
  const [isPaused, setPaused] = useState(false);
  const [filter, setFilter] = useState("");
  const [withChecks, setWithChecks] = useState(false);
  const [isLive, setLive] = useState(true);
  const { questions, servers, example, hasFailed, clear } = useDnsQuestions(lab, !isPaused);
  const walk = useLab(lab, (state) => state.dnsWalk);
  const ofPeople = questions?.filter((question) => withChecks || question.by === "machine");
  const shown = ofPeople?.filter((question) => matches(question, filter));
  const newest = shown?.find((question) => question.by === "machine");
  useLiveWalk(lab, isLive && !isPaused, newest);
  const mute = servers.filter((server) => !server.hasLog).map((server) => server.node);
  const hidden = (questions?.length ?? 0) - (ofPeople?.length ?? 0);
  return (
    <>
      <div className="dns-tools">
        <input type="search" value={filter} placeholder={t("filter")} aria-label={t("filter.label")} spellCheck={false} onChange={(event) => setFilter(event.target.value)} />
        <Button size="small" kind="quiet" aria-label={t(isPaused ? "resume" : "pause")} icon={isPaused ? <Play size={15} /> : <Pause size={15} />} aria-pressed={isPaused} onClick={() => setPaused(!isPaused)} />
        <Button size="small" kind="quiet" aria-label={t("clear")} icon={<Trash2 size={15} />} onClick={() => { clear(); store.getState().showDnsWalk(undefined); }} />
        <label title={t("live.why")}><input type="checkbox" checked={isLive} onChange={(event) => setLive(event.target.checked)} /> {t("live")}</label>
        <label title={t("checks.why")}><input type="checkbox" checked={withChecks} onChange={(event) => setWithChecks(event.target.checked)} /> {t("checks")}</label>
      </div>
      {mute.length === 0 ? null : <p className="dns-note">{t("noLog", { list: mute.join(", "), count: mute.length })}</p>}
      {hasFailed ? <p className="dns-note bad" role="status">{t("failed")}</p> : null}
      {isPaused ? <p className="dns-note" role="status">{t("empty.paused")}</p> : null}
      {shown !== undefined && shown.length > 0 ? (
        <ol className="dns-questions scroll" aria-label={t("list")} tabIndex={-1}>
          {shown.map((question) => (
            <QuestionRow key={question.id} question={question} topology={topology} isSelected={walk?.id === question.id && walk.isChosen === true} onSelect={() => store.getState().showDnsWalk(walk?.id === question.id && walk.isChosen === true ? undefined : { ...walkOf(question), isChosen: true })} />
          ))}
        </ol>
      ) : shown === undefined ? null : (
        <EmptyQuestions lab={lab} command={example} topology={topology} isFiltered={(ofPeople?.length ?? 0) > 0} />
      )}
      {hidden > 0 ? <p className="dns-foot">{t("hidden", { count: hidden })}</p> : null}
    </>
  );
}

function EmptyQuestions({ lab, command, topology, isFiltered }: { lab: string; command: string; topology: Topology | undefined; isFiltered: boolean }) {
  const { t } = useTranslate(dnsTexts);
  const store = useStores().lab(lab);
  const node = topology?.nodes.find((candidate) => candidate.terminal === true && !candidate.services?.includes("dns"))?.name;
  if (isFiltered) return <p className="empty" role="status">{t("empty.filtered")}</p>;
  return (
    <div className="empty" role="status">
      <p>{t("empty")}</p>
      {node === undefined || command === "" ? null : (
        <>
          <p>{t("empty.try", { node })}</p>
          <Button kind="plain" title={t("empty.type", { node })} onClick={() => store.getState().typeInto(node, command)}><code>{command}</code></Button>
        </>
      )}
    </div>
  );
}

/** Draws each new question on the topology, as long as the reader has chosen none. */
function useLiveWalk(lab: string, isOn: boolean, newest: DnsQuestion | undefined): void {
  const store = useStores().lab(lab);
  const text = newest === undefined ? "" : JSON.stringify(walkOf(newest));
  const first = useRef<string>(undefined);
  useEffect(() => {
    // What was asked before the view was opened is no news.
    first.current ??= text;
    if (!isOn || text === "" || first.current === text) return;
    store.getState().showDnsWalk(JSON.parse(text) as ReturnType<typeof walkOf>);
  }, [store, isOn, text]);
  useEffect(() => () => store.getState().showDnsWalk(undefined), [store]);
}

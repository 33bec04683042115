import { Play, Square } from "lucide-react";
import { useState } from "react";
import type { CheckObservation } from "../../playground/contract/contract.ts";
import { describeError, describeFault } from "../../playground/model/describeError.ts";
import { toErrorData, type ErrorData } from "../../playground/model/errors.ts";
import { Button } from "../components/Button.tsx";
import { WorkProgress } from "../components/WorkProgress.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { NetworkChoice, useNetworkName } from "./NetworkChoice.tsx";
import type { WrittenCheck } from "./labParts.ts";
import { useDraft, useStudio } from "./useStudio.tsx";

/** Runs the check as it is written, now, on one of the lab's networks. */
export function CheckTrial({ check }: { check: WrittenCheck }) {
  const { t, localized, language, number } = useTranslate(authorTexts);
  const { lab, store } = useStudio();
  const client = useClient();
  const phase = useDraft((state) => state.phase);
  const isStarting = useDraft((state) => state.isStarting);
  const faults = useDraft((state) => state.faults.length);
  const progress = useApp((state) => state.progress[`up:${lab}`]);
  const [network, setNetwork] = useState(useDraft((state) => state.applied) ?? "network.yml");
  /** What came of the check as it was then: of one that was changed since it says nothing. */
  const [tried, setTried] = useState<{ readonly of: string; readonly seen?: CheckObservation; readonly error?: ErrorData }>();
  const of = JSON.stringify(check.written);
  const { seen, error } = tried?.of === of ? tried : {};
  const applied = useDraft((state) => state.applied);
  const nameOf = useNetworkName();
  const [isTrying, setTrying] = useState(false);
  const isUp = phase === "running" && !isStarting;
  const look = async (): Promise<void> => {
    setTrying(true);
    try {
      setTried({ of, seen: await client.call("studio.try", { lab, check: { ...check.written } }) });
    } catch (reason) {
      setTried({ of, error: toErrorData(reason) });
    } finally {
      setTrying(false);
    }
  };
  const told = error && describeError(error, language);
  return (
    <section className="studio-side scroll" aria-label={t("trial.title")}>
      <h2>{t("trial.title")}</h2>
      <NetworkChoice value={network} onChange={setNetwork} />
      <div className="studio-actions">
        <Button icon={<Play size={14} />} disabled={faults > 0 || isStarting} title={faults > 0 ? t("trial.faults") : undefined} onClick={() => void store.getState().run(network)}>
          {phase === "stopped" ? t("trial.start") : t("trial.apply")}
        </Button>
        {phase === "stopped" ? null : <Button icon={<Square size={12} fill="currentColor" />} disabled={isStarting} onClick={() => void store.getState().stop()}>{t("trial.stop")}</Button>}
      </div>
      {faults > 0 ? <p className="muted">{t("trial.faults")}</p> : null}
      {isStarting && progress?.state === "running" ? <WorkProgress progress={progress} isCompact /> : null}
      {isUp && applied !== undefined ? <p className="muted">{t("trial.applied", { network: nameOf(applied) })}</p> : null}
      <Button kind="primary" disabled={!isUp || isTrying} onClick={() => void look()}>{isTrying ? t("trial.looking") : t("trial.look")}</Button>
      {told ? (
        <div className="trial-seen failed" role="alert">
          <p>{told.message}</p>
          <ul>{(error.faults ?? []).map((fault) => <li key={fault.path + fault.message}><span className="mono">{fault.path}</span> {describeFault(fault, language).message}</li>)}</ul>
        </div>
      ) : null}
      {seen ? (
        <div className={`trial-seen ${seen.state}`} role="status" data-state={seen.state}>
          <p><strong>{seen.state === "passed" ? t("trial.passed") : t("trial.failed")}</strong> · {t("trial.took", { milliseconds: number(seen.milliseconds) })}</p>
          {seen.summary ? <p>{localized(seen.summary)}</p> : null}
          {seen.command === "" ? null : <pre className="mono scroll" tabIndex={0}>{seen.command}</pre>}
          {seen.output === "" ? null : <pre className="mono scroll" tabIndex={0}>{seen.output}</pre>}
        </div>
      ) : null}
    </section>
  );
}

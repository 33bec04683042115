import { CircleCheck, Search } from "lucide-react";
import { useState } from "react";
import { evidenceText } from "../../playground/model/drillText.ts";
import type { DrillStatus } from "../../playground/contract/breakagesContract.ts";
import { Button } from "../components/Button.tsx";
import { breakagesTexts } from "../i18n/breakagesTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import type { PartProps } from "./BrokenPart.tsx";
import { clockText, useElapsed } from "./drillTime.ts";

/** An exercise: begin one with a seed, see how the one under way stands, or how the last one went. */
export function DrillPart(props: PartProps) {
  const { t } = useTranslate(breakagesTexts);
  const { drill } = props.state;
  return (
    <section className="breakages-part" aria-labelledby="drill-title">
      <h2 id="drill-title">{t("drill")}</h2>
      {drill ? <Standing {...props} drill={drill} /> : null}
      {drill?.state === "broken" ? null : <Begin {...props} />}
    </section>
  );
}

function Begin({ lab, breakages: { act, isBusy }, state }: PartProps) {
  const { t } = useTranslate(breakagesTexts);
  const client = useClient();
  const [seed, setSeed] = useState("1");
  const [difficulty, setDifficulty] = useState(1);
  return (
    <form
      className="drill-form"
      onSubmit={(event) => {
        event.preventDefault();
        void act(() => client.call("drills.start", { lab, seed: seed.trim(), difficulty }));
      }}
    >
      {state.drill ? null : <p className="muted">{t("drill.lead")}</p>}
      <label className="field"><span>{t("drill.seed")}</span><input value={seed} maxLength={40} onChange={(event) => setSeed(event.target.value)} /></label>
      <label className="field">
        <span>{t("drill.difficulty")}</span>
        <select value={difficulty} onChange={(event) => setDifficulty(Number(event.target.value))}>
          {([1, 2, 3] as const).map((level) => <option key={level} value={level}>{t(`drill.difficulty.${level}`)}</option>)}
        </select>
      </label>
      <Button type="submit" kind={state.drill ? "plain" : "primary"} size="small" disabled={isBusy || !/^[\p{L}\p{N}._-]+$/u.test(seed.trim())}>{t(state.drill ? "drill.again" : "drill.start")}</Button>
    </form>
  );
}

function Standing({ lab, breakages: { act, isBusy }, drill }: PartProps & { drill: DrillStatus }) {
  const { t, localized } = useTranslate(breakagesTexts);
  const client = useClient();
  const elapsed = useElapsed(drill.startedAt, drill.state === "broken", drill.milliseconds);
  return (
    <div className="drill-standing" data-drill={drill.state}>
      {drill.state === "repaired" ? (
        <p className="drill-done"><CircleCheck size={16} aria-hidden /> {t("drill.repaired", { time: clockText(drill.milliseconds) })}</p>
      ) : drill.state === "revealed" ? (
        <p className="muted">{t("drill.revealed")}</p>
      ) : (
        <p><strong>{t("drill.running", { count: drill.faults })}</strong> · <span className="drill-clock">{clockText(elapsed)}</span></p>
      )}
      <p className="muted">{t("drill.seedOf", { seed: drill.seed, difficulty: drill.difficulty })}</p>
      {drill.state === "broken" ? (
        <div className="drill-actions">
          <JudgeButton lab={lab} act={act} isBusy={isBusy} />
          <Button size="small" kind="quiet" disabled={isBusy} onClick={() => void act(() => client.call("breakages.hide", { lab, hidden: false }))}>{t("drill.giveUp")}</Button>
        </div>
      ) : (
        <>
          <h3>{t("drill.faults")}</h3>
          <ul>{drill.parts.map((part) => <li key={part.text.en}>{localized(part.text)}</li>)}</ul>
        </>
      )}
      <h3>{t("drill.evidence")}</h3>
      {drill.evidence.length === 0 ? <p className="muted">{t("drill.noEvidence")}</p> : null}
      <ol>
        {drill.evidence.map((look) => <li key={`${look.what} ${look.about}`}>{localized(evidenceText(look))}</li>)}
      </ol>
      {drill.missed.length > 0 ? <p className="muted">{t("drill.missed", { list: drill.missed.join(", ") })}</p> : null}
    </div>
  );
}

/** Looks whether everything is repaired, and says so where it is not. */
export function JudgeButton({ lab, act, isBusy }: { lab: string; act: PartProps["breakages"]["act"]; isBusy: boolean }) {
  const { t } = useTranslate(breakagesTexts);
  const client = useClient();
  const notifyDone = useApp((app) => app.notifyDone);
  const judge = () =>
    act(async () => {
      const { state, milliseconds } = await client.call("drills.judge", { lab });
      notifyDone(state === "broken" ? t("drill.notYet") : t("drill.repaired", { time: clockText(milliseconds) }));
    });
  return <Button size="small" icon={<Search size={14} />} disabled={isBusy} onClick={() => void judge()}>{t("drill.judge")}</Button>;
}

import { BadgeCheck, CircleDashed, CircleX, LoaderCircle, TriangleAlert, X } from "lucide-react";
import { editText, setAt } from "../../playground/model/labDocument.ts";
import { Button } from "../components/Button.tsx";
import { WorkProgress } from "../components/WorkProgress.tsx";
import { authorTexts } from "../i18n/authorTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp, useClient } from "../state/stores.tsx";
import { LocalizedField, SetField } from "./fields.tsx";
import { readParts } from "./labParts.ts";
import { flow } from "./renames.ts";
import { useDraft, useStudio, useText } from "./useStudio.tsx";

const icons = { waiting: CircleDashed, running: LoaderCircle, proved: BadgeCheck, refuted: CircleX } as const;

/** What the lab promises of itself, and whether it keeps it: at the start, with the solution, with each mistake. */
export function ProofTab() {
  const { t, language, localized, number } = useTranslate(authorTexts);
  const { lab, store } = useStudio();
  const client = useClient();
  const labText = useText("lab.yml");
  const parts = readParts(labText);
  const proof = useDraft((state) => state.proof);
  const isProving = useDraft((state) => state.isProving);
  const isOutdated = useDraft((state) => state.proof.length > 0 && state.proven !== undefined && state.proven !== state.history?.files);
  const faults = useDraft((state) => state.faults.length);
  const progress = useApp((state) => state.progress[`up:${lab}`]);
  const notifyError = useApp((state) => state.notifyError);
  const checks = parts.checks.map((check) => ({ value: check.id, text: check.title[language] ?? check.id }));
  const change = (text: string, typing?: string): void => store.getState().change({ "lab.yml": text }, typing);
  const nameOf = (scenario: string): string => (scenario === "start" ? t("network.start") : scenario === "solution" ? t("network.solution") : (parts.broken.find((one) => one.name === scenario)?.title[language] ?? scenario));
  const isDone = proof.length > 0 && proof.every(({ state }) => state === "proved");
  return (
    <div className="studio-columns two">
      <section className="studio-main scroll" aria-label={t("proof.promises")}>
        <h2>{t("proof.promises")}</h2>
        <p className="muted">{t("proof.lead")}</p>
        <div className="studio-form">
          <SetField
            label={t("proof.startFails")} empty={t("checks.none")} value={parts.startFails} options={checks}
            onChange={(ids) => change(editText(labText, (document) => document.set("start_fails", flow(document, ids))))}
          />
          {parts.broken.map((broken) => (
            <div key={broken.name} className="studio-card">
              <h3>{t("network.broken", { name: broken.name })}</h3>
              <LocalizedField label={t("title")} value={broken.title} onChange={(title) => change(editText(labText, (document) => setAt(document, ["broken", broken.name, "title"], title)), `broken ${broken.name}`)} />
              <SetField
                label={t("proof.fails")} empty={t("checks.none")} value={broken.fails} options={checks}
                onChange={(ids) => change(editText(labText, (document) => document.setIn(["broken", broken.name, "fails"], flow(document, ids))))}
              />
            </div>
          ))}
          {parts.broken.length === 0 ? <p className="muted">{t("proof.noBroken")}</p> : null}
        </div>
      </section>
      <section className="studio-side wide scroll" aria-label={t("tab.proof")}>
        <h2>{t("tab.proof")}</h2>
        <p className="muted">{t("proof.what")}</p>
        <div className="studio-actions">
          <Button kind="primary" icon={<BadgeCheck size={15} />} disabled={faults > 0 || isProving || parts.checks.length === 0} onClick={() => void store.getState().prove()}>{t("proof.prove")}</Button>
          {isProving ? <Button icon={<X size={14} />} onClick={() => void client.call("system.cancel", { task: `prove:${lab}` }).catch(notifyError)}>{t("cancel")}</Button> : null}
        </div>
        {faults > 0 ? <p className="muted">{t("trial.faults")}</p> : null}
        {isProving && progress?.state === "running" ? <WorkProgress progress={progress} isCompact /> : null}
        {isOutdated && !isProving ? <p className="proof-outdated" role="status"><TriangleAlert size={16} aria-hidden /> {t("proof.outdated")}</p> : null}
        {isDone && !isProving && !isOutdated ? <p className="proof-done" role="status"><BadgeCheck size={16} aria-hidden /> {t("proof.done")}</p> : null}
        <ol className={`proof-list${isOutdated ? " outdated" : ""}`} aria-live="polite">
          {proof.map((one) => {
            const Icon = icons[one.state];
            return (
              <li key={one.scenario} className={one.state} data-scenario={one.scenario} data-state={one.state}>
                <Icon size={17} aria-hidden className={one.state === "running" && isProving ? "turning" : undefined} />
                <div>
                  <p><strong>{nameOf(one.scenario)}</strong> · {t(`proof.${one.state}`)}{one.milliseconds === undefined ? "" : ` · ${t("proof.seconds", { seconds: number(one.milliseconds / 1000, 1) })}`}</p>
                  {one.unexpected.length > 0 ? <ul>{one.unexpected.map((line) => <li key={line.en} className="mono">{localized(line)}</li>)}</ul> : null}
                </div>
              </li>
            );
          })}
        </ol>
      </section>
    </div>
  );
}

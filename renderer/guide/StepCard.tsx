import { Check, ChevronDown, Lightbulb, RotateCw, TriangleAlert, WandSparkles } from "lucide-react";
import { useId, useState } from "react";
import type { LabDetail } from "../../playground/contract/contract.ts";
import { Button } from "../components/Button.tsx";
import { ConfirmDialog } from "../components/Dialog.tsx";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { CheckRow } from "./CheckRow.tsx";
import type { StepStanding } from "./guideProgress.ts";
import { Markdown } from "./Markdown.tsx";
import { QuestionBox } from "./QuestionBox.tsx";

interface StepCardProps {
  lab: string;
  step: LabDetail["steps"][number];
  number: number;
  /** No step comes after it. */
  isLast: boolean;
  standing: StepStanding;
  isOpen: boolean;
  onToggle: () => void;
  onRead: () => void;
}

/** One step of the guide: text, commands, questions, checks with what they saw, hints, and a way out. */
export function StepCard({ lab, step, number, isLast, standing, isOpen, onToggle, onRead }: StepCardProps) {
  const { t, localized } = useTranslate();
  const store = useStores().lab(lab);
  const checks = useLab(lab, (state) => state.checks);
  const phase = useLab(lab, (state) => state.status?.phase ?? "stopped");
  const isSolving = useLab(lab, (state) => state.work !== undefined);
  const [asking, setAsking] = useState(false);
  const bodyId = useId();
  const isUp = phase === "running" || phase === "broken" || phase === "applying";
  const standingText = standing === "current" ? t("guide.step.current") : standing === "todo" ? t("guide.step.todo") : standing === "review" ? t("guide.step.review") : t("guide.step.done");
  // Nothing left to do but to read: the step has no checks, or they were green from the start.
  const isReading = (step.checks.length === 0 && step.questions.length === 0) || (step.checks.length > 0 && step.checks.every((check) => checks[check.id]?.state === "passed"));
  const isTicked = standing === "done" || standing === "review";
  return (
    <article className={`step ${standing}${isOpen ? " open" : ""}`} data-step={step.id} data-standing={standing} aria-current={standing === "current" ? "step" : undefined}>
      <h2>
        <button type="button" className="step-head" aria-expanded={isOpen} aria-controls={bodyId} onClick={onToggle}>
          <span className="step-number" aria-hidden>
            {standing === "done" ? <Check size={13} strokeWidth={3} /> : standing === "review" ? <TriangleAlert size={13} /> : number}
          </span>
          <span className="step-title">{localized(step.title)}</span>
          <span className="visually-hidden">{standingText}</span>
          {step.solved ? <span className="pill">{t("guide.solved")}</span> : null}
          {standing === "review" ? <span className="pill">{t("guide.step.review")}</span> : null}
          <ChevronDown size={16} className="step-arrow" aria-hidden />
        </button>
      </h2>
      {isOpen ? (
        <div className="step-body" id={bodyId}>
          <Markdown lab={lab} text={step.body} />
          {step.questions.map((question) => (
            <QuestionBox key={question.id} lab={lab} question={question} />
          ))}
          {step.checks.length > 0 ? (
            <section aria-label={t("guide.checks")}>
              <ul className="checks">
                {step.checks.map((check) => (
                  <CheckRow key={check.id} lab={lab} check={check} observation={checks[check.id]} />
                ))}
              </ul>
              {isUp ? null : <p className="muted step-note">{t("guide.check.stopped")}</p>}
            </section>
          ) : null}
          {step.hints.map((hint, index) => (
            <div key={hint.fr} className="hint">
              <div className="hint-title">
                <Lightbulb size={14} aria-hidden /> {t("guide.hint.label", { number: index + 1, total: step.hintCount })}
              </div>
              <Markdown lab={lab} text={hint} />
            </div>
          ))}
          <div className="step-actions">
            {step.hintCount > step.hints.length ? (
              <Button size="small" icon={<Lightbulb size={14} />} onClick={() => void store.getState().openHint(step.id)}>
                {t("guide.hint.open", { opened: step.hints.length, total: step.hintCount })}
              </Button>
            ) : null}
            {step.checks.length > 0 && isUp ? (
              <Button size="small" icon={<RotateCw size={14} />} onClick={() => void store.getState().runChecks(step.checks.map((check) => check.id))}>
                {t("guide.check.again")}
              </Button>
            ) : null}
            {isReading && !isTicked ? (
              <Button kind="primary" size="small" icon={<Check size={14} />} onClick={onRead}>
                {t(isLast ? "guide.readLast" : "guide.read")}
              </Button>
            ) : null}
            {step.canSolve && isUp && !isTicked ? (
              <Button kind="quiet" size="small" icon={<WandSparkles size={14} />} disabled={isSolving} onClick={() => setAsking(true)}>
                {t("guide.solve")}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
      {asking ? (
        <ConfirmDialog title={t("guide.solveTitle", { title: localized(step.title) })} text={t("guide.solveText")} action={t("guide.solve")} onClose={() => setAsking(false)} onConfirm={() => void store.getState().solve(step.id)} />
      ) : null}
    </article>
  );
}

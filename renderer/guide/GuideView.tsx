import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { failingSteps, minutesLeft, readFinished, standSteps } from "./guideProgress.ts";
import { ComparisonTables } from "./ComparisonTables.tsx";
import { Markdown } from "./Markdown.tsx";
import { NextStepBar } from "./NextStepBar.tsx";
import { scrollToStep, stepElement } from "./scrollToStep.ts";
import { StepCard } from "./StepCard.tsx";
import "./guide.css";

/** The part of the guide's height below which the next step still counts as not yet reached. */
const reachedShare = 0.6;

/** The guide: where the student is, the introduction, and the steps; one that is finished stays open for who still reads it, and shows the way to the next. */
export function GuideView({ lab }: { lab: string }) {
  const { t, localized } = useTranslate();
  const store = useStores().lab(lab);
  const detail = useLab(lab, (state) => state.detail);
  const checks = useLab(lab, (state) => state.checks);
  const stored = useLab(lab, (state) => state.layout?.finishedSteps);
  const finished = useMemo(() => readFinished(stored), [stored]);
  const storedBegun = useLab(lab, (state) => state.layout?.begunSteps);
  const begun = useMemo(() => readFinished(storedBegun), [storedBegun]);
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});
  const scroller = useRef<HTMLDivElement>(null);
  const steps = useMemo(() => detail?.steps ?? [], [detail]);
  const standings = useMemo(() => standSteps(steps, checks, finished, begun), [steps, checks, finished, begun]);
  const currentIndex = standings.indexOf("current");
  const current = steps[currentIndex]?.id;

  // What is finished stays ticked, also after the lab was stopped and its checks are gone.
  useEffect(() => {
    const done = steps.filter((_, index) => standings[index] === "done").map((step) => step.id);
    if (done.some((id) => !finished.has(id))) store.getState().rememberLayout({ finishedSteps: [...new Set([...finished, ...done])] });
  }, [standings, steps, finished, store]);

  useEffect(() => {
    const failing = failingSteps(steps, checks);
    if (failing.some((id) => !begun.has(id))) store.getState().rememberLayout({ begunSteps: [...new Set([...begun, ...failing])] });
  }, [steps, checks, begun, store]);

  const [finishedNow, setFinishedNow] = useState<string>();
  const shown = useRef(current);
  const read = useRef<string>(undefined);
  const first = steps[0]?.id;
  useEffect(() => {
    const before = shown.current;
    shown.current = current;
    if (before === undefined || before === current) return;
    if (read.current === before) {
      scrollToStep(scroller.current, current);
      return;
    }
    // The checks turn green long before the step is read to its end and its questions are answered: it stays open.
    setToggled((all) => ({ ...all, "": all[""] ?? before === first, [before]: true }));
    // Who is still reading one that was finished before is led to the one after it, not past it.
    setFinishedNow((pending) => pending ?? before);
  }, [current, first]);
  // The next in order, also when its checks are green already: its text was not read.
  const following = steps.findIndex((step) => step.id === finishedNow) + 1;
  const nextIndex = following < steps.length ? following : currentIndex;
  const nextStep = steps[nextIndex];
  // As long as the bar asks to finish reading, that is the step where the student is.
  const positionIndex = following > 0 ? following - 1 : currentIndex;
  const goOn = (): void => {
    setToggled((all) => ({ ...all, "": false, ...(finishedNow === undefined ? {} : { [finishedNow]: false }), ...(nextStep === undefined ? {} : { [nextStep.id]: true }) }));
    setFinishedNow(undefined);
    scrollToStep(scroller.current, nextStep?.id);
  };
  // Who scrolls to the next step alone needs no bar to lead there.
  const onScroll = (): void => {
    const root = scroller.current?.getBoundingClientRect();
    const step = finishedNow === undefined ? undefined : stepElement(scroller.current, nextStep?.id)?.getBoundingClientRect();
    if (root && step && step.top < root.top + root.height * reachedShare) setFinishedNow(undefined);
  };

  if (!detail) return null;
  // A check may stand in several steps; it counts once, as in the library.
  const ids = [...new Set(steps.flatMap((step) => step.checks.map((check) => check.id)))];
  const passed = ids.filter((id) => checks[id]?.state === "passed").length;
  const done = standings.filter((standing) => standing === "done" || standing === "review").length;
  const toReview = standings.filter((standing) => standing === "review").length;
  const introOpen = toggled[""] ?? done === 0;
  return (
    <div className="guide scroll" ref={scroller} onScroll={onScroll}>
      <div className="guide-text">
      <h1>{localized(detail.title)}</h1>
      <p className="guide-position">
        {current === undefined ? (toReview === 0 ? t("guide.allDone") : t("guide.toReview", { count: toReview })) : `${t("guide.position", { step: positionIndex + 1, total: steps.length })} · ${t("guide.remaining", { minutes: minutesLeft(detail.minutes, standings) })}`}
      </p>
      <div className={`bar guide-bar${current === undefined && toReview === 0 ? " done" : ""}`} role="progressbar" aria-label={t("guide.progress", { passed, total: ids.length })} aria-valuemin={0} aria-valuemax={steps.length} aria-valuenow={done} title={t("guide.progress", { passed, total: ids.length })}>
        <i style={{ width: `${steps.length === 0 ? 0 : (100 * done) / steps.length}%` }} />
      </div>
      <details className="introduction" open={introOpen} onToggle={(event) => {
          // React runs the updater later, when the event has no current target any more.
          const { open } = event.currentTarget;
          setToggled((all) => (introOpen === open ? all : { ...all, "": !introOpen }));
        }}>
        <summary>{t("guide.introduction")}</summary>
        <Markdown lab={lab} text={detail.introduction} />
      </details>
      {steps.map((step, index) => {
        const standing = standings[index] ?? "todo";
        const isOpen = toggled[step.id] ?? standing === "current";
        return (
          <StepCard
            key={step.id}
            lab={lab}
            step={step}
            number={index + 1}
            isLast={index === steps.length - 1}
            standing={standing}
            isOpen={isOpen}
            onToggle={() => setToggled((all) => ({ ...all, [step.id]: !isOpen }))}
            onRead={() => {
              read.current = step.id;
              store.getState().rememberLayout({ finishedSteps: [...finished, step.id] });
            }}
          />
        );
      })}
      <ComparisonTables lab={lab} />
      </div>
      {nextStep !== undefined && finishedNow !== undefined && current !== undefined ? (
        <NextStepBar finished={steps.findIndex((step) => step.id === finishedNow) + 1} next={nextIndex + 1} title={localized(nextStep.title)} onGo={goOn} />
      ) : null}
    </div>
  );
}

import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslate } from "../i18n/translate.tsx";
import { useLab, useStores } from "../state/stores.tsx";
import { failingSteps, minutesLeft, readFinished, standSteps } from "./guideProgress.ts";
import { ComparisonTables } from "./ComparisonTables.tsx";
import { Markdown } from "./Markdown.tsx";
import { StepCard } from "./StepCard.tsx";
import "./guide.css";

/** The guide: where the student is, the introduction, and the steps; finishing one brings the next into view. */
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

  const shown = useRef(current);
  useEffect(() => {
    const before = shown.current;
    shown.current = current;
    if (before === undefined || current === undefined || before === current) return;
    const root = scroller.current;
    // A step in which the student still writes stays open; the focus is never moved.
    const isWriting = root?.querySelector(`[data-step="${before}"]`)?.contains(document.activeElement) ?? false;
    if (isWriting) setToggled((all) => ({ ...all, [before]: true }));
    const isStill = document.documentElement.dataset.reduceMotion === "true" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    requestAnimationFrame(() => {
      const step = root?.querySelector(`[data-step="${current}"]`);
      // Not scrollIntoView: that would also scroll the panes around the guide, and take their tabs out of sight.
      if (root && step) root.scrollTo({ top: root.scrollTop + step.getBoundingClientRect().top - root.getBoundingClientRect().top - 12, behavior: isStill ? "auto" : "smooth" });
    });
  }, [current]);

  if (!detail) return null;
  const ids = steps.flatMap((step) => step.checks.map((check) => check.id));
  const passed = ids.filter((id) => checks[id]?.state === "passed").length;
  const done = standings.filter((standing) => standing === "done" || standing === "review").length;
  const introOpen = toggled[""] ?? done === 0;
  return (
    <div className="guide scroll" ref={scroller}>
      <div className="guide-text">
      <h1>{localized(detail.title)}</h1>
      <p className="guide-position">
        {current === undefined ? t("guide.allDone") : `${t("guide.position", { step: currentIndex + 1, total: steps.length })} · ${t("guide.remaining", { minutes: minutesLeft(detail.minutes, standings) })}`}
      </p>
      <div className={`bar guide-bar${current === undefined ? " done" : ""}`} role="progressbar" aria-label={t("guide.progress", { passed, total: ids.length })} aria-valuemin={0} aria-valuemax={steps.length} aria-valuenow={done} title={t("guide.progress", { passed, total: ids.length })}>
        <i style={{ width: `${steps.length === 0 ? 0 : (100 * done) / steps.length}%` }} />
      </div>
      <details className="introduction" open={introOpen} onToggle={(event) => {
          // React runs the updater later, when the event has no current target any more.
          const { open } = event.currentTarget;
          setToggled((all) => (introOpen === open ? all : { ...all, "": !introOpen }));
        }}>
        <summary>{t("guide.introduction")}</summary>
        <Markdown lab={lab} text={localized(detail.introduction)} />
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
            standing={standing}
            isOpen={isOpen}
            onToggle={() => setToggled((all) => ({ ...all, [step.id]: !isOpen }))}
            onRead={() => store.getState().rememberLayout({ finishedSteps: [...finished, step.id] })}
          />
        );
      })}
      <ComparisonTables lab={lab} />
      </div>
    </div>
  );
}

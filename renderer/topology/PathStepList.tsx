import { Pause, Play, StepBack, StepForward } from "lucide-react";
import { useEffect, useRef } from "react";
import type { PathHop } from "../../playground/model/path.ts";
import { reasonText } from "../../playground/model/reasonText.ts";
import { Button } from "../components/Button.tsx";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { pathTexts } from "../i18n/pathTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import type { PathSteps } from "./usePathSteps.ts";

interface PathStepListProps {
  readonly hops: readonly PathHop[];
  readonly steps: PathSteps;
  readonly cover: (text: string) => string;
}

export const isEnd = (hop: PathHop): boolean => hop.outcome === "drop" || hop.outcome === "refuse";

/** The packet's way in words, one decision after the other: each a button that takes the packet there. */
export function PathStepList({ hops, steps, cover }: PathStepListProps) {
  const { t } = useTranslate(canvasTexts);
  const path = useTranslate(pathTexts);
  const list = useRef<HTMLOListElement>(null);
  const { at } = steps;
  useEffect(() => {
    if (at !== undefined) list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <section className="path-steps">
      <h3>{t("path.hops")}</h3>
      <div className="path-player" role="toolbar" aria-label={t("path.hops")}>
        <Button size="small" aria-label={path.t("steps.back")} title={`${path.t("steps.back")} (Shift ←)`} icon={<StepBack size={16} />} disabled={at === undefined} onClick={() => steps.move(-1)} />
        <Button size="small" aria-label={path.t(steps.isPlaying ? "steps.pause" : "steps.play")} icon={steps.isPlaying ? <Pause size={16} /> : <Play size={16} />} onClick={steps.play} />
        <Button size="small" aria-label={path.t("steps.forward")} title={`${path.t("steps.forward")} (Shift →)`} icon={<StepForward size={16} />} disabled={at === hops.length - 1} onClick={() => steps.move(1)} />
        <span className="muted" role="status">{at === undefined ? path.t("steps.all", { total: hops.length }) : path.t("steps.position", { index: at + 1, total: hops.length })}</span>
        {at === undefined ? null : <Button kind="ghost" size="small" onClick={() => steps.go(undefined)}>{path.t("steps.whole")}</Button>}
      </div>
      <ol ref={list}>
        {hops.map((hop, index) => <PathStep key={index} hop={hop} isHere={index === at} cover={cover} onGo={() => steps.go(index)} />)}
      </ol>
    </section>
  );
}

function PathStep({ hop, isHere, cover, onGo }: { hop: PathHop; isHere: boolean; cover: (text: string) => string; onGo: () => void }) {
  const { t, language } = useTranslate(canvasTexts);
  const path = useTranslate(pathTexts);
  const reason = reasonText(hop, language);
  return (
    <li className={[isEnd(hop) ? "lost" : "", isHere ? "here" : ""].filter(Boolean).join(" ")} aria-current={isHere ? "step" : undefined}>
      <button type="button" onClick={onGo}>
        {reason.includes(hop.at) || hop.kind === "internet" ? null : <b>{hop.at} </b>}{hop.direction === "return" ? <span className="muted">({t("path.return")}) </span> : null}{cover(reason)}
        {hop.decidedBy === undefined ? null : <code>{cover(hop.decidedBy)}</code>}
        {isHere ? <span className="path-addresses muted">{cover(path.t("steps.addresses", { source: hop.source, destination: hop.destination }))}</span> : null}
      </button>
    </li>
  );
}

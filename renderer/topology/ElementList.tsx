import { useMemo } from "react";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { observationTexts } from "../i18n/observationTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { walkStops } from "./keyboardWalk.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";

interface ElementListProps {
  readonly layout: Layout;
  readonly selected: string | undefined;
  describe(id: string): string;
  /** Each open tunnel in words. */
  readonly tunnels: readonly { readonly id: string; readonly text: string }[];
}

/** The same picture for a screen reader: a list in reading order, and the chosen element said aloud. */
export function ElementList({ layout, selected, describe, tunnels }: ElementListProps) {
  const { t } = useTranslate(canvasTexts);
  const observed = useTranslate(observationTexts);
  const stops = useMemo(() => walkStops(layout), [layout]);
  return (
    <div className="visually-hidden">
      <ul role="listbox" aria-label={t("topology.elements")}>
        {stops.map((stop) => <li key={stop.id} id={`element-${stop.id}`} role="option" aria-selected={stop.id === selected}>{describe(stop.id)}</li>)}
      </ul>
      {tunnels.length === 0 ? null : <ul aria-label={observed.t("tunnel.list")}>{tunnels.map(({ id, text }) => <li key={id}>{text}</li>)}</ul>}
      <div aria-live="polite">{tunnels.length === 0 ? "" : observed.t("tunnel.title", { count: tunnels.length })}</div>
      <div aria-live="polite">{selected === undefined ? "" : describe(selected)}</div>
    </div>
  );
}

import { useMemo, useRef } from "react";
import type { Figure } from "../../playground/model/figure.ts";
import type { NodeState } from "../../playground/model/topology.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { useApp } from "../state/stores.tsx";
import { buildScene } from "../../playground/picture/buildScene.ts";
import { describeElement } from "../topology/describeElement.ts";
import { exportSvg } from "../../playground/picture/exportSvg.ts";
import { focusTopology } from "../../playground/picture/focusTopology.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { usePalette } from "../topology/usePalette.ts";
import { useSceneTexts } from "../topology/useSceneTexts.ts";
import { useSize } from "../topology/useSize.ts";
import { useTopology } from "../topology/useTopology.ts";

/** The size of text for which the picture is drawn at its own size. */
const drawnTextSize = 14;
/** A figure tells what is where, not how it is. */
const noStates: ReadonlyMap<string, NodeState> = new Map();

/** A part of the lab's picture as it is now, small and still, with what it shows as a list for those who do not see it. */
export function TopologyFigure({ lab, figure }: { lab: string; figure: Figure }) {
  const { t } = useTranslate(canvasTexts);
  const { topology, states } = useTopology(lab);
  const palette = usePalette();
  const texts = useSceneTexts();
  const scale = useApp((state) => state.settings?.textSize ?? drawnTextSize) / drawnTextSize;
  const place = useRef<HTMLDivElement>(null);
  const { width: room } = useSize(place);
  const focus = useMemo(() => topology && focusTopology(topology, figure.show), [topology, figure]);
  const picture = useMemo(() => {
    if (focus === undefined || room === 0 || focus.topology.nodes.length + focus.topology.boxes.length === 0) return undefined;
    const minimumWidth = Math.floor(room / scale);
    // Side by side and airy where there is room, then below each other, then close together and in more rows.
    const attempts = [{}, { vpcsPerLine: 1 }, { maximumWidth: minimumWidth }, { vpcsPerLine: 1, maximumWidth: minimumWidth }].map((more) => layoutTopology(focus.topology, undefined, { isStill: true, minimumWidth, ...more }));
    const layout = attempts.find((attempt) => attempt.width <= minimumWidth) ?? attempts.reduce((best, attempt) => (attempt.width < best.width ? attempt : best));
    const scene = buildScene(focus.topology, layout, { states: noStates, selected: undefined, hovered: undefined, marked: new Set(), path: undefined, dimmed: false, texts });
    // Larger with the reader's text as far as there is room, never smaller than drawn: what is wider still can be scrolled.
    return { width: layout.width * Math.min(scale, Math.max(1, room / layout.width)), svg: exportSvg(scene, palette, figure.caption) };
  }, [focus, room, scale, texts, palette, figure]);
  const shown = focus === undefined ? [] : [...focus.topology.boxes, ...focus.topology.nodes];
  return (
    <figure className="figure">
      <div ref={place} className="figure-place scroll" tabIndex={picture !== undefined && picture.width > room + 1 ? 0 : undefined}>
        {/* Our own drawing; the names in it come from the student's file and are escaped by exportSvg. */}
        {picture === undefined ? null : <div className="figure-picture" style={{ width: picture.width }} dangerouslySetInnerHTML={{ __html: picture.svg }} />}
      </div>
      <figcaption>
        {figure.caption}
        {focus === undefined || focus.missing.length === 0 ? null : <span className="figure-missing">{t("figure.missing", { names: focus.missing.join(", ") })}</span>}
      </figcaption>
      {focus === undefined || shown.length === 0 ? null : (
        <div className="visually-hidden">
          {t("figure.shows")}
          <ul>
            {shown.map(({ id }) => <li key={id}>{describeElement(focus.topology, id, states, t)}</li>)}
          </ul>
        </div>
      )}
    </figure>
  );
}

import { useMemo, useRef, useState, type DragEvent } from "react";
import type { NodeState, Topology } from "../../playground/model/topology.ts";
import { palette, type PaletteItem } from "../../playground/model/placeResource.ts";
import { buildScene } from "../../playground/picture/buildScene.ts";
import { exportSvg } from "../../playground/picture/exportSvg.ts";
import { layoutTopology } from "../../playground/picture/layout.ts";
import { sizes, type Layout, type Rectangle } from "../../playground/picture/layoutTypes.ts";
import { authorTexts } from "../i18n/authorTexts.ts";
import { canvasTexts } from "../i18n/canvasTexts.ts";
import { useTranslate } from "../i18n/translate.tsx";
import { describeElement } from "../topology/describeElement.ts";
import { usePalette } from "../topology/usePalette.ts";
import { useSceneTexts } from "../topology/useSceneTexts.ts";
import { useSize } from "../topology/useSize.ts";
import { dragType } from "./Palette.tsx";

interface DraftPictureProps {
  readonly topology: Topology;
  readonly selected: string | undefined;
  /** The text has faults: this is how it was before. */
  readonly isStale: boolean;
  readonly onSelect: (id: string | undefined) => void;
  readonly onPlace: (item: PaletteItem, target: string | undefined) => void;
  readonly onRemove: () => void;
}

/** The picture shows what is written, not what runs. */
const noStates: ReadonlyMap<string, NodeState> = new Map();
const largestScale = 1.3;
const smallestScale = 0.6;

/** The picture of a network that is being written. Whatever is in it can be chosen, and things can be dropped onto it. */
export function DraftPicture({ topology, selected, isStale, onSelect, onPlace, onRemove }: DraftPictureProps) {
  const { t } = useTranslate(authorTexts);
  const { t: canvas } = useTranslate(canvasTexts);
  const colors = usePalette();
  const texts = useSceneTexts();
  const place = useRef<HTMLDivElement>(null);
  const { width: room, height } = useSize(place);
  const [target, setTarget] = useState<string>();
  const layout = useMemo(() => layoutTopology(topology, undefined, { isStill: true }), [topology]);
  const scale = room === 0 ? 1 : Math.max(smallestScale, Math.min(largestScale, (room - 24) / layout.width, (height - 24) / layout.height));
  const svg = useMemo(() => exportSvg(buildScene(topology, layout, { states: noStates, selected, hovered: target, marked: new Set(), path: undefined, dimmed: false, texts }), colors, ""), [topology, layout, selected, target, texts, colors]);
  const areas = useMemo(() => areasOf(layout), [layout]);

  const under = (event: DragEvent): string | undefined => {
    const frame = event.currentTarget.querySelector(".draft-frame")?.getBoundingClientRect();
    if (!frame) return undefined;
    const point = { x: (event.clientX - frame.left) / scale, y: (event.clientY - frame.top) / scale };
    return areas.findLast(({ area }) => point.x >= area.x && point.x <= area.x + area.width && point.y >= area.y && point.y <= area.y + area.height)?.id;
  };
  const dragged = (event: DragEvent): PaletteItem | undefined => palette.find((item) => event.dataTransfer.types.includes(dragType(item)));
  return (
    <div
      ref={place} className={`draft-picture scroll${isStale ? " stale" : ""}`} role="group" aria-label={t("network.picture")} data-target={target}
      onDragOver={(event) => {
        if (dragged(event) === undefined) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
        setTarget(under(event));
      }}
      onDragLeave={() => setTarget(undefined)}
      onDrop={(event) => {
        const item = dragged(event);
        if (item === undefined) return;
        event.preventDefault();
        setTarget(undefined);
        onPlace(item, under(event));
      }}
      onClick={() => onSelect(undefined)}
      onKeyDown={(event) => {
        if (event.key === "Delete" && selected !== undefined) onRemove();
        if (event.key === "Escape") onSelect(undefined);
      }}
    >
      <div className="draft-frame" style={{ width: layout.width * scale, height: layout.height * scale }}>
        {/* Our own drawing; the names in it are escaped by exportSvg. */}
        <div className="draft-drawing" aria-hidden dangerouslySetInnerHTML={{ __html: svg }} />
        {areas.map(({ id, area }) => (
          <button
            key={id} type="button" className="draft-element" data-element={id} aria-pressed={selected === id} aria-label={describeElement(topology, id, noStates, canvas)}
            style={{ left: area.x * scale, top: area.y * scale, width: area.width * scale, height: area.height * scale, borderRadius: (id.startsWith("vpc/") ? 14 : 10) * scale }}
            onClick={(event) => {
              event.stopPropagation();
              onSelect(id);
            }}
          />
        ))}
      </div>
      {isStale ? <p className="draft-stale" role="status">{t("network.stale")}</p> : null}
    </div>
  );
}

/** Where each element is, outer ones first: whoever is pointed at is the last that holds the point. */
function areasOf(layout: Layout): { id: string; area: Rectangle }[] {
  const around = (x: number, y: number): Rectangle => ({ x: x - sizes.node / 2 - 4, y: y - sizes.node / 2 - 4, width: sizes.node + 8, height: sizes.node + 8 });
  return [
    ...layout.boxes.filter(({ kind }) => kind === "vpc" || kind === "subnet").map(({ id, x, y, width, height }) => ({ id, area: { x, y, width, height } })),
    ...layout.nodes.map(({ id, x, y }) => ({ id, area: around(x, y) })),
    ...layout.peerings.map(({ id, label }) => ({ id, area: around(label.x, label.y) })),
  ];
}

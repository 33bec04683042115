import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import type { Layout, Point } from "../../playground/picture/layoutTypes.ts";
import type { Scene } from "../../playground/picture/scene.ts";
import type { Legibility } from "./paintScene.ts";
import type { StageInset } from "./fittedView.ts";
import { TopologyStage, type StageEvents } from "./TopologyStage.ts";
import { usePalette } from "./usePalette.ts";

export interface CanvasHandle {
  fit(): void;
  /** Shows these elements as large as they fit; none stands for everything. */
  focusOn(ids: readonly string[], animate: boolean): void;
  zoomBy(factor: number): void;
  reveal(id: string): void;
  screenPoint(id: string): Point | undefined;
}

interface TopologyCanvasProps {
  readonly layout: Layout;
  readonly animate: boolean;
  /** Stable between changes of what it draws. */
  readonly makeScene: (layout: Layout) => Scene;
  /** What the toolbar, the inspector and the legends cover. */
  readonly inset: StageInset;
  readonly events: StageEvents;
  readonly handle: Ref<CanvasHandle>;
  /** How large text is, and how much a fitted picture is enlarged: as at a desk, unless told. Read once. */
  readonly look?: { readonly legibility: Legibility; readonly largestFit: number };
}

/** Puts the stage into React: it is made once and then only told what changed. */
export function TopologyCanvas({ layout, animate, makeScene, inset, events, handle, look }: TopologyCanvasProps) {
  const container = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<TopologyStage>(undefined);
  const latest = useRef(events);
  const firstLook = useRef(look);
  const palette = usePalette();
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    if (container.current === null || canvas.current === null) return undefined;
    const style = getComputedStyle(document.documentElement);
    const made = new TopologyStage({
      container: container.current,
      canvas: canvas.current,
      legibility: firstLook.current?.legibility,
      largestFit: firstLook.current?.largestFit,
      families: { sans: style.getPropertyValue("--face") || "system-ui, sans-serif", mono: style.getPropertyValue("--mono") || "monospace" },
      events: {
        hover: (id, point) => latest.current.hover(id, point),
        select: (id) => latest.current.select(id),
        settle: (id) => latest.current.settle(id),
        open: (id) => latest.current.open(id),
        menu: (id, point) => latest.current.menu(id, point),
        moved: (id, point) => latest.current.moved(id, point),
        touched: () => latest.current.touched(),
        viewport: (view) => latest.current.viewport?.(view),
      },
    });
    stage.current = made;
    return () => {
      stage.current = undefined;
      made.dispose();
    };
  }, []);
  useEffect(() => stage.current?.setPalette(palette), [palette]);
  const { top, right, bottom } = inset;
  useEffect(() => stage.current?.setInset({ top, right, bottom }), [top, right, bottom]);
  useEffect(() => stage.current?.setScene(makeScene), [makeScene]);
  useEffect(() => stage.current?.setLayout(layout, animate), [layout, animate]);
  useImperativeHandle(handle, () => ({
    fit: () => stage.current?.fit(),
    focusOn: (ids, isAnimated) => stage.current?.focusOn(ids, isAnimated),
    zoomBy: (factor) => stage.current?.zoomBy(factor),
    reveal: (id) => stage.current?.reveal(id),
    screenPoint: (id) => stage.current?.screenPoint(id),
  }), []);
  return (
    <>
      <div ref={container} className="topology-graph" />
      <canvas ref={canvas} className="topology-paint" aria-hidden="true" />
    </>
  );
}

import type { Point, Rectangle } from "../../playground/picture/layoutTypes.ts";

/** Where the picture is on the stage: a point of it is at `pan + zoom * point`, in CSS pixels. */
export interface StageView {
  readonly pan: Point;
  readonly zoom: number;
}

/** What covers the stage at its edges, in CSS pixels. */
export interface StageInset {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Below this zoom most addresses are left out, and many names have no room. */
const readableZoom = 0.55;

/** The view in which a part of the picture is as large as it fits on what is left of the stage, enlarged at most by `largest`. */
export function fittedView(part: Rectangle, stage: { readonly width: number; readonly height: number }, { top, right, bottom }: StageInset, largest: number): StageView {
  const width = Math.max(50, stage.width - right - 8);
  const height = Math.max(50, stage.height - top - bottom - 4);
  const zoomFor = (room: number): number => Math.min(largest, room / part.width, height / part.height);
  // What covers the right edge stays for a while only: the picture gives way as far as it can still be read, and then lies partly under it.
  const zoom = Math.max(zoomFor(width), Math.min(readableZoom, zoomFor(width + right)));
  return { zoom, pan: { x: Math.max(4, (width - part.width * zoom) / 2) - part.x * zoom, y: top + Math.max(0, (height - part.height * zoom) / 2) - part.y * zoom } };
}

import type { Point } from "../../playground/picture/layoutTypes.ts";

/** Where a tooltip goes, as CSS offsets in pixels from the edges of the picture. */
export interface TipPlace {
  readonly left?: number;
  readonly right?: number;
  readonly top?: number;
  readonly bottom?: number;
  readonly maxWidth: number;
}

const widest = 310;
/** Room that three lines take. */
const tallest = 90;

/**
 * Beside the pointer, on the side with more room where the right one is too narrow, and never under what covers the picture's
 * right edge.
 * @param covered width at the right that an inspector covers, in CSS pixels
 * @param scale of its text against that of a desk
 */
export function tipPlace(point: Point, room: { readonly width: number; readonly height: number }, covered: number, scale = 1): TipPlace {
  const wide = widest * scale;
  const toTheRight = room.width - covered - point.x - 14 - 4;
  const toTheLeft = point.x - 8 - 4;
  const goesRight = toTheRight >= wide || toTheRight >= toTheLeft;
  return {
    ...(goesRight ? { left: point.x + 14 } : { right: room.width - point.x + 8 }),
    ...(point.y > room.height - tallest * scale ? { bottom: room.height - point.y + 8 } : { top: point.y + 16 }),
    maxWidth: Math.max(80, Math.min(wide, goesRight ? toTheRight : toTheLeft)),
  };
}

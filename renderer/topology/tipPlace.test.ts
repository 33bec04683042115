import { describe, expect, it } from "vitest";
import { tipPlace, type TipPlace } from "./tipPlace.ts";

const room = { width: 1000, height: 500 };
/** From where to where a tip may reach, left to right, in the picture. */
function span({ left, right, maxWidth }: TipPlace): [number, number] {
  if (left !== undefined) return [left, left + maxWidth];
  const end = room.width - (right ?? 0);
  return [end - maxWidth, end];
}

describe("a tooltip", () => {
  it("stands below and right of the pointer where there is room", () => {
    expect(tipPlace({ x: 100, y: 100 }, room, 0)).toEqual({ left: 114, top: 116, maxWidth: 310 });
  });

  it("goes to the other side at the right and at the bottom edge", () => {
    expect(tipPlace({ x: 950, y: 480 }, room, 0)).toMatchObject({ right: 58, bottom: 28 });
  });

  it("never goes under the inspector, nor out of the picture, wherever the pointer is", () => {
    for (const covered of [0, 296, 600]) {
      for (let x = 0; x <= room.width - covered; x += 10) {
        const [start, end] = span(tipPlace({ x, y: 100 }, room, covered));
        expect(end, `x ${x}, ${covered} covered`).toBeLessThanOrEqual(room.width - covered);
        expect(start, `x ${x}, ${covered} covered`).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

import { expect, it } from "vitest";
import { fittedView } from "./fittedView.ts";

const stage = { width: 1000, height: 600 };
const free = { top: 0, right: 0, bottom: 0 };

/** Where a part lies on the stage. */
function placed(part: { x: number; y: number; width: number; height: number }, inset = free, largest = 1.15): number[] {
  const { pan, zoom } = fittedView(part, stage, inset, largest);
  return [pan.x + zoom * part.x, pan.y + zoom * part.y, zoom * part.width, zoom * part.height].map(Math.round);
}

it("a part fills the stage in one direction, and is in the middle of the other", () => {
  expect(placed({ x: 100, y: 50, width: 2000, height: 400 })).toEqual([4, 199, 992, 198]);
  expect(placed({ x: 0, y: 0, width: 500, height: 1192 })).toEqual([371, 0, 250, 596]);
});

it("a small part is enlarged only so much", () => {
  expect(placed({ x: 0, y: 0, width: 100, height: 100 })).toEqual([439, 241, 115, 115]);
  expect(placed({ x: 0, y: 0, width: 100, height: 100 }, free, 4)).toEqual([296, 98, 400, 400]);
});

it("it keeps clear of what covers the edges, as long as it can be read then", () => {
  const [x = 0, y = 0, width = 0, height = 0] = placed({ x: 0, y: 0, width: 900, height: 500 }, { top: 40, right: 296, bottom: 84 });
  expect([x >= 4, y >= 40, x + width <= 1000 - 296, y + height <= 600 - 84]).toEqual([true, true, true, true]);
  // Smaller than its names can be read it does not become: it lies under the cover then.
  expect(fittedView({ x: 0, y: 0, width: 1400, height: 500 }, stage, { top: 0, right: 296, bottom: 0 }, 1.15).zoom).toBe(0.55);
});

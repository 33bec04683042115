import { elementBounds } from "../topology/focusBounds.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import type { StageView } from "../topology/fittedView.ts";

/**
 * What is wholly on screen, as the list of what a scene shows: the elements named bring back about the same view on any screen.
 * Empty when everything is on screen, or nothing whole.
 * @param width of the stage in CSS pixels, as `height`
 */
export function visibleElements(layout: Layout, view: StageView, width: number, height: number): string[] {
  const isWhole = (id: string): boolean => {
    const bounds = elementBounds(layout, id);
    if (bounds === undefined) return false;
    const [left, top] = [bounds.x * view.zoom + view.pan.x, bounds.y * view.zoom + view.pan.y];
    const slack = 2;
    return left >= -slack && top >= -slack && left + bounds.width * view.zoom <= width + slack && top + bounds.height * view.zoom <= height + slack;
  };
  const all = [...layout.boxes, ...layout.nodes, ...layout.peerings].map((element) => element.id);
  const shown = all.filter(isWhole);
  return shown.length === all.length ? [] : shown;
}

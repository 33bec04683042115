import type { Topology } from "../../playground/model/topology.ts";
import { layoutTopology, type LayoutRoom } from "../../playground/picture/layout.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import type { Legibility } from "../topology/paintScene.ts";

/**
 * The smallest text for the back of a room, in CSS pixels: 20 at 1280 × 720, and the same share of a larger screen, for what one
 * reads from afar is a share of the picture's height. The same as --text-small in projector.css.
 */
export const roomText = (): number => Math.max(20, Math.min(0.025 * window.innerHeight, 0.0145 * window.innerWidth));

/** What a panel beside the picture takes of its width, in CSS pixels. The same as --inspector in projector.css. */
export const roomPanel = (): number => Math.max(460, Math.min(0.355 * window.innerWidth, 0.64 * window.innerHeight));

/** A picture has text of 12 to 13 px at its own size. The screen may become larger while it is shown. */
export const roomLegibility: Legibility = {
  get minimumText() {
    return roomText();
  },
  largestGrowth: 1.7,
  largestNameGrowth: 2.3,
};

/** How much a part of the picture is enlarged at most. */
export const largestEnlargement = 2.6;

/** Widths that the closer layouts are tried at, in units of the picture. */
const widths = [620, 700, 780, 860, 960, 1080, 1240];
/** Another shape must be so much larger on the screen to be worth that it is not the one that everybody knows. */
const worthIt = 1.08;

/**
 * The layout that shows a picture largest on a screen of this shape: the usual one, VPCs in fewer columns, or things closer together.
 * @param width of the stage in CSS pixels, as `height`
 */
export function projectorLayout(topology: Topology, folded: ReadonlySet<string>, width: number, height: number): Layout {
  const vpcs = topology.boxes.filter((box) => box.kind === "vpc").length;
  const rooms: LayoutRoom[] = [...Array.from({ length: Math.min(3, Math.max(0, vpcs - 1)) }, (_, index) => ({ vpcsPerLine: index + 1 })), ...widths.map((maximumWidth) => ({ maximumWidth }))];
  const zoomOf = (layout: Layout): number => Math.min(largestEnlargement, width / layout.width, height / layout.height);
  let best: { readonly room: LayoutRoom; readonly layout: Layout } = { room: {}, layout: layoutTopology(topology, folded) };
  for (const room of rooms) {
    const layout = layoutTopology(topology, folded, room);
    if (zoomOf(layout) > zoomOf(best.layout) * worthIt) best = { room, layout };
  }
  // A picture that is as high as the screen may as well be as wide: labels get the room.
  const wide = layoutTopology(topology, folded, { ...best.room, minimumWidth: Math.floor((width - 16) / zoomOf(best.layout)) });
  return zoomOf(wide) >= zoomOf(best.layout) * 0.99 ? wide : best.layout;
}

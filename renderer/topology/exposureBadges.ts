import { exposureAt, exposureOf, type Exposure, type PlaceExposure } from "../../playground/model/exposure.ts";
import { exposureSigns } from "./glyphs.ts";
import type { PlacedNode, PublicAddress } from "./layoutTypes.ts";
import { sizes } from "./layoutTypes.ts";
import { monoWidth, sansWidth } from "./measureLabel.ts";
import { runGap, type BadgeShape } from "./scene.ts";

type Look = Pick<BadgeShape, "color" | "fill" | "stroke" | "dash" | "sign" | "texts" | "size" | "kind">;

/** Open ports in a line, said shorter and shorter: `22 · 80 · 5432`, `22 · 80 +1`, `22 +2`, `+3`. */
export function portTexts(open: readonly string[]): string[] {
  return open.map((_, left) => {
    const shown = open.slice(0, open.length - left).join(" · ");
    return left === 0 ? shown : `${shown} +${left}`;
  }).concat(open.length > 0 ? [`+${open.length}`] : []);
}

/** How a badge looks. Each state has its own sign or text beside its colour: ports, a closed shield, a clock, an exclamation mark. */
export function badgeLook(place: PlaceExposure, isStale: boolean): Look {
  const isOpen = place.open.length > 0;
  const texts = isOpen ? portTexts(place.open) : [""];
  const common = { kind: "badge", size: 12, texts } as const;
  if (isStale) return { ...common, sign: isOpen ? exposureSigns.stale : `${exposureSigns.silent}`, color: "muted", fill: "sunk", stroke: "line-strong", dash: [3, 2] };
  if (place.differing > 0) return { ...common, sign: exposureSigns.differs, color: "warn", fill: "warn-soft", stroke: "warn" };
  if (isOpen) return { ...common, color: "accent", fill: "accent-soft", stroke: "accent" };
  return { ...common, sign: exposureSigns.silent, color: "ok", fill: "ok-soft", stroke: "ok" };
}

/** How far the glyph of a machine makes way for the badge below it. */
export const badgeLift = 4;

/** The badge on the lower edge of a machine; none where the machine was not asked. */
export function nodeBadge(exposure: Exposure | undefined, placed: PlacedNode): BadgeShape[] {
  const place = exposure && exposureAt(exposure, placed.id);
  if (exposure === undefined || place === undefined) return [];
  const look = badgeLook(place, exposure.isStale);
  const bottom = placed.y + sizes.node / 2 + 4;
  // Where the label stands at the right, there is room at the left only.
  if (placed.labelSide === "right") return [{ ...look, x: placed.x + sizes.node / 2 + 4, bottom, anchor: "end", maxWidth: sizes.node + 26 }];
  return [{ ...look, x: placed.x, bottom, anchor: "middle", maxWidth: placed.pitch - 8 }];
}

/** The badges behind the public addresses of a gateway, in a column. `x` is where the addresses begin, `baselines` where each stands. */
export function addressBadges(exposure: Exposure | undefined, addresses: readonly PublicAddress[], line: { x: number; baselines: readonly number[]; maxWidth: number }): BadgeShape[] {
  if (exposure === undefined) return [];
  const after = Math.max(0, ...addresses.map(({ address, holder }) => monoWidth(address) + runGap + sansWidth(`→ ${holder}`))) + 10;
  return addresses.flatMap(({ address }, index): BadgeShape[] => {
    const place = exposureOf(exposure, address);
    return place === undefined ? [] : [{ ...badgeLook(place, exposure.isStale), x: line.x, after, bottom: (line.baselines[index] ?? 0) + 4, anchor: "start", maxWidth: line.maxWidth }];
  });
}

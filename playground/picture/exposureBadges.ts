import { exposureAt, exposureOf, type Exposure, type PlaceExposure } from "../model/exposure.ts";
import { exposureSigns } from "./glyphs.ts";
import type { Layout, PlacedNode, PublicAddress } from "./layoutTypes.ts";
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
  const hasSign = !isOpen || isStale || place.differing > 0;
  // Where there is no room for numbers, the sign says what it can alone.
  const texts = [...portTexts(place.open), ...(hasSign ? [""] : [])];
  const common = { kind: "badge", size: 12, texts } as const;
  if (isStale) return { ...common, sign: isOpen ? exposureSigns.stale : exposureSigns.silent, color: "muted", fill: "sunk", stroke: "line-strong", dash: [3, 2] };
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
  if (placed.labelSide === "right") return [{ ...look, x: placed.x + sizes.node / 2 + 4, bottom, anchor: "end", maxWidth: sizes.node + 10 }];
  return [{ ...look, x: placed.x, bottom, anchor: "middle", maxWidth: placed.pitch - 8 }];
}

/** A badge may reach so far over the right edge of a gateway's VPC, where no other gateway stands. */
const overhang = 120;

/** How wide a gateway's line with its badge may become: up to the next gateway at the right. `x` is where the line begins. */
export function badgeRoom(layout: Layout, gateway: PlacedNode, x: number): number {
  const next = Math.min(...layout.nodes.filter((node) => node.shape === "circle" && node.x > gateway.x && Math.abs(node.y - gateway.y) < sizes.uplinkGap).map((node) => node.x - sizes.gateway));
  return Math.min(gateway.labelWidth + overhang, next - x);
}

/** The badges behind the public addresses of a gateway, in a column. `x` is where the addresses begin, `baselines` where each stands. */
export function addressBadges(exposure: Exposure | undefined, addresses: readonly PublicAddress[], line: { x: number; baselines: readonly number[]; maxWidth: number }): BadgeShape[] {
  if (exposure === undefined) return [];
  const after = Math.max(0, ...addresses.map(({ address, holder }) => monoWidth(address) + runGap + sansWidth(`→ ${holder}`) * 0.92)) + 10;
  return addresses.flatMap(({ address }, index): BadgeShape[] => {
    const place = exposureOf(exposure, address);
    return place === undefined ? [] : [{ ...badgeLook(place, exposure.isStale), x: line.x, after, bottom: (line.baselines[index] ?? 0) + 4, anchor: "start", maxWidth: line.maxWidth }];
  });
}

import { useCallback, useEffect, useState } from "react";
import type { Topology } from "../../playground/model/topology.ts";
import { useLab } from "../state/stores.tsx";
import type { Layout } from "../../playground/picture/layoutTypes.ts";
import { drawWalk, type DrawnWalk } from "../../playground/picture/walkGeometry.ts";

const stepMilliseconds = 380;

/** Draws the question that the DNS view shows, one step after the other; undefined while it shows none. */
export function useDnsWalk(lab: string, reducesMotion: () => boolean): (topology: Topology, layout: Layout) => DrawnWalk | undefined {
  const walk = useLab(lab, (state) => state.dnsWalk);
  const [place, setPlace] = useState({ id: "", shown: 0 });
  const id = walk?.id ?? "";
  const total = walk?.steps.length ?? 0;
  const shown = place.id === id ? place.shown : 0;
  useEffect(() => {
    if (id === "" || shown >= total) return undefined;
    // A further question of a walk that is drawn already appears at once, like all of them for who wants no movement.
    const isAtOnce = reducesMotion();
    const timer = setTimeout(() => setPlace({ id, shown: isAtOnce ? total : shown + 1 }), isAtOnce || shown === 0 ? 0 : stepMilliseconds);
    return () => clearTimeout(timer);
  }, [id, shown, total, reducesMotion]);
  return useCallback((topology, layout) => (walk === undefined || shown === 0 ? undefined : drawWalk(topology, layout, walk, shown)), [walk, shown]);
}

import { useCallback, useMemo, useState } from "react";
import type { Topology } from "../../playground/model/topology.ts";
import { foldedByDefault } from "../../playground/picture/layout.ts";

export interface Folding {
  readonly folded: ReadonlySet<string>;
  /** Whether a box has two forms. */
  canFold(id: string): boolean;
  toggle(id: string): void;
  /** Back to what the picture does by itself. */
  reset(): void;
}

/** Which boxes are drawn as a summary: those that the picture folds by itself, and what the reader changed about that. */
export function useFolding(topology: Topology): Folding {
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const byDefault = useMemo(() => foldedByDefault(topology), [topology]);
  const canFold = useCallback((id: string) => byDefault.has(id) || topology.boxes.some((box) => box.id === id && (box.kind === "cluster" || box.kind === "cluster-node" || box.kind === "namespace")), [topology, byDefault]);
  const folded = useMemo(() => new Set([...[...byDefault].filter((id) => !changed.has(id)), ...[...changed].filter((id) => !byDefault.has(id) && canFold(id))]), [byDefault, changed, canFold]);
  const toggle = useCallback((id: string) => setChanged((before) => {
    const next = new Set(before);
    if (!next.delete(id)) next.add(id);
    return next;
  }), []);
  const reset = useCallback(() => setChanged(new Set()), []);
  return { folded, canFold, toggle, reset };
}

import { useState } from "react";
import type { Stroke } from "./PenLayer.tsx";
import type { ProjectorModes } from "./SceneBar.tsx";

export interface ModeSwitches {
  readonly modes: ProjectorModes;
  readonly strokes: readonly Stroke[];
  toggle(mode: keyof ProjectorModes): void;
  set(change: Partial<ProjectorModes>): void;
  draw(strokes: readonly Stroke[]): void;
}

/** What is switched on while projecting. The pen's lines stay when it is put down, until they are erased. */
export function useProjectorModes(): ModeSwitches {
  const [modes, setModes] = useState<ProjectorModes>({ spotlight: false, frozen: false, pen: false, addresses: false });
  const [strokes, draw] = useState<readonly Stroke[]>([]);
  return {
    modes, strokes, draw,
    toggle: (mode) => setModes((before) => ({ ...before, [mode]: !before[mode] })),
    set: (change) => setModes((before) => ({ ...before, ...change })),
  };
}

import type { KeyboardEvent } from "react";
import { walk, type Direction } from "./keyboardWalk.ts";
import type { Layout } from "../../playground/picture/layoutTypes.ts";

export interface KeyActions {
  readonly layout: Layout;
  readonly selected: string | undefined;
  go(id: string | undefined): void;
  inspect(): void;
  terminal(): void;
  path(): void;
  project(): void;
  packets(): void;
  /** False when no path is shown. */
  hop(by: 1 | -1): boolean;
  play(): void;
  scan(): void;
  rescan(): void;
  search(): void;
  menu(): void;
  zoom(factor: number): void;
  fit(): void;
  /** False when there was nothing to close. */
  escape(): boolean;
}

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

/** The topology's keys, as one handler for its focusable area. */
export function useTopologyKeys(actions: KeyActions): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const direction = event.shiftKey ? undefined : arrows[event.key];
    if (event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft") && actions.hop(event.key === "ArrowRight" ? 1 : -1)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (direction !== undefined) actions.go(walk(actions.layout, actions.selected, direction));
    else if (event.key === "Enter") actions.inspect();
    else if (event.key === "t" || event.key === "T") actions.terminal();
    else if (event.key === "p" || event.key === "P") actions.path();
    else if (event.key === "s" || event.key === "S") actions.scan();
    else if (event.key === "r" || event.key === "R") actions.rescan();
    else if (event.key === "f" || event.key === "F") actions.project();
    else if (event.key === "l" || event.key === "L") actions.packets();
    else if (event.key === " ") actions.play();
    else if (event.key === "/") actions.search();
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) actions.menu();
    else if (event.key === "+" || event.key === "=") actions.zoom(1.25);
    else if (event.key === "-") actions.zoom(1 / 1.25);
    else if (event.key === "0") actions.fit();
    else if (event.key !== "Escape" || !actions.escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

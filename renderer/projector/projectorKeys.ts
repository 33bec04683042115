import type { ProjectorKey } from "../i18n/projectorTexts.ts";

/** Everything that one key does while projecting. */
export type ProjectorCommand =
  | "next" | "previous" | "whole" | "vpc" | "vpcBack" | "spotlight" | "freeze" | "pen" | "undo" | "erase" | "addresses" | "path" | "packets" | "remember"
  | "keys" | "zoomIn" | "zoomOut" | "hopForward" | "hopBack" | "play" | "choose" | "left" | "right" | "up" | "down" | "escape";

/** The keys of the mode, in the order of the legend. The last two stand for a presenter's remote, which sends them. */
export const projectorKeys: readonly { readonly keys: string; readonly text: ProjectorKey }[] = [
  { keys: "N  PgDn", text: "key.next" }, { keys: "B  PgUp", text: "key.previous" }, { keys: "1 … 9", text: "key.scene" }, { keys: "0", text: "key.whole" },
  { keys: "V", text: "key.vpc" }, { keys: "S", text: "key.spotlight" }, { keys: "F", text: "key.freeze" }, { keys: "D", text: "key.pen" },
  { keys: "A", text: "key.addresses" }, { keys: "P", text: "key.path" }, { keys: "Shift ← →", text: "key.hop" }, { keys: "␣", text: "key.play" },
  { keys: "L", text: "key.packets" }, { keys: "M", text: "key.remember" }, { keys: "← ↑ → ↓  ↵", text: "key.walk" }, { keys: "+  −", text: "key.zoom" }, { keys: "Esc", text: "key.leave" },
];

const plain: Readonly<Record<string, ProjectorCommand>> = {
  n: "next", PageDown: "next", b: "previous", PageUp: "previous", "0": "whole", Home: "whole", v: "vpc", s: "spotlight", f: "freeze", d: "pen", Backspace: "undo", Delete: "erase",
  a: "addresses", p: "path", l: "packets", m: "remember", "?": "keys", "+": "zoomIn", "=": "zoomIn", "-": "zoomOut", " ": "play", Enter: "choose",
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Escape: "escape",
};

/** What a key asks for; a number is the scene in that place, from 1. Undefined for keys that mean nothing here. */
export function commandOf(event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">): ProjectorCommand | number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (/^[1-9]$/.test(event.key)) return Number(event.key);
  if (event.shiftKey && event.key === "ArrowRight") return "hopForward";
  if (event.shiftKey && event.key === "ArrowLeft") return "hopBack";
  if (event.shiftKey && event.key.toLowerCase() === "v") return "vpcBack";
  return plain[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

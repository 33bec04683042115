import type { Palette } from "./scene.ts";

/** The light theme's colours of a picture, for where there is no style sheet: on paper. A test compares them with the window's. */
export const lightPalette: Palette = {
  bg: "#f4f6f8", surface: "#ffffff", sunk: "#eef1f5", text: "#18212d", muted: "#566273", line: "#d8dee7", "line-strong": "#808b9b",
  accent: "#2b5fd9", "accent-soft": "#e6edfc", "on-accent": "#ffffff",
  vpc: "#6b46d6", "vpc-fill": "#faf8ff", pub: "#357d45", "pub-fill": "#edf7ef", priv: "#2670ad", "priv-fill": "#ebf4fc", net: "#8a94a3", "net-fill": "#f7f8fa", tunnel: "#a8246f",
  ok: "#1a7641", "ok-soft": "#e3f4e9", bad: "#c22f26", "bad-soft": "#fdeceb", warn: "#8a5000", "warn-soft": "#fdf1dc",
  node: "#ffffff", "node-line": "#b9c3d0", wire: "#aab4c1",
};

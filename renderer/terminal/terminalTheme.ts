import type { ITheme } from "@xterm/xterm";

/**
 * Colours of terminals: a dark surface in both themes, as on every server console. Each ANSI colour but black reaches a
 * contrast of 4.5 on it.
 */
export function terminalTheme(element: Element): ITheme {
  const style = getComputedStyle(element);
  const token = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  const background = token("--term", "#11161d");
  return {
    background,
    foreground: token("--term-text", "#d7dee8"),
    cursor: "#d7dee8",
    cursorAccent: background,
    selectionBackground: "#34507f",
    selectionForeground: "#ffffff",
    black: "#2a323d", red: "#ff7a70", green: "#6cc283", yellow: "#e6b35a", blue: "#7aa2ff", magenta: "#c39bff", cyan: "#5fc9d6", white: "#d7dee8",
    brightBlack: "#8893a1", brightRed: "#ff9a92", brightGreen: "#8fdca6", brightYellow: "#f4cc85", brightBlue: "#a3bfff", brightMagenta: "#d6baff", brightCyan: "#8be0ea", brightWhite: "#ffffff",
  };
}

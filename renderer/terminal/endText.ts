import type { canvasTexts } from "../i18n/canvasTexts.ts";
import type { Values } from "../i18n/translate.tsx";

/**
 * Why a program ended, as a text and its values. The engine says `exit:CODE`, `node-stopped` or `disconnected`. A shell says 128
 * and the signal's number when a signal killed it, and also when one killed the last command before it was left: both are said,
 * for the code alone does not tell them apart. Ctrl-C (2) before Ctrl-D is a quite ordinary end.
 */
export function endText(reason: string): readonly [key: keyof (typeof canvasTexts)["fr"], values?: Values] {
  if (reason === "node-stopped") return ["terminal.endStopped"];
  if (reason === "disconnected") return ["terminal.endDisconnected"];
  const code = Number(/^exit:(\d+)$/.exec(reason)?.[1] ?? 0);
  if (code === 0 || code === 130) return ["terminal.exit"];
  return code > 128 && code <= 128 + 64 ? ["terminal.endSignal", { signal: code - 128 }] : ["terminal.endCode", { code }];
}

import { canvasEn } from "./canvas.en.ts";
import { canvasFr } from "./canvas.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of the topology, the inspector and the terminals: `useTranslate(canvasTexts)`. */
export const canvasTexts = defineTexts<CanvasKey>(canvasFr, canvasEn);
export type CanvasKey = keyof typeof canvasFr;
export type CanvasTranslate = (key: CanvasKey, values?: Readonly<Record<string, string | number>>) => string;

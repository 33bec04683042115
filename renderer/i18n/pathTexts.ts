import { pathEn } from "./path.en.ts";
import { pathFr } from "./path.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of the path explorer: `useTranslate(pathTexts)`. */
export const pathTexts = defineTexts<PathKey>(pathFr, pathEn);
export type PathKey = keyof typeof pathFr;

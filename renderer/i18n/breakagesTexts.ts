import { breakagesEn } from "./breakages.en.ts";
import { breakagesFr } from "./breakages.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of what is broken on purpose, and of drills: `useTranslate(breakagesTexts)`. */
export const breakagesTexts = defineTexts<BreakagesKey>(breakagesFr, breakagesEn);
export type BreakagesKey = keyof typeof breakagesFr;

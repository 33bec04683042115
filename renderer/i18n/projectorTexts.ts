import { projectorEn } from "./projector.en.ts";
import { projectorFr } from "./projector.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of the projector mode: `useTranslate(projectorTexts)`. */
export const projectorTexts = defineTexts<ProjectorKey>(projectorFr, projectorEn);
export type ProjectorKey = keyof typeof projectorFr;

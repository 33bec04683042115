import { mirrorEn } from "./mirror.en.ts";
import { mirrorFr } from "./mirror.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of the setting that names a mirror: `useTranslate(mirrorTexts)`. */
export const mirrorTexts = defineTexts<keyof typeof mirrorFr>(mirrorFr, mirrorEn);

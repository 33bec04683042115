import { exposureEn } from "./exposure.en.ts";
import { exposureFr } from "./exposure.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of what a scan found: `useTranslate(exposureTexts)`. */
export const exposureTexts = defineTexts<ExposureKey>(exposureFr, exposureEn);
export type ExposureKey = keyof typeof exposureFr;
export type ExposureTranslate = Translate<ExposureKey>;

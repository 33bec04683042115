import { reportEn } from "./report.en.ts";
import { reportFr } from "./report.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of the report's screen: `useTranslate(reportTexts)`. */
export const reportTexts = defineTexts<ReportKey>(reportFr, reportEn);
export type ReportKey = keyof typeof reportFr;
export type ReportTranslate = Translate<ReportKey>;

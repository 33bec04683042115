import { classEn } from "./class.en.ts";
import { classFr } from "./class.fr.ts";
import { defineTexts } from "./translate.tsx";

/** Texts of the class page: `useTranslate(classTexts)`. */
export const classTexts = defineTexts<ClassKey>(classFr, classEn);
export type ClassKey = keyof typeof classFr;

import { authorEn } from "./author.en.ts";
import { authorFr } from "./author.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of making labs of one's own: `useTranslate(authorTexts)`. */
export const authorTexts = defineTexts<AuthorKey>(authorFr, authorEn);
export type AuthorKey = keyof typeof authorFr;
export type AuthorTranslate = Translate<AuthorKey>;

import { observationEn } from "./observation.en.ts";
import { observationFr } from "./observation.fr.ts";
import { defineTexts, type Translate } from "./translate.tsx";

/** Texts of what is observed: `useTranslate(observationTexts)`. */
export const observationTexts = defineTexts<ObservationKey>(observationFr, observationEn);
export type ObservationKey = keyof typeof observationFr;
export type ObservationTranslate = Translate<ObservationKey>;

/** A size as the reader's language writes it: `12 Kio`. */
export function sizeText({ t, number }: Pick<ObservationTranslate, "t" | "number">, bytes: number): string {
  if (bytes < 1024) return t("bytes", { value: number(bytes) });
  return bytes < 1_048_576 ? t("kibibytes", { value: number(bytes / 1024, bytes < 10_240 ? 1 : 0) }) : t("mebibytes", { value: number(bytes / 1_048_576, 1) });
}
